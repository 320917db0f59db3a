import Baselines

extension Parameter {
  /// The parameters of the baselines, one model after another.
  static let ofBaselines: [Parameter] = Baselines.all.flatMap { baseline in
    baseline.settings.map { Parameter($0, of: baseline) }
  }

  /// Those of them that say how long a step is.
  package static let stepsOfBaselines = ofBaselines.filter { $0.key.hasSuffix("_step") }

  /// The parameter that a setting of a baseline is.
  private init(_ setting: Setting, of baseline: Baseline) {
    let value: ParameterValue =
      switch setting.kind {
      case .integer: .integer(Int(setting.defaultValue))
      case .real: .real(setting.defaultValue)
      }
    self.init(
      baseline.key(of: setting), setting.kind == .integer ? .integer : .real, unit: setting.unit,
      default: .absent,
      .interval(
        AllowedValues.Interval(
          lower: setting.allowed.lower, includesLower: setting.allowed.includesLower,
          upper: setting.allowed.upper, includesUpper: setting.allowed.includesUpper,
          stepsPerUnit: setting.allowed.stepsPerUnit)),
      "\(setting.meaning); only with model \(baseline.name), where none stands for \(value)"
        + (setting.source.map { " (\($0))" } ?? ""))
    models = [baseline.name]
    valueOfNone = value
  }

  /// The same parameter for some models alone.
  func only(_ models: [String]) -> Parameter {
    var parameter = self
    parameter.models = models
    return parameter
  }

  /// Whether the parameter means something for a model.
  public func applies(to model: String) -> Bool { models?.contains(model) ?? true }

  /// The place of `model` in ``all``.
  static let model = index["model"]!

  /// The value that a trial of a model has where it was given one: what the model does not know
  /// becomes `none`, and `none` what it stands for.
  ///
  /// A value that the model does not know and that is not the default stays, and is refused by a
  /// ``CrossCheck``.
  func completed(_ value: ParameterValue, for model: String) -> ParameterValue {
    if applies(to: model) { return value == .absent ? valueOfNone : value }
    return value == defaultValue ? .absent : value
  }
}

extension [ParameterValue] {
  /// The values of a trial, in the order of ``Parameter/all``, from those that it was given.
  func completed() -> [ParameterValue] {
    guard case .text(let model) = self[Parameter.model] else { return self }
    return zip(Parameter.all, self).map { $0.completed($1, for: model) }
  }
}
