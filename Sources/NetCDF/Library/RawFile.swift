import CNetCDF
import Synchronization

/// HDF5, on which NetCDF-4 stands, is usually built without thread safety: one call at a time,
/// whatever file it is for.
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

/// An open file as the C library knows it. Every call of the library, and with them all
/// unsafe code of this module, is in this type's files.
struct RawFile {
  /// The library's number of the file, `ncid` there.
  let id: Int32

  /// What the user calls the file, for errors.
  let path: String

  /// Opens a file for reading. The corresponding C function is `nc_open`.
  init(opening path: String) throws(NetCDFError) {
    var id: Int32 = 0
    try check("nc_open", path: path) { nc_open(Self.local(path), NC_NOWRITE, &id) }
    self.id = id
    self.path = path
  }

  /// Creates a NetCDF-4 file that does not exist yet. The corresponding C function is `nc_create`.
  init(creating temporary: String, path: String) throws(NetCDFError) {
    var id: Int32 = 0
    try check("nc_create", path: path) {
      nc_create(Self.local(temporary), NC_NETCDF4 | NC_NOCLOBBER, &id)
    }
    self.id = id
    self.path = path
  }

  /// A spelling of the path that the library does not take for the address of a remote server.
  private static func local(_ path: String) -> String {
    path.hasPrefix("/") ? path : "./" + path
  }

  func close() throws(NetCDFError) {
    try check("nc_close", path: path) { nc_close(id) }
  }
}
