import CNetCDF

extension RawFile {
  /// The library's number for attributes of the file itself.
  static let file = NC_GLOBAL

  /// The longest text of an attribute that is read [bytes].
  private static let longestText = 1 << 20

  /// An attribute of the file or of a variable, or nil where there is none of this name.
  ///
  /// The corresponding C functions are `nc_inq_att`, `nc_get_att_text`, `nc_get_att_longlong`,
  /// `nc_get_att_double` and `nc_get_att_schar`.
  func attribute(_ name: String, of variable: Int32) throws(NetCDFError) -> NetCDFAttribute? {
    var code: nc_type = 0
    var length = 0
    guard
      try found("nc_inq_att", name, NC_ENOTATT, { nc_inq_att(id, variable, name, &code, &length) })
    else { return nil }

    let type = NetCDFType(code: code)
    if type == .text {
      return .text(try text(name, of: variable, length: length))
    }
    if type == .int8, length != 1 {
      return .flags(try flags(name, of: variable, length: length))
    }
    guard type.isNumber, length == 1 else {
      throw .wrongType(
        path: path, name: name, found: "\(length) values of type \(type)",
        allowed: "a text or one number")
    }
    if type.isInteger {
      var value: Int64 = 0
      try check("nc_get_att_longlong", path: path, name: name) {
        withUnsafeMutablePointer(to: &value) {
          $0.withMemoryRebound(to: CLongLong.self, capacity: 1) {
            nc_get_att_longlong(id, variable, name, $0)
          }
        }
      }
      return .integer(Int(value))
    }
    var value = 0.0
    try check("nc_get_att_double", path: path, name: name) {
      nc_get_att_double(id, variable, name, &value)
    }
    return .real(value)
  }

  private func text(
    _ name: String, of variable: Int32, length: Int
  ) throws(NetCDFError) -> String {
    guard length > 0 else { return "" }
    guard length <= Self.longestText else {
      throw .tooLarge(path: path, name: name, shape: [length], limit: Self.longestText)
    }
    var bytes = [CChar](repeating: 0, count: length)
    try check("nc_get_att_text", path: path, name: name) {
      nc_get_att_text(id, variable, name, &bytes)
    }
    return String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private func flags(
    _ name: String, of variable: Int32, length: Int
  ) throws(NetCDFError) -> [Int8] {
    guard length <= Self.longestText else {
      throw .tooLarge(path: path, name: name, shape: [length], limit: Self.longestText)
    }
    var values = [Int8](repeating: 0, count: length)
    try check("nc_get_att_schar", path: path, name: name) {
      nc_get_att_schar(id, variable, name, &values)
    }
    return values
  }

  /// Sets an attribute of the file or of a variable.
  ///
  /// The corresponding C functions are `nc_put_att_text`, `_int`, `_longlong`, `_double` and `_schar`.
  func setAttribute(
    _ name: String, _ value: NetCDFAttribute, of variable: Int32
  ) throws(NetCDFError) {
    try check("nc_put_att", path: path, name: name) {
      switch value {
      case .text(let text):
        return nc_put_att_text(id, variable, name, text.utf8.count, text)
      case .integer(let number):
        if let short = Int32(exactly: number) {
          return withUnsafePointer(to: short) { nc_put_att_int(id, variable, name, NC_INT, 1, $0) }
        }
        return withUnsafePointer(to: CLongLong(number)) {
          nc_put_att_longlong(id, variable, name, NC_INT64, 1, $0)
        }
      case .real(let number):
        return withUnsafePointer(to: number) {
          nc_put_att_double(id, variable, name, NC_DOUBLE, 1, $0)
        }
      case .flags(let values):
        return nc_put_att_schar(id, variable, name, NC_BYTE, values.count, values)
      }
    }
  }
}
