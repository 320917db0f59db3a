import Glibc
import SweepPlan

/// The expected times of trials: first an estimate, then corrected by the times of finished trials.
///
/// The estimate is the number of steps times the time of a step on a core of 2024. The ratio of
/// measured to estimated times corrects it for each network; for a network without finished trials,
/// the ratios of the next smaller and the next larger network do. So the tests of a sweep and the
/// speed of the machine need not be known.
public struct CostModel: Sendable {
  /// The measured times, by kind and number of neurons.
  private var fits: [TrialShape.Kind: [Int: CostFit]] = [:]

  /// Creates a model without measured times.
  public init() {}

  /// The expected time of a trial [core-seconds].
  public func seconds(_ shape: TrialShape) -> Double {
    let guess = Self.guess(shape)
    return guess * ratio(shape.network, guess)
  }

  /// Whether a trial with such a network has been measured.
  public func knows(_ network: TrialShape.Network) -> Bool {
    fits[network.kind]?[network.neurons] != nil
  }

  /// Adds the measured time of a trial [s].
  public mutating func learn(_ shape: TrialShape, seconds: Double) {
    let network = shape.network
    fits[network.kind, default: [:]][network.neurons, default: CostFit()]
      .add(guess: Self.guess(shape), seconds: seconds)
  }

  /// The ratio of the expected to the estimated time of a trial with a network.
  private func ratio(_ network: TrialShape.Network, _ guess: Double) -> Double {
    guard let sizes = fits[network.kind] else {
      // Another kind of network at least shows how fast the machine is.
      return fits.values.flatMap(\.values).reduce(into: CostFit()) { $0.add($1) }.ratio(guess)
    }
    let below = sizes.keys.filter { $0 <= network.neurons }.max()
    let above = sizes.keys.filter { $0 >= network.neurons }.min()
    guard let below, let above else { return sizes[below ?? above!]!.ratio(guess) }
    guard below < above else { return sizes[below]!.ratio(guess) }
    let part =
      log(Double(network.neurons) / Double(below)) / log(Double(above) / Double(below))
    return sizes[below]!.ratio(guess) * (1 - part) + sizes[above]!.ratio(guess) * part
  }

  /// The time of a trial on a core of 2024 with the test of recall alone [s].
  private static func guess(_ shape: TrialShape) -> Double {
    let neurons = Double(shape.network.neurons)
    let kind = shape.network.kind
    let perStep =
      switch (kind.kernel, kind.precision) {
      case _ where !ModelKind.eliseNames.contains(kind.model):
        // Without a tuned kernel, a core does about 2 · 10⁹ multiply-adds per second.
        Double(ModelKind.named(kind.model)?.operations(0, shape.network.neurons) ?? 0) * 5e-10
          + neurons * 5e-9
      case ("reference", _): neurons * neurons * 5e-9
      case (_, "single"): neurons * neurons * 3e-11 + neurons * 6e-9
      default: neurons * neurons * 6e-11 + neurons * 7e-9
      }
    return shape.steps * perStep + 0.002
  }
}

/// A fit of measured against estimated times: proportional, or, if trials of different lengths were
/// measured, with an additional constant.
struct CostFit: Sendable {
  private var count = 0.0
  private var guess = 0.0
  private var seconds = 0.0
  private var guessSquared = 0.0
  private var product = 0.0

  /// A fit without data.
  init() {}

  /// Adds a trial.
  mutating func add(guess: Double, seconds: Double) {
    count += 1
    self.guess += guess
    self.seconds += seconds
    guessSquared += guess * guess
    product += guess * seconds
  }

  /// Adds the data of another fit.
  mutating func add(_ other: CostFit) {
    count += other.count
    guess += other.guess
    seconds += other.seconds
    guessSquared += other.guessSquared
    product += other.product
  }

  /// The ratio of the fitted to the estimated time of a trial; 1 without data.
  func ratio(_ guess: Double) -> Double {
    guard count > 0 else { return 1 }
    let mean = (guess: self.guess / count, seconds: seconds / count)
    let ratio = mean.seconds / mean.guess
    // If all are about equally long, their scatter would look like a slope.
    let variance = guessSquared / count - mean.guess * mean.guess
    guard variance > 0.01 * mean.guess * mean.guess else { return ratio }
    let slope = (product / count - mean.guess * mean.seconds) / variance
    let fixed = mean.seconds - slope * mean.guess
    guard slope > 0, fixed > 0 else { return ratio }
    return slope + fixed / guess
  }
}
