/// The allowed values of a parameter, among those of its kind.
public enum AllowedValues: Hashable, Sendable {
  /// Every value of the kind.
  case any
  /// One of these texts.
  case choice([String])
  /// The path of a file, or a word that means something else than a file.
  case file(orWord: String? = nil)
  /// Numbers within an interval.
  case interval(Interval)

  /// An interval of numbers. Each end is open or closed; the upper end may be missing.
  public struct Interval: Hashable, Sendable {
    public var lower: Double
    public var includesLower = true
    public var upper: Double?
    public var includesUpper = true
    /// The number of allowed values in each unit; nil for any number. 10 allows the multiples of 0.1.
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
  public static func from(_ lower: Double) -> AllowedValues { .interval(Interval(lower: lower)) }

  /// Numbers above `lower`.
  public static func above(_ lower: Double) -> AllowedValues {
    .interval(Interval(lower: lower, includesLower: false))
  }

  /// Numbers from `lower`, excluded, to `upper`, included.
  public static func above(_ lower: Double, through upper: Double) -> AllowedValues {
    .interval(Interval(lower: lower, includesLower: false, upper: upper))
  }

  /// Whether a value of the parameter's kind is allowed.
  public func contains(_ value: ParameterValue) -> Bool {
    switch (self, value) {
    case (.any, _), (.file, .text): true
    case (.choice(let choices), .text(let text)): choices.contains(text)
    case (.interval(let interval), _): value.number.map(interval.contains) ?? false
    default: false
    }
  }

  /// The allowed values as the end of a sentence: `an integer from 2 to 100`. No refused value fits
  /// it: it names the largest integer, and says *finite* if real numbers have no other upper end.
  public func description(of kind: ParameterKind) -> String {
    switch self {
    case .any: return kind == .real ? "a finite number" : kind.description
    case .choice(let choices): return choices.joined(separator: " or ")
    case .file(let word): return "a file" + (word.map { ", or \($0)" } ?? "")
    case .interval(let interval):
      func text(_ number: Double) -> String { ParameterValue.real(number).description }
      let noun = interval.stepsPerUnit.map { "a multiple of \(text(1 / $0))" } ?? kind.description
      let lower = text(interval.lower)
      if let upper = interval.upper.map(text) ?? (kind == .integer ? "\(Int.max)" : nil) {
        return "\(noun) from \(lower)\(interval.includesLower ? "" : " (excluded)")"
          + " to \(upper)\(interval.includesUpper ? "" : " (excluded)")"
      }
      return "a finite number \(interval.includesLower ? "of at least" : "above") \(lower)"
    }
  }
}

extension AllowedValues.Interval {
  /// Whether a number is in the interval and a multiple of its step.
  public func contains(_ number: Double) -> Bool {
    if includesLower ? number < lower : number <= lower { return false }
    if let upper, includesUpper ? number > upper : number >= upper { return false }
    // A decimal read from text is on the grid if the nearest grid point is the same number.
    if let stepsPerUnit { return (number * stepsPerUnit).rounded() / stepsPerUnit == number }
    return number.isFinite
  }
}
