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

  /// If this fails, `plan` promises a night for a sweep with short delays that takes two.
  @Test(
    "Networks whose delays can be below a block of steps are not helped",
    arguments: [
      ("delay_min: 5", 15), ("delay_min: 0.9", 15), ("delay_min: 0.8", 0), ("delay_min: 0.2", 0),
      ("delay_min: 0.8, time_step: 0.05", 15), ("model: esn", 0),
    ])
  func shortDelays(fixed: String, helpers: Int) throws {
    let plan = try Plan(
      SweepFile(
        Array(
          """
          name: s
          fixed: {pattern: generated, sequence_length: 15, vocabulary: 13, order: 2, \(fixed)}
          grid: {latent: [500]}
          """.utf8), path: "s.yaml"))
    let network = plan.shape(of: plan.trial(at: 0)).network
    #expect(HelpedSpeed.helpers(network) == helpers)
    #expect((HelpedSpeed.speed(network, threads: 16) > 1) == (helpers > 0))
    #expect((HelpedSpeed.bytes(network, trials: 1, threads: 16) > 0) == (helpers > 0))
  }

  /// If this fails, one trial that many threads compute takes more memory than `plan` says.
  @Test func memory() {
    let network = TrialShape.Network(neurons: 513)
    func bytes(trials: Int, threads: Int) -> Int {
      HelpedSpeed.bytes(network, trials: trials, threads: threads)
    }
    let helper = bytes(trials: 1, threads: 2)
    #expect(helper > 100_000)
    #expect(bytes(trials: 1, threads: 1) == 0)
    #expect(bytes(trials: 1, threads: 8) == 7 * helper)
    // No more than 15 help one trial.
    #expect(bytes(trials: 1, threads: 64) == 15 * helper)
    #expect(bytes(trials: 2, threads: 64) == 30 * helper)
    #expect(bytes(trials: 64, threads: 64) == 63 * helper)
  }
}
