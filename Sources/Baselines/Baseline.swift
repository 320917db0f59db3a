public import NeuralCore

/// A model other than ELiSe, as sweeps use it: a name, settings, and a factory of networks.
///
/// - SeeAlso: docs/model.md, *Baselines*.
public struct Baseline: Sendable {
  /// The value of the parameter `model`, in snake_case without underscores at its ends.
  public let name: String

  /// A short description with its source.
  public let meaning: String

  /// Its own parameters, including ``Setting/step``.
  public let settings: [Setting]

  /// Multiply-adds of one learning step, for given numbers of visible and latent neurons.
  public let operations: @Sendable (_ visible: Int, _ latent: Int) -> Int

  /// Number of values in memory that learning needs, for given numbers of visible and latent
  /// neurons and of steps in a cycle. Floating point, because callers also ask for sizes that fit
  /// no memory.
  public let stateNumbers:
    @Sendable (_ visible: Double, _ latent: Double, _ steps: Double) -> Double

  private let make: @Sendable (Settings, _ latent: Int, LearningTask) -> any SequenceModel

  /// Creates a baseline.
  ///
  /// - Parameter make: Creates the model from settings, the number of latent neurons and a task.
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

  /// The model with the given settings.
  public func model(
    _ settings: Settings, latent: Int, task: LearningTask
  ) -> any SequenceModel {
    make(settings, latent, task)
  }
}

/// The registry of baselines. A new baseline is a file in this folder and a line here.
public enum Baselines {
  /// All baselines, in the order of the tables.
  public static let all: [Baseline] = [
    Baseline(EchoState.self),
    Baseline(Force.self),
    Baseline(RandomFeedbackOnline.self),
    Baseline(ThroughTime.self),
  ]
}

/// A parameter of one baseline.
///
/// Its key in sweep files is the model's name, an underscore and ``name``.
public struct Setting: Equatable, Sendable {
  /// The kind of values.
  public enum Kind: Sendable {
    /// Finite numbers.
    case real
    /// Whole numbers.
    case integer
  }

  /// An interval of allowed numbers, with open, closed or missing ends.
  public struct Interval: Equatable, Sendable {
    /// The lower end.
    public var lower: Double
    /// Whether the lower end itself is allowed.
    public var includesLower = true
    /// The upper end; nil for none.
    public var upper: Double?
    /// Whether the upper end itself is allowed.
    public var includesUpper = true
    /// Number of allowed values per unit, which are evenly spaced; nil if any number is allowed.
    public var stepsPerUnit: Double?

    /// Numbers of at least `lower` and, if given, at most `upper`.
    public static func from(_ lower: Double, through upper: Double? = nil) -> Interval {
      Interval(lower: lower, upper: upper)
    }

    /// Numbers above `lower` and, if given, at most `upper`.
    public static func above(_ lower: Double, through upper: Double? = nil) -> Interval {
      Interval(lower: lower, includesLower: false, upper: upper)
    }
  }

  /// The name within the model, in snake_case.
  public let name: String
  /// The kind of values.
  public let kind: Kind
  /// The unit; nil for pure numbers.
  public let unit: String?
  /// The default value.
  public let defaultValue: Double
  /// The allowed values.
  public let allowed: Interval
  /// A description, without a full stop.
  public let meaning: String
  /// The paper that defines the setting.
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

  /// The length of a step, a setting of every baseline.
  public static let step = Setting(
    "step", unit: "ms", default: 1,
    Interval(lower: 0.1, upper: 1000, stepsPerUnit: 10),
    "length of a step; note_duration must be a multiple of it")
}

/// The values of the settings of one baseline.
public struct Settings: Equatable, Sendable {
  private let values: [String: Double]

  /// Creates values from pairs of a setting's name and its value.
  public init(_ values: [(String, Double)]) {
    self.values = Dictionary(uniqueKeysWithValues: values)
  }

  /// Creates the default values of some settings, except for the changed ones.
  public init(defaultsOf settings: [Setting], _ changed: [String: Double] = [:]) {
    self.init(settings.map { ($0.name, changed[$0.name] ?? $0.defaultValue) })
  }

  /// The value of a setting, which must exist.
  public subscript(_ name: String) -> Double {
    guard let value = values[name] else { preconditionFailure("no setting is called \(name)") }
    return value
  }
}
