import CNetCDF

/// The type of a variable or attribute in a file.
public enum NetCDFType: Equatable, Sendable {
  case int8
  case uint8
  case int16
  case uint16
  case int32
  case uint32
  case int64
  case uint64
  case float
  case double

  /// Single characters; a text of fixed length is an array of them.
  case text

  /// Strings of varying length.
  case string

  /// A type that the file defines itself.
  case other

  /// Whether values are whole numbers.
  public var isInteger: Bool {
    switch self {
    case .int8, .uint8, .int16, .uint16, .int32, .uint32, .int64, .uint64: true
    case .float, .double, .text, .string, .other: false
    }
  }

  /// Whether values are numbers.
  public var isNumber: Bool { isInteger || self == .float || self == .double }

  /// The types with the library's codes, of the C type `nc_type`.
  private static let codes: KeyValuePairs<NetCDFType, Int32> = [
    .int8: NC_BYTE, .uint8: NC_UBYTE, .int16: NC_SHORT, .uint16: NC_USHORT, .int32: NC_INT,
    .uint32: NC_UINT, .int64: NC_INT64, .uint64: NC_UINT64, .float: NC_FLOAT, .double: NC_DOUBLE,
    .text: NC_CHAR, .string: NC_STRING,
  ]

  /// Creates the type with a code of the library.
  init(code: Int32) {
    self = Self.codes.first { $0.value == code }?.key ?? .other
  }

  /// The library's code of the type.
  var code: Int32 {
    Self.codes.first { $0.key == self }?.value ?? NC_NAT
  }
}

/// The type of values in memory: `Double`, `Float`, `Int64`, `Int32` or `Int8`.
///
/// Numbers of every type can be read as `Double`, and those of single precision also as `Float`.
/// Only whole numbers can be read as integers, and only if every value fits.
public protocol NetCDFValue: BitwiseCopyable, Sendable {
  /// The type in which values are written.
  static var type: NetCDFType { get }
}

extension Double: NetCDFValue {
  public static var type: NetCDFType { .double }
}

extension Float: NetCDFValue {
  public static var type: NetCDFType { .float }
}

extension Int64: NetCDFValue {
  public static var type: NetCDFType { .int64 }
}

extension Int32: NetCDFValue {
  public static var type: NetCDFType { .int32 }
}

extension Int8: NetCDFValue {
  public static var type: NetCDFType { .int8 }
}

/// The value of an attribute of a file or of one of its variables.
public enum NetCDFAttribute: Equatable, Sendable {
  /// A text.
  case text(String)

  /// A whole number, written with 32 bits if it fits, else with 64.
  case integer(Int)

  /// A floating-point number.
  case real(Double)

  /// The possible values of a variable of type `Int8`, as in CF's `flag_values`.
  case flags([Int8])
}

extension NetCDFAttribute: CustomStringConvertible {
  /// The value for messages: texts in quotes, and only the start of a long one.
  public var description: String {
    switch self {
    case .text(let value): "'\(value.prefix(60))\(value.count > 60 ? "…" : "")'"
    case .integer(let value): "\(value)"
    case .real(let value): "\(value)"
    case .flags(let values): values.count > 60 ? "\(values.count) flags" : "\(values)"
    }
  }
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

/// The layout of a variable's values in the file.
public struct NetCDFStorage: Equatable, Sendable {
  /// The shape of the blocks that are stored, and compressed, separately; nil for the library's choice.
  public var chunks: [Int]?

  /// The level of compression, from 1 (fast) to 9 (small); nil for none.
  public var deflate: Int?

  /// Whether every block has a checksum, which is verified when the block is read.
  public var checksum: Bool

  /// Whether the file stores fill values until values are written. Without them, a variable that is
  /// written in pieces is written to the disk only once.
  public var isFilled: Bool

  /// Creates a layout; by default, values are contiguous.
  public init(
    chunks: [Int]? = nil, deflate: Int? = nil, checksum: Bool = false, isFilled: Bool = true
  ) {
    self.chunks = chunks
    self.deflate = deflate
    self.checksum = checksum
    self.isFilled = isFilled
  }
}
