import Glibc
import NeuralCore
import Scores

/// How often the 95 % interval of a mean contains the true mean, by simulation.
public struct IntervalCoverage: Sendable {
  /// A distribution of scores in [0, 1], or of differences between two of them.
  public enum Distribution: Sendable, CustomStringConvertible {
    /// 0 with a probability, else normal around 0.97: networks that recall or do not.
    case failing(Double)
    /// Beta(2, 5).
    case beta
    /// Normal around 0.9 with the deviation 0.03.
    case normal
    /// The difference of two networks that fail with these probabilities, independently.
    case failingPair(Double, Double)
    /// Normal around a difference with the deviation 0.03: two networks that both recall.
    case normalDifference(Double)

    /// Every distribution of docs/scores.md, *Interval of a mean*.
    public static let all: [Distribution] = [
      .failing(0.1), .failing(0.3), .failing(0.5), .beta, .normal,
    ]

    /// Every distribution of docs/scores.md, *Contrasts*.
    public static let differences: [Distribution] = [
      .failingPair(0.1, 0), .failingPair(0.1, 0.1), .failingPair(0.3, 0.1),
      .normalDifference(0), .normalDifference(-0.06),
    ]

    public var description: String {
      switch self {
      case .failing(let p): "0 with p = \(p)"
      case .beta: "Beta(2, 5)"
      case .normal: "Normal"
      case .failingPair(let first, let second): "one fails, p = \(first) and \(second)"
      case .normalDifference(let mean): "both recall, difference \(mean)"
      }
    }

    /// Whether a value can be far from all others, which percentiles of a sample do not show.
    public var canFail: Bool {
      switch self {
      case .failing, .failingPair: true
      case .beta, .normal, .normalDifference: false
      }
    }

    /// The range of the values.
    var range: ClosedRange<Double> {
      switch self {
      case .failing, .beta, .normal: 0...1
      case .failingPair, .normalDifference: -1...1
      }
    }

    var mean: Double {
      switch self {
      case .failing(let p): 0.97 * (1 - p)
      case .beta: 2.0 / 7
      case .normal: 0.9
      case .failingPair(let first, let second): 0.97 * (first - second)
      case .normalDifference(let mean): mean
      }
    }

    func draw(_ random: inout RandomStream) -> Double {
      switch self {
      case .failing(let p): return random.uniform() < p ? 0 : 0.97 + 0.01 * random.normal()
      case .normal: return 0.9 + 0.03 * random.normal()
      case .beta:
        // The second smallest of six uniform numbers.
        return (0..<6).map { _ in random.uniform() }.sorted()[1]
      case .failingPair(let first, let second):
        let against = Distribution.failing(first).draw(&random)
        return Distribution.failing(second).draw(&random) - against
      case .normalDifference(let mean): return mean + 0.03 * random.normal()
      }
    }
  }

  public let distribution: Distribution
  public let units: Int
  /// The fraction of samples whose interval contains the true mean.
  public let coverage: Double
  /// The fraction of samples whose interval excludes zero.
  public let excludesZero: Double
  /// The mean width of the intervals.
  public let width: Double

  /// Simulates samples.
  ///
  /// - Parameters:
  ///   - isBounded: Whether the interval uses the range of the score.
  ///   - samples: The number of samples.
  /// - Returns: nil if there are too few units for an interval.
  public init?(of distribution: Distribution, units: Int, isBounded: Bool, samples: Int) {
    var random = RandomStream(seed: 1, purpose: .bootstrap, index: units)
    var (held, excluded, width) = (0, 0, 0.0)
    for _ in 0..<samples {
      let values = (0..<units).map { _ in distribution.draw(&random) }
      let range = isBounded ? distribution.range : nil
      guard let interval = MeanInterval.of(values, in: range) else { return nil }
      held += interval.contains(distribution.mean) ? 1 : 0
      excluded += interval.contains(0) ? 0 : 1
      width += interval.upperBound - interval.lowerBound
    }
    self.distribution = distribution
    self.units = units
    coverage = Double(held) / Double(samples)
    excludesZero = Double(excluded) / Double(samples)
    self.width = width / Double(samples)
  }
}
