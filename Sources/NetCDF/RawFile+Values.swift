import CNetCDF
import Glibc

extension RawFile {
  /// Reads a block of a variable and converts it.
  ///
  /// The corresponding C functions are `nc_get_vara_double`, `nc_get_vara_float`,
  /// `nc_get_vara_longlong`, `nc_get_vara_int` and `nc_get_vara_schar`.
  ///
  /// - Parameters:
  ///   - start: The index of the first value, one number per dimension.
  ///   - count: The shape of the block. The library never reads more than this.
  func get<Value: NetCDFValue>(
    _ variable: Int32, _ name: String, start: [Int], count: [Int]
  ) throws(NetCDFError) -> [Value] {
    let total = count.reduce(1, *)
    guard total > 0 else { return [] }
    var code = NC_NOERR
    let values = [Value](unsafeUninitializedCapacity: total) { buffer, initialized in
      let raw = UnsafeMutableRawPointer(buffer.baseAddress!)
      code = locked {
        switch Value.type {
        case .double:
          nc_get_vara_double(id, variable, start, count, raw.assumingMemoryBound(to: Double.self))
        case .float:
          nc_get_vara_float(id, variable, start, count, raw.assumingMemoryBound(to: Float.self))
        case .int64:
          nc_get_vara_longlong(
            id, variable, start, count, raw.assumingMemoryBound(to: CLongLong.self))
        case .int32:
          nc_get_vara_int(id, variable, start, count, raw.assumingMemoryBound(to: Int32.self))
        case .int8:
          nc_get_vara_schar(id, variable, start, count, raw.assumingMemoryBound(to: Int8.self))
        default: NC_EBADTYPE
        }
      }
      initialized = code == NC_NOERR ? total : 0
    }
    try throwIfFailed("nc_get_vara", code, path: path, name: name)
    return values
  }

  /// Writes a block of a variable of the same type.
  ///
  /// The corresponding C function is `nc_put_vara`.
  func put<Value: NetCDFValue>(
    _ variable: Int32, _ name: String, start: [Int], count: [Int], _ values: [Value]
  ) throws(NetCDFError) {
    precondition(values.count == count.reduce(1, *))
    guard !values.isEmpty else { return }
    try check("nc_put_vara", path: path, name: name) {
      values.withUnsafeBytes { nc_put_vara(id, variable, start, count, $0.baseAddress) }
    }
  }

  /// Reads all strings of a variable with one dimension.
  ///
  /// The corresponding C functions are `nc_get_vara_string` and `nc_free_string`.
  func texts(_ variable: Int32, _ name: String, count: Int) throws(NetCDFError) -> [String] {
    guard count > 0 else { return [] }
    var pointers = [UnsafeMutablePointer<CChar>?](repeating: nil, count: count)
    try check("nc_get_vara_string", path: path, name: name) {
      nc_get_vara_string(id, variable, [0], [count], &pointers)
    }
    let texts = pointers.map { $0.map { String(cString: $0) } ?? "" }
    try check("nc_free_string", path: path, name: name) { nc_free_string(count, &pointers) }
    return texts
  }

  /// Writes all strings of a variable with one dimension.
  ///
  /// The corresponding C function is `nc_put_vara_string`.
  func put(_ variable: Int32, _ name: String, texts: [String]) throws(NetCDFError) {
    guard !texts.isEmpty else { return }
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    var pointers = copies.map { UnsafePointer($0) }
    try check("nc_put_vara_string", path: path, name: name) {
      nc_put_vara_string(id, variable, [0], [texts.count], &pointers)
    }
  }
}

extension RawFile {
  /// The number that stands for the file itself in calls for attributes.
  static let file = NC_GLOBAL

  /// The greatest length of an attribute that is read.
  private static let longestAttribute = 1 << 20

  /// Returns an attribute of the file or of a variable, or nil if it does not exist.
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
      guard length > 0 else { return .text("") }
      let characters: [CChar] = try values(name, length, "nc_get_att_text") {
        nc_get_att_text(id, variable, name, &$0)
      }
      let bytes = characters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
      return .text(String(decoding: bytes, as: UTF8.self))
    }
    if type == .int8, length != 1 {
      return .flags(
        try values(name, length, "nc_get_att_schar") { nc_get_att_schar(id, variable, name, &$0) })
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

  /// Reads the values of an attribute of a known length.
  private func values<Value: FixedWidthInteger>(
    _ name: String, _ length: Int, _ call: String, _ read: (inout [Value]) -> Int32
  ) throws(NetCDFError) -> [Value] {
    guard length <= Self.longestAttribute else {
      throw .tooLarge(path: path, name: name, shape: [length], limit: Self.longestAttribute)
    }
    var values = [Value](repeating: 0, count: length)
    try check(call, path: path, name: name) { read(&values) }
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
