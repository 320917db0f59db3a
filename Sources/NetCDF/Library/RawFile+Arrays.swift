import CNetCDF
import Glibc

extension RawFile {
  /// Reads a block of a variable and converts it to the type asked for.
  ///
  /// The corresponding C functions are `nc_get_vara_double`, `nc_get_vara_float`,
  /// `nc_get_vara_longlong`, `nc_get_vara_int` and `nc_get_vara_schar`.
  ///
  /// - Parameters:
  ///   - start: Index of the first value, one number per dimension.
  ///   - count: Shape of the block; the library reads no more than this, whatever the file says.
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

  /// Writes a block of a variable of the same type. The corresponding C function is `nc_put_vara`.
  func put<Value: NetCDFValue>(
    _ variable: Int32, _ name: String, start: [Int], count: [Int], _ values: [Value]
  ) throws(NetCDFError) {
    precondition(values.count == count.reduce(1, *))
    guard !values.isEmpty else { return }
    try check("nc_put_vara", path: path, name: name) {
      values.withUnsafeBytes { nc_put_vara(id, variable, start, count, $0.baseAddress) }
    }
  }

  /// Reads all strings of a variable with one dimension. The corresponding C functions are
  /// `nc_get_vara_string` and `nc_free_string`.
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

  /// Writes all strings of a variable with one dimension. The corresponding C function is
  /// `nc_put_vara_string`.
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
