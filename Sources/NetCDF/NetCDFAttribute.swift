/// The value of an attribute of a file or of one of its variables.
public enum NetCDFAttribute: Equatable, Sendable {
  /// A text.
  case text(String)

  /// A whole number, written as a 32-bit integer where it fits.
  case integer(Int)

  /// A floating-point number.
  case real(Double)

  /// The values that a variable of type `Int8` takes, as CF's `flag_values` wants them.
  case flags([Int8])
}

extension NetCDFAttribute: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral
{
  public init(stringLiteral value: String) {
    self = .text(value)
  }

  public init(integerLiteral value: Int) {
    self = .integer(value)
  }

  public init(floatLiteral value: Double) {
    self = .real(value)
  }
}
