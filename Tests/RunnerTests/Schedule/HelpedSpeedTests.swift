import SweepPlan
import Testing

@testable import Runner

/// The speed of trials that several threads compute together, for `plan`.
@Suite struct HelpedSpeedTests {
  /// If this fails, `plan` promises help that the kernel does not take, or misses help that it does.
  @Test(
    "A network is helped if each thread has four vectors of neurons",
    arguments: [
      (20, "double", 0), (56, "double", 0), (57, "double", 1), (63, "double", 1),
      (63, "single", 0), (113, "single", 1), (513, "double", 15),
    ])
  func helpers(neurons: Int, precision: String, helpers: Int) {
    var network = TrialShape.Network(neurons: neurons)
    network.kind.precision = precision
    #expect(HelpedSpeed.helpers(network) == helpers)
    #expect(
      (HelpedSpeed.speed(network, threads: 2) > 1) == (helpers > 0),
      "\(HelpedSpeed.speed(network, threads: 2))")
  }

  /// If this fails, `plan` predicts shorter times for models that one thread computes.
  @Test("Other models are not helped", arguments: ["esn", "force", "rflo", "bptt"])
  func others(model: String) {
    var network = TrialShape.Network(neurons: 513)
    network.kind.model = model
    #expect(HelpedSpeed.helpers(network) == 0)
  }
}
