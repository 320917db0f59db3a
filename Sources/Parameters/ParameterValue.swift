/// The value of one parameter.
public enum ParameterValue: Hashable, Sendable {
  /// No value, for an optional parameter. Written `none`.
  case absent
  case boolean(Bool)
  case integer(Int)
  /// A finite number, never negative zero.
  case real(Double)
  case text(String)
}

extension ParameterValue: CustomStringConvertible {
  /// The text of the value in sweep files, tables and messages.
  ///
  /// A real number has the fewest digits that read back as the same number, and no `.0` if it is
  /// whole: 1e-4 and 0.0001 are both `0.0001`.
  public var description: String {
    switch self {
    case .absent: return "none"
    case .boolean(let value): return value ? "true" : "false"
    case .integer(let value): return "\(value)"
    case .real(let value):
      let text = "\(value)"
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    case .text(let value): return value
    }
  }
}

extension ParameterValue {
  /// The value if it is a number; nil otherwise.
  public var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .real(let value): value
    case .absent, .boolean, .text: nil
    }
  }
}

extension ParameterValue: Comparable {
  /// Orders numbers as numbers and texts by their characters. Values of different kinds follow the
  /// order of the cases; only ``absent`` occurs beside another kind.
  public static func < (left: ParameterValue, right: ParameterValue) -> Bool {
    switch (left, right) {
    case (.boolean(let left), .boolean(let right)): !left && right
    case (.integer(let left), .integer(let right)): left < right
    case (.real(let left), .real(let right)): left < right
    case (.text(let left), .text(let right)): left < right
    default: left.rank < right.rank
    }
  }

  private var rank: Int {
    switch self {
    case .absent: 0
    case .boolean: 1
    case .integer: 2
    case .real: 3
    case .text: 4
    }
  }
}

extension ParameterValue: Codable {
  /// Reads a single value. A whole number becomes an ``integer(_:)``, since JSON has one kind of
  /// number; ``ParameterSet`` converts it to the parameter's kind.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .absent
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .real(value)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  /// Writes a single value: `null`, a boolean, a number or a string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .absent: try container.encodeNil()
    case .boolean(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .real(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    }
  }
}
