import Glibc
import SweepPlan

/// How long trials are expected to take: by a guess at first, and then by what finished ones took.
///
/// The guess counts the steps and how long one takes on a core of 2024. What finished trials of a
/// network took over the guess corrects it for that network; until there are any, those of the next
/// smaller and the next larger network do. So the tests that a sweep asks for and the speed of the
/// machine need not be known.
public struct CostModel: Sendable {
  /// What was seen, by kind and number of neurons.
  private var fits: [TrialShape.Kind: [Int: CostFit]] = [:]

  /// Creates a model that has seen nothing.
  public init() {}

  /// The expected time of a trial [core-seconds].
  public func seconds(_ shape: TrialShape) -> Double {
    let guess = Self.guess(shape)
    return guess * ratio(shape.network, guess)
  }

  /// Whether a trial with such a network has been seen.
  public func knows(_ network: TrialShape.Network) -> Bool {
    fits[network.kind]?[network.neurons] != nil
  }

  /// Takes in how long a trial took [s].
  public mutating func learn(_ shape: TrialShape, seconds: Double) {
    let network = shape.network
    fits[network.kind, default: [:]][network.neurons, default: CostFit()]
      .add(guess: Self.guess(shape), seconds: seconds)
  }

  /// How much longer than by its guess a trial of a network takes.
  private func ratio(_ network: TrialShape.Network, _ guess: Double) -> Double {
    guard let sizes = fits[network.kind] else {
      // Another kind says how fast the machine is, if nothing else.
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
        // A core does some 2 · 10⁹ multiply-adds a second where no kernel is tuned.
        Double(ModelKind.named(kind.model)?.operations(0, shape.network.neurons) ?? 0) * 5e-10
          + neurons * 5e-9
      case ("reference", _): neurons * neurons * 5e-9
      case (_, "single"): neurons * neurons * 3e-11 + neurons * 6e-9
      default: neurons * neurons * 6e-11 + neurons * 7e-9
      }
    return shape.steps * perStep + 0.002
  }
}

/// How the times that trials took follow from those that were guessed: in proportion, or, where
/// trials of different lengths were seen, with a part besides that is the same for all.
struct CostFit: Sendable {
  private var count = 0.0
  private var guess = 0.0
  private var seconds = 0.0
  private var guessSquared = 0.0
  private var product = 0.0

  /// A fit to nothing.
  init() {}

  /// Takes in a trial.
  mutating func add(guess: Double, seconds: Double) {
    count += 1
    self.guess += guess
    self.seconds += seconds
    guessSquared += guess * guess
    product += guess * seconds
  }

  /// Takes in what another fit has seen.
  mutating func add(_ other: CostFit) {
    count += other.count
    guess += other.guess
    seconds += other.seconds
    guessSquared += other.guessSquared
    product += other.product
  }

  /// How much longer than by its guess a trial takes; 1 where nothing was seen.
  func ratio(_ guess: Double) -> Double {
    guard count > 0 else { return 1 }
    let mean = (guess: self.guess / count, seconds: seconds / count)
    let ratio = mean.seconds / mean.guess
    // Where all are about equally long, their scatter would pass for a slope.
    let variance = guessSquared / count - mean.guess * mean.guess
    guard variance > 0.01 * mean.guess * mean.guess else { return ratio }
    let slope = (product / count - mean.guess * mean.seconds) / variance
    let fixed = mean.seconds - slope * mean.guess
    guard slope > 0, fixed > 0 else { return ratio }
    return slope + fixed / guess
  }
}
