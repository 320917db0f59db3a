import NeuralCore
import Parameters

/// A row of the table of parameters: the parameter, the Swift type of its values, and how they reach
/// the core.
public struct ParameterKey<Value: ParameterReadable>: Sendable {
  /// What sweeps see of it.
  public private(set) var parameter: Parameter

  /// Sets what a value stands for in the terms of the core.
  let apply: @Sendable (ParameterValue, inout CoreSettings) -> Void

  private init(
    _ parameter: Parameter, sets assign: (@Sendable (inout CoreSettings, Value) -> Void)?
  ) {
    self.parameter = parameter
    apply = { value, core in
      if let assign, let value = Value(value) { assign(&core, value) }
    }
  }

  /// A parameter with a default.
  ///
  /// - Parameters:
  ///   - key: The name, in snake_case.
  ///   - value: The value where nobody names one.
  ///   - meaning: What it does, in a sentence without a full stop.
  ///   - assign: Sets it in the core, if it sets one thing as it is; what needs more is in
  ///     `EliseModel.init` and `TrialModel.init`.
  init(
    _ key: String, unit: String? = nil, default value: Value, _ allowed: AllowedValues,
    _ meaning: String, sets assign: (@Sendable (inout CoreSettings, Value) -> Void)? = nil
  ) {
    self.init(
      Parameter(
        key, Value.kind, unit: unit, default: value.parameterValue, allowed, meaning),
      sets: assign)
  }

  /// A parameter without a default, which every sweep has to name.
  init(required key: String, _ allowed: AllowedValues, _ meaning: String) {
    self.init(Parameter(key, Value.kind, default: nil, allowed, meaning), sets: nil)
  }

  private func changing(_ change: (Parameter) -> Parameter) -> ParameterKey {
    var key = self
    key.parameter = change(parameter)
    return key
  }

  /// The same row for ELiSe and its variants alone.
  func eliseOnly() -> ParameterKey { changing { $0.only(ModelKind.eliseNames) } }

  /// The same row, on which the cost of a trial depends.
  func shapingCost() -> ParameterKey { changing { $0.shapingCost() } }
}

/// A row of the table, whatever the type of its values.
protocol AnyParameterKey: Sendable {
  var parameter: Parameter { get }
  var apply: @Sendable (ParameterValue, inout CoreSettings) -> Void { get }
}

extension ParameterKey: AnyParameterKey {}

/// What parameters set one by one, in the terms of the core.
public struct CoreSettings: Sendable {
  /// The neuron's constants.
  public var constants = ModelConstants()
  /// How a scaffold grows, if there is one.
  public var growth = ScaffoldGrowth()
  /// Which dendritic synapses exist.
  public var connectivity = DendriticConnectivity()
  /// Mean of the initial dendritic weights [mV].
  public var weightMean = 0.0
  /// Standard deviation of the initial dendritic weights [mV].
  public var weightDeviation = 0.0
  /// Learning rate from visible to visible neurons [per step].
  public var learningRateVisible = 0.0
  /// Learning rate of all other dendritic synapses [per step].
  public var learningRateLatent = 0.0
  /// Which cycles are run.
  public var schedule = TrainingSchedule()
}

/// A type that values of a parameter can be read as.
public protocol ParameterReadable: Sendable {
  /// What the values are.
  static var kind: ParameterKind { get }
  /// Reads a value; nil for one of another type.
  init?(_ value: ParameterValue)
  /// The value of a parameter that this is.
  var parameterValue: ParameterValue { get }
}

extension Int: ParameterReadable {
  public static var kind: ParameterKind { .integer }
  public init?(_ value: ParameterValue) {
    guard case .integer(let number) = value else { return nil }
    self = number
  }
  public var parameterValue: ParameterValue { .integer(self) }
}

extension Double: ParameterReadable {
  public static var kind: ParameterKind { .real }
  public init?(_ value: ParameterValue) {
    guard case .real(let number) = value else { return nil }
    self = number
  }
  public var parameterValue: ParameterValue { .real(self) }
}

extension Bool: ParameterReadable {
  public static var kind: ParameterKind { .boolean }
  public init?(_ value: ParameterValue) {
    guard case .boolean(let flag) = value else { return nil }
    self = flag
  }
  public var parameterValue: ParameterValue { .boolean(self) }
}

extension String: ParameterReadable {
  public static var kind: ParameterKind { .text }
  public init?(_ value: ParameterValue) {
    guard case .text(let text) = value else { return nil }
    self = text
  }
  public var parameterValue: ParameterValue { .text(self) }
}

/// A parameter that may go without a value.
extension Optional: ParameterReadable where Wrapped: ParameterReadable {
  public static var kind: ParameterKind { Wrapped.kind }
  public init?(_ value: ParameterValue) {
    if value == .absent {
      self = .none
    } else if let value = Wrapped(value) {
      self = .some(value)
    } else {
      return nil
    }
  }
  public var parameterValue: ParameterValue { self?.parameterValue ?? .absent }
}
