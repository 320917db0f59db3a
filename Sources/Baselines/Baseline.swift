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

/// A parameter that one baseline has for itself.
///
/// In sweeps its key is the model's name, an underscore and ``name``.
public struct Setting: Equatable, Sendable {
  /// What the values are.
  public enum Kind: Sendable {
    /// Finite numbers.
    case real
    /// Whole numbers.
    case integer
  }

  /// Numbers that are allowed: an interval, its ends open, closed or missing.
  public struct Interval: Equatable, Sendable {
    /// The lower end.
    public var lower: Double
    /// Whether the lower end itself is allowed.
    public var includesLower = true
    /// The upper end; nil for none.
    public var upper: Double?
    /// Whether the upper end itself is allowed.
    public var includesUpper = true
    /// How many allowed values there are from one whole number to the next; nil for any number.
    public var stepsPerUnit: Double?

    /// Numbers of at least `lower`, and at most `upper` where there is one.
    public static func from(_ lower: Double, through upper: Double? = nil) -> Interval {
      Interval(lower: lower, upper: upper)
    }

    /// Numbers above `lower`, and at most `upper` where there is one.
    public static func above(_ lower: Double, through upper: Double? = nil) -> Interval {
      Interval(lower: lower, includesLower: false, upper: upper)
    }
  }

  /// The name within the model, in snake_case.
  public let name: String
  /// What the values are.
  public let kind: Kind
  /// The unit; nil for pure numbers.
  public let unit: String?
  /// The value where nobody names one.
  public let defaultValue: Double
  /// Which values are allowed.
  public let allowed: Interval
  /// What it does, in a sentence without a full stop.
  public let meaning: String
  /// Where it comes from: a paper.
  public let source: String?

  /// Creates a setting.
  public init(
    _ name: String, _ kind: Kind = .real, unit: String? = nil, default value: Double,
    _ allowed: Interval, _ meaning: String, source: String? = nil
  ) {
    self.name = name
    self.kind = kind
    self.unit = unit
    self.defaultValue = value
    self.allowed = allowed
    self.meaning = meaning
    self.source = source
  }

  /// The length of a step, which every baseline has.
  public static let step = Setting(
    "step", unit: "ms", default: 1,
    Interval(lower: 0.1, upper: 1000, stepsPerUnit: 10),
    "length of a step; note_duration must be a multiple of it")
}

/// The values of the settings of one baseline.
public struct Settings: Equatable, Sendable {
  private let values: [String: Double]

  /// Creates values by the names of the settings.
  public init(_ values: [(String, Double)]) {
    self.values = Dictionary(uniqueKeysWithValues: values)
  }

  /// The defaults of some settings, but for those that are given.
  public init(defaultsOf settings: [Setting], _ changed: [String: Double] = [:]) {
    self.init(settings.map { ($0.name, changed[$0.name] ?? $0.defaultValue) })
  }

  /// The value of a setting.
  public subscript(_ name: String) -> Double {
    guard let value = values[name] else { preconditionFailure("no setting is called \(name)") }
    return value
  }
}
