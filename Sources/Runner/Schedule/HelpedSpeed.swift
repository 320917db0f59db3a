import NeuralCore
import SweepPlan

/// How much faster a trial becomes if other threads of its rank help.
///
/// Of the time of a window of steps, a part of `24 / N` for N neurons is not divided: threads meet,
/// and the rates of one thread move to the caches of the others. This was measured for two threads
/// of a processor with AVX-512 and N from 63 to 1,013: 1.5 times as fast at 63 neurons, 1.8 at 213,
/// 1.9 at 513.
enum HelpedSpeed {
  /// The speed of a trial that some threads compute together, relative to one thread.
  static func speed(_ network: TrialShape.Network, threads: Int) -> Double {
    let serial = min(1, 24 * lanes(network) / Double(network.neurons))
    return 1 / (serial + (1 - serial) / Double(min(threads, 1 + helpers(network))))
  }

  /// The most threads that help a trial; baselines and the reference kernel are not helped.
  static func helpers(_ network: TrialShape.Network) -> Int {
    guard network.kind.kernel == "windowed", ModelKind.eliseNames.contains(network.kind.model)
    else { return 0 }
    return network.kind.precision == "single"
      ? WindowedKernel<Float>.mostHelpers(network.neurons)
      : WindowedKernel<Double>.mostHelpers(network.neurons)
  }

  /// The numbers in a vector, relative to double precision.
  private static func lanes(_ network: TrialShape.Network) -> Double {
    network.kind.precision == "single" ? 2 : 1
  }
}
