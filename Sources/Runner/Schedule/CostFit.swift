import SweepPlan

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
