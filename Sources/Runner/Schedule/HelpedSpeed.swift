import NeuralCore
import SweepPlan

/// How much faster a trial becomes if other threads of its rank help.
///
/// Of the time of a window of steps, a part of `20 / N` for N neurons is not divided: threads meet,
/// and the rates of one thread move to the caches of the others. The rest is divided by whole vectors
/// of neurons. This holds for cores that share a cache: two threads were 1.55 times as fast as one at
/// 63 neurons (1.52 here), 1.53 at 113 (1.62; in single precision 1.65 and 1.70), 1.79 at 200 (1.76)
/// and 1.95 at 513 (1.90). Between distant cores it takes longer, by a time that differs between
/// machines; there, small networks are not helped (``HelpingGain``).
///
/// `plan` does not measure it: its short runs count processor time, on which other programs have
/// little effect, but the gain of a helper is one of elapsed time, and `plan` often runs on a machine
/// whose cores are busy, or not those of the run.
///
/// - SeeAlso: docs/performance.md, *A sweep over cores and ranks*.
enum HelpedSpeed {
  /// The speed of a trial that some threads compute together, relative to one thread.
  static func speed(_ network: TrialShape.Network, threads: Int) -> Double {
    let serial = min(1, 20 / Double(network.neurons))
    let members = min(threads, 1 + helpers(network))
    let panels =
      network.kind.precision == "single"
      ? WindowedKernel<Float>.panels(network.neurons)
      : WindowedKernel<Double>.panels(network.neurons)
    let most = (panels + members - 1) / members
    return 1 / (serial + (1 - serial) * Double(most) / Double(panels))
  }

  /// The most threads that help a trial; baselines, the reference kernel and networks with short
  /// windows are not helped.
  static func helpers(_ network: TrialShape.Network) -> Int {
    let kind = network.kind
    guard kind.kernel == "windowed", ModelKind.eliseNames.contains(kind.model),
      !kind.hasShortWindows
    else { return 0 }
    return kind.precision == "single"
      ? WindowedKernel<Float>.mostHelpers(network.neurons)
      : WindowedKernel<Double>.mostHelpers(network.neurons)
  }

  /// The memory that helpers add to the trials of a rank [bytes].
  ///
  /// Each thread of the rank but one may help once while it waits for its next trial. What it needs for
  /// this stays with the trial that it helped.
  ///
  /// - Parameters:
  ///   - trials: How many trials the rank runs at a time.
  ///   - threads: Compute threads of the rank.
  static func bytes(_ network: TrialShape.Network, trials: Int, threads: Int) -> Int {
    let bytes =
      network.kind.precision == "single"
      ? WindowedKernel<Float>.bytesPerHelper(network.neurons)
      : WindowedKernel<Double>.bytesPerHelper(network.neurons)
    return bytes * min(threads - 1, trials * min(helpers(network), WindowTeam.mostHelpers))
  }
}
