import CNetCDF

extension RawFile {
  /// The length of a dimension, or nil where there is none of this name.
  func dimension(_ name: String) throws(NetCDFError) -> Int? {
    var number: Int32 = 0
    guard try found("nc_inq_dimid", name, NC_EBADDIM, { nc_inq_dimid(id, name, &number) })
    else { return nil }
    return try length(ofDimension: number, name)
  }

  /// The number of a variable, or nil where there is none of this name.
  func variable(_ name: String) throws(NetCDFError) -> Int32? {
    var number: Int32 = 0
    let exists = try found("nc_inq_varid", name, NC_ENOTVAR) { nc_inq_varid(id, name, &number) }
    return exists ? number : nil
  }

  func type(_ variable: Int32, _ name: String) throws(NetCDFError) -> NetCDFType {
    var type: nc_type = 0
    try check("nc_inq_vartype", path: path, name: name) { nc_inq_vartype(id, variable, &type) }
    return NetCDFType(code: type)
  }

  func shape(_ variable: Int32, _ name: String) throws(NetCDFError) -> [Int] {
    var rank: Int32 = 0
    try check("nc_inq_varndims", path: path, name: name) { nc_inq_varndims(id, variable, &rank) }
    guard rank > 0 else { return [] }
    var dimensions = [Int32](repeating: 0, count: Int(rank))
    try check("nc_inq_vardimid", path: path, name: name) {
      nc_inq_vardimid(id, variable, &dimensions)
    }
    var shape: [Int] = []
    for dimension in dimensions { shape.append(try length(ofDimension: dimension, name)) }
    return shape
  }

  /// - Parameter length: Its length; 0 makes it unlimited.
  func define(dimension name: String, length: Int) throws(NetCDFError) -> Int32 {
    var number: Int32 = 0
    try check("nc_def_dim", path: path, name: name) { nc_def_dim(id, name, length, &number) }
    return number
  }

  func define(
    variable name: String, type: NetCDFType, dimensions: [Int32], storage: NetCDFStorage
  ) throws(NetCDFError) -> Int32 {
    var number: Int32 = 0
    try check("nc_def_var", path: path, name: name) {
      nc_def_var(id, name, type.code, Int32(dimensions.count), dimensions, &number)
    }
    if !storage.isFilled {
      try check("nc_def_var_fill", path: path, name: name) {
        nc_def_var_fill(id, number, NC_NOFILL, nil)
      }
    } else if type == .double {
      var fill = Double.nan
      try check("nc_def_var_fill", path: path, name: name) {
        nc_def_var_fill(id, number, NC_FILL, &fill)
      }
    }
    if let chunks = storage.chunks {
      try check("nc_def_var_chunking", path: path, name: name) {
        nc_def_var_chunking(id, number, NC_CHUNKED, chunks)
      }
    }
    if let level = storage.deflate {
      try check("nc_def_var_deflate", path: path, name: name) {
        nc_def_var_deflate(id, number, 1, 1, Int32(level))
      }
    }
    if storage.checksum {
      try check("nc_def_var_fletcher32", path: path, name: name) {
        nc_def_var_fletcher32(id, number, NC_FLETCHER32)
      }
    }
    return number
  }

  /// Whether something exists: `absent` is the code that says it does not, and no error.
  func found(
    _ call: String, _ name: String, _ absent: Int32, _ body: () -> Int32
  ) throws(NetCDFError) -> Bool {
    do {
      try check(call, path: path, name: name, body)
      return true
    } catch .call(_, _, _, absent, _) {
      return false
    }
  }

  private func length(ofDimension number: Int32, _ name: String) throws(NetCDFError) -> Int {
    var length = 0
    try check("nc_inq_dimlen", path: path, name: name) { nc_inq_dimlen(id, number, &length) }
    return length
  }
}
