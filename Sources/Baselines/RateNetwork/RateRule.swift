import NeuralCore
import Parameters

/// The learning rule of a rate network: the part in which the baselines differ.
///
/// A rule learns in the steps in which the teacher is on and learning is allowed, that is, in
/// training. In the nudged cycles of a replay the teacher only cues: the visible neurons emit the
/// target, and nothing is learned.
public protocol RateRule: Sendable {
  /// The value of the parameter `model`.
  static var name: String { get }

  /// A short description with its source.
  static var meaning: String { get }

  /// Its parameters except `Parameter.step` and `Parameter.delays`.
  static var settings: [Parameter] { get }

  /// Whether each weight changes only with quantities of its own two neurons and a broadcast
  /// signal.
  static var isLocal: Bool { get }

  /// Whether recurrent weights learn. The read-out always learns.
  static var learnsRecurrent: Bool { get }

  /// Whether feedback weights and biases learn.
  static var learnsInput: Bool { get }

  /// Multiply-adds that learning adds to a step in which it learns.
  static func learningOperations(visible: Int, latent: Int) -> Int

  /// Number of values that the rule stores in addition to the network: ``memory``, and its memory
  /// within a cycle of `steps` steps. Floating point, because callers also ask for sizes that fit no
  /// memory.
  static func heldNumbers(visible: Double, latent: Double, steps: Double) -> Double

  /// Draws a new network.
  static func network(_ settings: Settings, visible: Int, latent: Int, seed: UInt64) -> RateNetwork

  /// Creates the rule of a new network.
  init(_ settings: Settings, for network: RateNetwork, seed: UInt64)

  /// The number of steps from one in which the rule learns to the next; 1 by default.
  var stepsPerUpdate: Int { get }

  /// Standard deviation of the noise that is added to every state during learning.
  var stateNoise: Double { get }

  /// Fraction of the target in the rates that the visible neurons emit during learning; the rest is
  /// the read-out.
  var teacherForcing: Double { get }

  /// Starts a cycle. In a cycle without learning the network must be ready to replay afterwards.
  mutating func begin(_ network: inout RateNetwork, learning: Bool)

  /// Learns from a step. The units have advanced, but the visible neurons have not emitted new
  /// rates, so `network.arrivingEmitted` holds the rates that the units received in this step. The
  /// read-out is that of `network.arrivingRate`, which the units receive in the next step.
  ///
  /// - Parameters:
  ///   - network: The network that learns.
  ///   - output: The read-out, shape `[visible]`.
  ///   - goal: The target rates, shape `[visible]`.
  mutating func learn(_ network: inout RateNetwork, output: [Double], goal: ArraySlice<Double>)

  /// Ends a cycle; does nothing by default.
  mutating func end(_ network: inout RateNetwork)

  /// The arrays that the rule keeps from cycle to cycle, by name.
  var memory: [String: [Double]] { get set }
}

extension RateRule {
  public var stepsPerUpdate: Int { 1 }
  public mutating func end(_ network: inout RateNetwork) {}

  /// Number of weights and biases that learn.
  static func plasticParameters(visible: Int, latent: Int) -> Int {
    (latent + 1) * visible + (learnsRecurrent ? latent * latent : 0)
      + (learnsInput ? visible * latent + latent : 0)
  }

  /// Number of values in memory that learning needs.
  static func stateNumbers(
    visible: Double, latent: Double, steps: Double, longestDelay: Double
  ) -> Double {
    // Weights and biases, and what changes in replay.
    latent * latent + 2 * visible * latent + latent + visible
      + replayNumbers(visible: visible, latent: latent, longestDelay: longestDelay)
      + heldNumbers(visible: visible, latent: latent, steps: steps)
  }

  /// Number of values that change in a replay without learning: a state and a rate per unit, an emitted
  /// rate per visible neuron, a delay line per neuron.
  static func replayNumbers<Count: Numeric>(
    visible: Count, latent: Count, longestDelay: Count
  ) -> Count {
    2 * latent + visible + (visible + latent) * longestDelay
  }

  /// Multiply-adds of a step without learning.
  static func frozenOperations(visible: Int, latent: Int) -> Int {
    latent * latent + visible * latent + (latent + 1) * visible
  }
}

extension Parameter {
  /// The shortest and the longest delay of a neuron, settings of every rate network.
  public static let delays = [delay("delay_min", "shortest"), delay("delay_max", "longest")]

  private static func delay(_ key: String, _ end: String) -> Parameter {
    Parameter(
      key, unit: "ms", default: 0, .from(0, through: 10_000),
      "\(end) delay of the rates of a neuron on their way to units and read-out; a multiple of the "
        + "step"
    ).neutral(at: .real(0))
  }
}

extension Settings {
  /// The range of the delays [steps of the network], both ends included.
  var delays: ClosedRange<Int> {
    let steps = Parameter.delays.map { Int((self[$0.key] / self[Parameter.step.key]).rounded()) }
    return steps[0]...steps[1]
  }
}

/// The settings that several rules share.
extension Parameter {
  static func tau(default value: Double, source: String? = nil) -> Parameter {
    Parameter(
      "tau", unit: "ms", default: value, .from(0.1, through: 1e6),
      "time constant of the units, at least a step", source: source)
  }

  static func gain(default value: Double, source: String? = nil) -> Parameter {
    Parameter(
      "gain", default: value, .from(0, through: 100),
      "initial recurrent weights have the standard deviation gain / sqrt(latent)", source: source)
  }

  /// The scale of weights or biases that are drawn from a uniform distribution.
  static func scale(
    _ name: String, of drawn: String, default value: Double, source: String? = nil
  ) -> Parameter {
    Parameter(
      name, default: value, .from(0, through: 1000),
      "\(drawn) are drawn uniformly from -this to this", source: source)
  }

  static func teacherForcing(default value: Double) -> Parameter {
    Parameter(
      "teacher_forcing", default: value, .from(0, through: 1),
      "part of the target that is fed back while learning; the rest is the read-out",
      source: "Hess et al. 2023")
  }

  static func stateNoise(default value: Double) -> Parameter {
    Parameter(
      "state_noise", default: value, .from(0, through: 10),
      "standard deviation of the noise on the states while learning")
  }
}

extension Baseline {
  /// Creates the baseline of a learning rule.
  init<Rule: RateRule>(_ rule: Rule.Type) {
    self.init(
      name: rule.name, meaning: rule.meaning,
      settings: rule.settings + [Parameter.step] + Parameter.delays,
      operations: { visible, latent in
        rule.frozenOperations(visible: visible, latent: latent)
          + rule.learningOperations(visible: visible, latent: latent)
      },
      stateNumbers: { settings, visible, latent, steps in
        rule.stateNumbers(
          visible: visible, latent: latent, steps: steps,
          longestDelay: Double(settings.delays.upperBound))
      },
      model: { RateModel<Rule>(settings: $0, latent: $1) })
  }
}

/// The model of a learning rule.
struct RateModel<Rule: RateRule>: SequenceModel {
  let settings: Settings
  let latent: Int

  func newLearner(for task: LearningTask) throws -> any Learner {
    RateLearner<Rule>(settings, latent: latent, task: task)
  }

  func learner(
    continuing state: consuming LearnerState, after damage: NetworkDamage?, for task: LearningTask
  ) -> (any Learner)? {
    let learner = RateLearner<Rule>(settings, latent: latent, task: task)
    guard learner.restore(state) else { return nil }
    if let damage { learner.take(damage, seed: task.seed) }
    return learner
  }
}
