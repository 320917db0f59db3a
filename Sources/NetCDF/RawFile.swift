import CNetCDF
import Synchronization

/// HDF5, which NetCDF-4 uses, is usually built without thread safety. Only one call may run at a time,
/// for whatever file.
private let library = Mutex(())

/// Runs one call of the library while no other runs.
func locked(_ body: () -> Int32) -> Int32 {
  library.withLock { _ in
    cnetcdf_silence_hdf5()
    return body()
  }
}

/// Runs one call of the library and turns its return code into an error.
func check(
  _ call: String, path: String, name: String? = nil, _ body: () -> Int32
) throws(NetCDFError) {
  try throwIfFailed(call, locked(body), path: path, name: name)
}

/// Turns a return code of the library into an error.
func throwIfFailed(
  _ call: String, _ code: Int32, path: String, name: String?
) throws(NetCDFError) {
  guard code == NC_NOERR else {
    throw .call(
      call, path: path, name: name, code: code, reason: String(cString: nc_strerror(code)))
  }
}

/// An open file of the C library. All calls of the library, and with them all unsafe code of this
/// module, are in the files of this type.
struct RawFile {
  /// The library's number of the file, `ncid` in its documentation.
  let id: Int32

  /// The path for error messages.
  let path: String

  /// Opens a file for reading.
  ///
  /// The corresponding C function is `nc_open`.
  init(opening path: String) throws(NetCDFError) {
    var id: Int32 = 0
    try check("nc_open", path: path) { nc_open(Self.local(path), NC_NOWRITE, &id) }
    self.id = id
    self.path = path
  }

  /// Creates a NetCDF-4 file that does not exist yet.
  ///
  /// The corresponding C function is `nc_create`.
  init(creating temporary: String, path: String) throws(NetCDFError) {
    var id: Int32 = 0
    try check("nc_create", path: path) {
      nc_create(Self.local(temporary), NC_NETCDF4 | NC_NOCLOBBER, &id)
    }
    self.id = id
    self.path = path
  }

  /// Returns a form of the path that the library does not read as the address of a server.
  private static func local(_ path: String) -> String {
    path.hasPrefix("/") ? path : "./" + path
  }

  /// The corresponding C function is `nc_close`.
  func close() throws(NetCDFError) {
    try check("nc_close", path: path) { nc_close(id) }
  }
}

extension RawFile {
  /// Returns the length of a dimension, or nil if it does not exist.
  ///
  /// The corresponding C functions are `nc_inq_dimid` and `nc_inq_dimlen`.
  func dimension(_ name: String) throws(NetCDFError) -> Int? {
    var number: Int32 = 0
    guard try found("nc_inq_dimid", name, NC_EBADDIM, { nc_inq_dimid(id, name, &number) })
    else { return nil }
    return try length(ofDimension: number, name)
  }

  /// Returns the number of a variable, or nil if it does not exist.
  ///
  /// The corresponding C function is `nc_inq_varid`.
  func variable(_ name: String) throws(NetCDFError) -> Int32? {
    var number: Int32 = 0
    let exists = try found("nc_inq_varid", name, NC_ENOTVAR) { nc_inq_varid(id, name, &number) }
    return exists ? number : nil
  }

  /// The corresponding C function is `nc_inq_vartype`.
  func type(_ variable: Int32, _ name: String) throws(NetCDFError) -> NetCDFType {
    var type: nc_type = 0
    try check("nc_inq_vartype", path: path, name: name) { nc_inq_vartype(id, variable, &type) }
    return NetCDFType(code: type)
  }

  /// The corresponding C functions are `nc_inq_varndims`, `nc_inq_vardimid` and `nc_inq_dimlen`.
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

  /// Adds a dimension and returns its number.
  ///
  /// The corresponding C function is `nc_def_dim`.
  ///
  /// - Parameter length: The length; 0 for an unlimited dimension.
  func define(dimension name: String, length: Int) throws(NetCDFError) -> Int32 {
    var number: Int32 = 0
    try check("nc_def_dim", path: path, name: name) { nc_def_dim(id, name, length, &number) }
    return number
  }

  /// Adds a variable and returns its number.
  ///
  /// The corresponding C functions are `nc_def_var`, `nc_def_var_fill`, `_chunking`, `_deflate` and
  /// `_fletcher32`.
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

  /// Returns whether something exists: false if the library returns the code `absent`.
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
