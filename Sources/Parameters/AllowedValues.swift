/// Which values of its kind a parameter takes.
public enum AllowedValues: Hashable, Sendable {
  /// Every value of the kind.
  case any
  /// One of these texts.
  case choice([String])
  /// Numbers within an interval.
  case interval(Interval)

  /// An interval of numbers, either end open, closed or unbounded.
  public struct Interval: Hashable, Sendable {
    /// The lower end, nil for none.
    public var lower: Double?
    /// Whether the lower end itself is allowed.
    public var includesLower = true
    /// The upper end, nil for none.
    public var upper: Double?
    /// Whether the upper end itself is allowed.
    public var includesUpper = true
    /// How many allowed values there are from one whole number to the next, nil for any number:
    /// 10 admits the multiples of 0.1.
    public var stepsPerUnit: Double?
  }

  /// Numbers from `lower` to `upper`, both included.
  public static func from(
    _ lower: Double, through upper: Double, stepsPerUnit: Double? = nil
  ) -> AllowedValues {
    .interval(Interval(lower: lower, upper: upper, stepsPerUnit: stepsPerUnit))
  }

  /// Numbers from `lower`, included, to `upper`, excluded.
  public static func from(_ lower: Double, upTo upper: Double) -> AllowedValues {
    .interval(Interval(lower: lower, upper: upper, includesUpper: false))
  }

  /// Numbers of at least `lower`.
  public static func from(_ lower: Double) -> AllowedValues {
    .interval(Interval(lower: lower))
  }

  /// Numbers above `lower`.
  public static func above(_ lower: Double) -> AllowedValues {
    .interval(Interval(lower: lower, includesLower: false))
  }

  /// Numbers from `lower`, excluded, to `upper`, included.
  public static func above(_ lower: Double, through upper: Double) -> AllowedValues {
    .interval(Interval(lower: lower, includesLower: false, upper: upper))
  }

  /// Whether a value of the parameter's kind is one of these.
  public func contains(_ value: ParameterValue) -> Bool {
    switch (self, value) {
    case (.any, _): true
    case (.choice(let choices), .text(let text)): choices.contains(text)
    case (.interval(let interval), .integer(let number)): interval.contains(Double(number))
    case (.interval(let interval), .real(let number)): interval.contains(number)
    default: false
    }
  }
}

extension AllowedValues.Interval {
  /// Whether a number lies in the interval and on its grid.
  public func contains(_ number: Double) -> Bool {
    if let lower, includesLower ? number < lower : number <= lower { return false }
    if let upper, includesUpper ? number > upper : number >= upper { return false }
    // A decimal read from text is on the grid if the nearest grid point is the same number.
    if let stepsPerUnit { return (number * stepsPerUnit).rounded() / stepsPerUnit == number }
    return number.isFinite
  }
}

extension AllowedValues {
  /// What is allowed, as the end of a sentence: `an integer of at least 2`.
  public func description(of kind: ParameterKind) -> String {
    switch self {
    case .any: return kind.description
    case .choice(let choices): return choices.joined(separator: " or ")
    case .interval(let interval):
      let noun = interval.stepsPerUnit.map { "a multiple of \(text(1 / $0))" } ?? kind.description
      return switch (interval.lower, interval.upper) {
      case (let lower?, let upper?):
        "\(noun) from \(text(lower))\(interval.includesLower ? "" : " (excluded)")"
          + " to \(text(upper))\(interval.includesUpper ? "" : " (excluded)")"
      case (let lower?, nil):
        "\(noun) \(interval.includesLower ? "of at least" : "above") \(text(lower))"
      case (nil, let upper?):
        "\(noun) \(interval.includesUpper ? "of at most" : "below") \(text(upper))"
      case (nil, nil): noun
      }
    }
  }

  private func text(_ number: Double) -> String { ParameterValue.real(number).description }
}
