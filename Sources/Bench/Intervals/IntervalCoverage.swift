import Glibc
import NeuralCore
import Scores

/// How often the 95 % interval of a mean contains the true mean, by simulation.
public struct IntervalCoverage: Sendable {
  /// A distribution of scores in [0, 1].
  public enum Distribution: Sendable, CustomStringConvertible {
    /// 0 with a probability, else normal around 0.97: networks that recall or do not.
    case failing(Double)
    /// Beta(2, 5).
    case beta
    /// Normal around 0.9 with the deviation 0.03.
    case normal

    /// Every distribution of docs/scores.md, *Interval of a mean*.
    public static let all: [Distribution] = [
      .failing(0.1), .failing(0.3), .failing(0.5), .beta, .normal,
    ]

    public var description: String {
      switch self {
      case .failing(let p): "0 with p = \(p)"
      case .beta: "Beta(2, 5)"
      case .normal: "Normal"
      }
    }

    var mean: Double {
      switch self {
      case .failing(let p): 0.97 * (1 - p)
      case .beta: 2.0 / 7
      case .normal: 0.9
      }
    }

    func draw(_ random: inout RandomStream) -> Double {
      switch self {
      case .failing(let p): return random.uniform() < p ? 0 : 0.97 + 0.01 * random.normal()
      case .normal: return 0.9 + 0.03 * random.normal()
      case .beta:
        // The second smallest of six uniform numbers.
        return (0..<6).map { _ in random.uniform() }.sorted()[1]
      }
    }
  }

  public let distribution: Distribution
  public let units: Int
  /// The fraction of samples whose interval contains the true mean.
  public let coverage: Double
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
    var (held, width) = (0, 0.0)
    for _ in 0..<samples {
      let values = (0..<units).map { _ in distribution.draw(&random) }
      guard let interval = MeanInterval.of(values, in: isBounded ? 0...1 : nil) else { return nil }
      held += interval.contains(distribution.mean) ? 1 : 0
      width += interval.upperBound - interval.lowerBound
    }
    self.distribution = distribution
    self.units = units
    coverage = Double(held) / Double(samples)
    self.width = width / Double(samples)
  }
}
