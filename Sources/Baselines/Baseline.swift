public import NeuralCore
public import Parameters

/// A model other than ELiSe, as sweeps use it: a name, settings, and a factory of networks.
///
/// - SeeAlso: docs/model.md, *Baselines*.
public struct Baseline: Sendable {
  /// The value of the parameter `model`, in snake_case without underscores at its ends.
  public let name: String

  /// A short description with its source.
  public let meaning: String

  /// Its own parameters, including `Parameter.step`.
  public let settings: [Parameter]

  /// Multiply-adds of a step in which the model learns, for given numbers of visible and latent neurons.
  public let operations: @Sendable (_ visible: Int, _ latent: Int) -> Int

  /// Number of values in memory that learning needs, for given settings and numbers of visible and
  /// latent neurons and of steps in a cycle. Floating point, because callers also ask for sizes that
  /// fit no memory.
  public let stateNumbers:
    @Sendable (Settings, _ visible: Double, _ latent: Double, _ steps: Double) -> Double

  /// The model with the given settings and number of latent neurons.
  public let model: @Sendable (Settings, _ latent: Int) -> any SequenceModel
}

extension Parameter {
  /// The length of a step, a setting of every baseline.
  public static let step = Parameter(
    "step", unit: "ms", default: 1, .from(0.1, through: 1000, stepsPerUnit: 10),
    "length of a step; note_duration must be a multiple of it"
  ).shapingCost()
}

/// The values of the settings of one baseline.
public struct Settings: Equatable, Sendable {
  private let values: [String: Double]

  /// Creates values from pairs of a setting's name and its value.
  public init(_ values: [(String, Double)]) {
    self.values = Dictionary(uniqueKeysWithValues: values)
  }

  /// Creates the default values of some settings, except for the changed ones.
  public init(defaultsOf settings: [Parameter], _ changed: [String: Double] = [:]) {
    self.init(settings.map { ($0.key, changed[$0.key] ?? $0.defaultValue?.number ?? .nan) })
  }

  /// The value of a setting, which must exist.
  public subscript(_ name: String) -> Double {
    guard let value = values[name] else { preconditionFailure("no setting is called \(name)") }
    return value
  }
}
