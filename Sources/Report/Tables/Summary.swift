import Scores

/// Statistics of a score over the trials of one condition.
///
/// They are taken over units, which are independent: trials, or with `blocks` the means of each block.
struct Summary: Equatable, Sendable {
  /// The fewest units that figures do not show one by one.
  static let fewestUnseen = 10

  /// The number of trials.
  let count: Int
  /// For a yes-or-no score the fraction of yes.
  let mean: Double
  /// That of the sample (n - 1); missing for fewer than two units.
  let standardDeviation: Double?
  let median: Double
  /// 95 % interval of the mean; missing for too few units.
  let interval: ClosedRange<Double>?

  /// Summarises values; nil if there are none.
  ///
  /// The resamples come from a fixed random stream: the same values always give the same interval.
  ///
  /// - Parameters:
  ///   - units: The number of each value's unit; nil if every value is one.
  ///   - range: The range of the score; nil if it has none.
  ///   - isFraction: Whether the score is yes (1) or no (0).
  init?(
    of values: [Double], units: [Int]? = nil, range: ClosedRange<Double>? = nil,
    isFraction: Bool = false
  ) {
    let samples = units.map { values.means(of: $0) } ?? values
    guard let mean = samples.mean else { return nil }
    count = values.count
    self.mean = mean
    median = quantile(0.5, of: samples)!
    standardDeviation = Scores.standardDeviation(of: samples)
    if isFraction, samples.count == count {
      interval = WilsonInterval(successes: values.count { $0 == 1 }, trials: count)
        .map { $0.lower...$0.upper }
    } else {
      interval = MeanInterval.of(samples, in: isFraction ? 0...1 : range)
    }
  }

  /// The ends of the interval, or twice the mean if there is none.
  var ends: ClosedRange<Double> { interval ?? mean...mean }
}

extension [Double] {
  var mean: Double? { isEmpty ? nil : reduce(0, +) / Double(count) }

  /// The mean of the values of each unit, in the order of their numbers.
  func means(of units: [Int]) -> [Double] {
    Dictionary(grouping: zip(units, self), by: \.0).sorted { $0.key < $1.key }
      .map { _, values in values.map(\.1).mean! }
  }
}
