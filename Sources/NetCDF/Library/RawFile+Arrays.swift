import CNetCDF

extension RawFile {
  /// Reads a block of a variable and converts it to the type asked for.
  ///
  /// The corresponding C functions are `nc_get_vara_double`, `nc_get_vara_int` and
  /// `nc_get_vara_schar`.
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
}
