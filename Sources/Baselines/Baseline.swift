public import NeuralCore
public import Parameters

/// A model beside ELiSe, as sweeps see it: a name, settings, and how it becomes a network.
public struct Baseline: Sendable {
  /// The value of the parameter `model`, in snake_case without underscores at its ends.
  public let name: String

  /// What it is, in a few words, with its source.
  public let meaning: String

  /// Its own parameters, `Parameter.step` among them.
  public let settings: [Parameter]

  /// Multiply-adds of one learning step, by the numbers of visible and latent neurons.
  public let operations: @Sendable (_ visible: Int, _ latent: Int) -> Int

  /// Numbers that one network must hold to go on learning, by the numbers of visible and latent
  /// neurons and of steps in a cycle. Sizes that no memory holds are asked for too, hence no integers.
  public let stateNumbers:
    @Sendable (_ visible: Double, _ latent: Double, _ steps: Double) -> Double

  private let make: @Sendable (Settings, _ latent: Int, LearningTask) -> any SequenceModel

  /// Creates a baseline.
  ///
  /// - Parameter make: Makes the model of a task with some latent neurons.
  public init(
    name: String, meaning: String, settings: [Parameter],
    operations: @escaping @Sendable (_ visible: Int, _ latent: Int) -> Int,
    stateNumbers:
      @escaping @Sendable (_ visible: Double, _ latent: Double, _ steps: Double) -> Double,
    make: @escaping @Sendable (Settings, _ latent: Int, LearningTask) -> any SequenceModel
  ) {
    precondition(settings.contains { $0.key == Parameter.step.key })
    self.name = name
    self.meaning = meaning
    self.settings = settings
    self.operations = operations
    self.stateNumbers = stateNumbers
    self.make = make
  }

  /// The model with some settings.
  public func model(
    _ settings: Settings, latent: Int, task: LearningTask
  ) -> any SequenceModel {
    make(settings, latent, task)
  }
}

extension Parameter {
  /// The length of a step, which every baseline has.
  public static let step = Parameter(
    "step", unit: "ms", default: 1, .from(0.1, through: 1000, stepsPerUnit: 10),
    "length of a step; note_duration must be a multiple of it"
  ).shapingCost()
}

/// The values of the settings of one baseline.
public struct Settings: Equatable, Sendable {
  private let values: [String: Double]

  /// Creates values by the names of the settings.
  public init(_ values: [(String, Double)]) {
    self.values = Dictionary(uniqueKeysWithValues: values)
  }

  /// The defaults of some settings, but for those that are given.
  public init(defaultsOf settings: [Parameter], _ changed: [String: Double] = [:]) {
    self.init(settings.map { ($0.key, changed[$0.key] ?? $0.defaultValue?.number ?? .nan) })
  }

  /// The value of a setting.
  public subscript(_ name: String) -> Double {
    guard let value = values[name] else { preconditionFailure("no setting is called \(name)") }
    return value
  }
}
