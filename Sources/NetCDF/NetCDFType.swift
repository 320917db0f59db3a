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

  /// Types that a file defines itself.
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

  /// The types and the library's numbers of them, `nc_type` there.
  private static let codes: KeyValuePairs<NetCDFType, Int32> = [
    .int8: NC_BYTE, .uint8: NC_UBYTE, .int16: NC_SHORT, .uint16: NC_USHORT, .int32: NC_INT,
    .uint32: NC_UINT, .int64: NC_INT64, .uint64: NC_UINT64, .float: NC_FLOAT, .double: NC_DOUBLE,
    .text: NC_CHAR, .string: NC_STRING,
  ]

  /// The type for the library's number of it.
  init(code: Int32) {
    self = Self.codes.first { $0.value == code }?.key ?? .other
  }

  /// The library's number of the type.
  var code: Int32 {
    Self.codes.first { $0.key == self }?.value ?? NC_NAT
  }
}

/// A value that arrays are read into and written from: `Double`, `Float`, `Int64`, `Int32` and `Int8`,
/// no others.
///
/// Numbers of every type are read as `Double`, those of single precision also as `Float`; only whole
/// numbers are read as integers, and only where each of them fits.
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
