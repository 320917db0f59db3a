import NeuralCore
import SweepPlan

/// How often the 95 % interval of a condition with `until` contains the truth, by simulation.
///
/// A network recalls with a probability; its correlation is then 0.97, else 0. `until` looks at 10, 20,
/// 40, … networks and stops if the interval has half the width that it asks for.
public struct UntilCoverage: Sendable {
  /// The scores that are simulated.
  public enum Score: String, Sendable { case recalled, correlation }

  public let score: Score
  /// The probability of recall.
  public let probability: Double
  public let atMost: Int
  /// The fraction of conditions whose stated interval contains the true mean.
  public let coverage: Double
  /// The fraction of conditions that stop before ``atMost`` networks.
  public let stopped: Double
  /// The mean number of networks of a condition.
  public let networks: Double

  /// Simulates conditions.
  public init(
    of score: Score, probability: Double, halfWidth: Double = 0.1, atMost: Int, samples: Int
  ) {
    let target = PrecisionTarget(
      key: "seed", scoreKey: score.rawValue, halfWidth: halfWidth, first: PrecisionTarget.fewest,
      atMost: atMost)
    var random = RandomStream(
      seed: 3, purpose: .bootstrap, index: Int(probability * 100) + atMost)
    var (held, stopped, networks) = (0, 0, 0)
    for _ in 0..<samples {
      var recalls: [Double] = []
      for stage in target.stages(of: atMost) {
        while recalls.count < stage { recalls.append(random.uniform() < probability ? 1 : 0) }
        if target.isPrecise(Self.scores(score, recalls)) { break }
      }
      stopped += recalls.count < atMost ? 1 : 0
      networks += recalls.count
      let interval = target.interval(of: Self.scores(score, recalls))
      held += interval!.contains(Self.scores(score, [probability])[0]) ? 1 : 0
    }
    (self.score, self.probability, self.atMost) = (score, probability, atMost)
    coverage = Double(held) / Double(samples)
    self.stopped = Double(stopped) / Double(samples)
    self.networks = Double(networks) / Double(samples)
  }

  private static func scores(_ score: Score, _ recalls: [Double]) -> [Double] {
    score == .recalled ? recalls : recalls.map { 0.97 * $0 }
  }
}
