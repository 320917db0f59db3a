import Parameters
import Scores

/// The request to add replicates to each condition until the interval of a score is narrow enough.
public struct PrecisionTarget: Hashable, Sendable {
  /// The replicate that is added, such as the seed.
  public let key: String
  /// The key of the score.
  public let scoreKey: String
  /// The largest half width of the interval.
  public let halfWidth: Double
  /// ``halfWidth`` as in the sweep file.
  public var halfWidthText: String { ParameterValue.real(halfWidth).description }
  /// The number of replicates of a condition in the first stage.
  public let first: Int
  /// The largest number of replicates of a condition.
  public let atMost: Int

  package init(key: String, scoreKey: String, halfWidth: Double, first: Int, atMost: Int) {
    (self.key, self.scoreKey, self.halfWidth) = (key, scoreKey, halfWidth)
    (self.first, self.atMost) = (first, atMost)
  }

  /// The fewest replicates of the first stage. Fewer say too little about the width.
  package static let fewest = 10

  /// The numbers of replicates at which the interval of a condition is looked at.
  ///
  /// - Parameter available: The replicates of the condition, which exclusions may reduce.
  package func stages(of available: Int) -> [Int] {
    let last = min(atMost, available)
    var stages: [Int] = []
    var next = first
    while next < last {
      stages.append(next)
      next *= 2
    }
    return stages + [last]
  }

  /// Whether the interval of these scores is narrow enough.
  package func isPrecise(_ scores: [Double]) -> Bool {
    interval(of: scores, level: .whileLooking)
      .map { ($0.upperBound - $0.lowerBound) / 2 <= halfWidth } ?? false
  }

  /// The interval of these scores; nil if there are too few.
  package func interval(
    of scores: [Double], level: IntervalLevel = .reported
  ) -> ClosedRange<Double>? {
    let score = ScoreColumn.named(scoreKey)!
    return score.kind == .boolean
      ? WilsonInterval(
        successes: scores.count { $0 == 1 }, trials: scores.count, level: level
      ).map { $0.lower...$0.upper }
      : MeanInterval.of(scores, in: score.range, level: level)
  }
}
