public import NeuralCore

/// A model beside ELiSe, as sweeps see it: a name, settings, and how it becomes a network.
public struct Baseline: Sendable {
  /// The value of the parameter `model`, in snake_case without underscores at its ends.
  public let name: String

  /// What it is, in a few words, with its source.
  public let meaning: String

  /// Its own parameters, ``Setting/step`` among them.
  public let settings: [Setting]

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
    name: String, meaning: String, settings: [Setting],
    operations: @escaping @Sendable (_ visible: Int, _ latent: Int) -> Int,
    stateNumbers:
      @escaping @Sendable (_ visible: Double, _ latent: Double, _ steps: Double) -> Double,
    make: @escaping @Sendable (Settings, _ latent: Int, LearningTask) -> any SequenceModel
  ) {
    precondition(settings.contains(Setting.step) || settings.contains { $0.name == "step" })
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

/// Every baseline. A new one is a folder beside this file and a line here.
public enum Baselines {
  /// In the order of the tables.
  public static let all: [Baseline] = [
    Baseline(EchoState.self),
    Baseline(Force.self),
    Baseline(RandomFeedbackOnline.self),
    Baseline(ThroughTime.self),
  ]
}
