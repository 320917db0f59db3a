import NeuralCore
import Parameters

/// A row of the table of parameters: the parameter, the Swift type of its values, and the setting of
/// the core that it gives.
public struct ParameterKey<Value: ParameterReadable>: Sendable {
  public private(set) var parameter: Parameter

  /// Applies a value to the settings of the core.
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
  ///   - value: The value if a sweep names none.
  ///   - meaning: The effect of the parameter, in a sentence without a full stop.
  ///   - assign: Sets it in the core, if it is one setting of the core. `EliseModel.init` and
  ///     `TrialModel.init` use the other parameters.
  init(
    _ key: String, unit: String? = nil, default value: Value, _ allowed: AllowedValues,
    _ meaning: String, sets assign: (@Sendable (inout CoreSettings, Value) -> Void)? = nil
  ) {
    self.init(
      Parameter(
        key, Value.kind, unit: unit, default: value.parameterValue, allowed, meaning),
      sets: assign)
  }

  /// A parameter without a default, which every sweep must name.
  init(required key: String, _ allowed: AllowedValues, _ meaning: String) {
    self.init(Parameter(key, Value.kind, default: nil, allowed, meaning), sets: nil)
  }

  private func changing(_ change: (Parameter) -> Parameter) -> ParameterKey {
    var key = self
    key.parameter = change(parameter)
    return key
  }

  /// The same row for the variants of ELiSe alone.
  func eliseOnly() -> ParameterKey { changing { $0.only(ModelKind.eliseNames) } }

  /// The same row, added after there were results, which all had the default.
  func neutralAtDefault() -> ParameterKey { changing { $0.neutral(at: $0.defaultValue!) } }

  /// The same row, on which the cost of a trial depends.
  func shapingCost() -> ParameterKey { changing { $0.shapingCost() } }
}

/// A row of the table, whatever the type of its values.
protocol AnyParameterKey: Sendable {
  var parameter: Parameter { get }
  var apply: @Sendable (ParameterValue, inout CoreSettings) -> Void { get }
}

extension ParameterKey: AnyParameterKey {}

/// The settings of the core that single parameters give.
public struct CoreSettings: Sendable {
  public var constants = ModelConstants()
  /// The growth of the scaffold, if there is one.
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
  /// The cycles to run.
  public var schedule = TrainingSchedule()
}

/// A Swift type of parameter values.
public protocol ParameterReadable: Sendable {
  static var kind: ParameterKind { get }
  /// Creates the Swift value; nil for a value of another kind.
  init?(_ value: ParameterValue)
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

/// An optional parameter.
extension Optional: ParameterReadable where Wrapped: ParameterReadable {
  public static var kind: ParameterKind { Wrapped.kind }
  public init?(_ value: ParameterValue) {
    guard value == .absent || Wrapped(value) != nil else { return nil }
    self = Wrapped(value)
  }
  public var parameterValue: ParameterValue { self?.parameterValue ?? .absent }
}
