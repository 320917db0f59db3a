import Glibc

/// A NetCDF file that is open for reading.
///
/// A truncated file, another format, another type or shape than expected, and an array that is too
/// large are errors. So is damage to headers and to values with checksums. A few parts of HDF5's own
/// metadata have no checksum (its global heap). HDF5 1.10.8 can crash or hang on damage to them.
///
/// - SeeAlso: ``NetCDFWriter`` for writing a file.
public final class NetCDFFile {
  /// The default limit of the number of values in one array: 2 GiB of doubles.
  public static let standardLimit = 1 << 28

  /// The path of the file.
  public let path: String

  /// The greatest number of values in one array.
  public let limit: Int

  private let raw: RawFile

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: The path of a local file; never a server's address.
  ///   - limit: The greatest number of values in one array. A larger array is refused before memory is
  ///     allocated.
  /// - Throws: ``NetCDFError/notAnOrdinaryFile(path:)``, ``NetCDFError/notNetCDF4(path:)``, or an
  ///   error of the library or the operating system.
  ///
  /// The corresponding C function is `nc_open`.
  public init(
    opening path: String, limit: Int = NetCDFFile.standardLimit
  ) throws(NetCDFError) {
    switch FileKind(path) {
    case .other: throw .notAnOrdinaryFile(path: path)
    case .ordinary: if try !FileKind.isNetCDF4(path) { throw .notNetCDF4(path: path) }
    case nil: break  // The library throws.
    }
    raw = try RawFile(opening: path)
    self.path = path
    self.limit = limit
  }

  deinit { try? raw.close() }

  /// Returns the length of a dimension.
  ///
  /// - Throws: ``NetCDFError/missing(_:path:name:)``.
  ///
  /// The corresponding C function is `nc_inq_dimlen`.
  public func length(ofDimension name: String) throws(NetCDFError) -> Int {
    guard let length = try raw.dimension(name) else {
      throw .missing("dimension", path: path, name: name)
    }
    return length
  }

  /// Returns whether a variable exists.
  ///
  /// The corresponding C function is `nc_inq_varid`.
  public func hasVariable(_ name: String) throws(NetCDFError) -> Bool {
    try raw.variable(name) != nil
  }

  /// Returns the type of a variable.
  ///
  /// - Throws: ``NetCDFError/missing(_:path:name:)``.
  ///
  /// The corresponding C function is `nc_inq_vartype`.
  public func type(ofVariable name: String) throws(NetCDFError) -> NetCDFType {
    try raw.type(number(ofVariable: name), name)
  }

  /// Returns the shape of a variable.
  ///
  /// - Throws: ``NetCDFError/missing(_:path:name:)``.
  ///
  /// The corresponding C function is `nc_inq_vardimid`.
  public func shape(ofVariable name: String) throws(NetCDFError) -> [Int] {
    try raw.shape(number(ofVariable: name), name)
  }

  /// Returns an attribute of a variable or of the file itself, or nil if it does not exist.
  ///
  /// - Throws: ``NetCDFError/missing(_:path:name:)`` if the variable does not exist,
  ///   ``NetCDFError/wrongType(path:name:found:allowed:)`` or
  ///   ``NetCDFError/tooLarge(path:name:shape:limit:)`` for an attribute that ``NetCDFAttribute`` cannot
  ///   represent.
  ///
  /// The corresponding C functions are `nc_inq_att` and `nc_get_att_…`.
  public func attribute(
    _ name: String, of variable: String? = nil
  ) throws(NetCDFError) -> NetCDFAttribute? {
    guard let variable else { return try raw.attribute(name, of: RawFile.file) }
    return try raw.attribute(name, of: number(ofVariable: variable))
  }

  /// Returns a whole-number attribute of the file.
  ///
  /// - Throws: ``NetCDFError/missing(_:path:name:)`` or
  ///   ``NetCDFError/wrongType(path:name:found:allowed:)``.
  public func integer(_ name: String) throws(NetCDFError) -> Int {
    guard let attribute = try attribute(name) else {
      throw .missing("attribute", path: path, name: name)
    }
    guard case .integer(let value) = attribute else {
      throw .wrongType(path: path, name: name, found: "\(attribute)", allowed: "a whole number")
    }
    return value
  }

  /// Reads all values of a variable.
  ///
  /// - Parameters:
  ///   - name: The name of the variable.
  ///   - type: The type to convert to. Numbers of every type can become `Double`, only those of single
  ///     precision `Float`, and only whole numbers that fit `Int64`, `Int32` or `Int8`.
  ///   - allowed: The expected shape; nil means any length.
  /// - Returns: The values; the last dimension varies fastest.
  /// - Throws: ``NetCDFError/missing(_:path:name:)``,
  ///   ``NetCDFError/wrongType(path:name:found:allowed:)``,
  ///   ``NetCDFError/wrongShape(path:name:found:allowed:)``,
  ///   ``NetCDFError/tooLarge(path:name:shape:limit:)``, or an error of the library, such as for a value
  ///   that does not fit.
  ///
  /// The corresponding C functions are `nc_get_vara_…`.
  public func values<Value: NetCDFValue>(
    _ name: String, as type: Value.Type = Value.self, shape allowed: [Int?]
  ) throws(NetCDFError) -> [Value] {
    let (variable, shape) = try variable(name, shape: allowed) { stored in
      switch Value.type {
      case .double: (stored.isNumber, "numbers")
      case .float: (stored == .float, "numbers of single precision")
      default: (stored.isInteger, "whole numbers")
      }
    }
    return try raw.get(variable, name, start: shape.map { _ in 0 }, count: shape)
  }

  /// Reads all values of a variable of texts with one dimension.
  ///
  /// - Throws: The errors of ``values(_:as:shape:)``.
  ///
  /// The corresponding C function is `nc_get_vara_string`.
  public func texts(_ name: String) throws(NetCDFError) -> [String] {
    let (variable, shape) = try variable(name, shape: [nil]) { ($0 == .string, "strings") }
    return try raw.texts(variable, name, count: shape[0])
  }

  /// Returns the number and shape of a variable, after checking its type, its shape and its size.
  private func variable(
    _ name: String, shape allowed: [Int?],
    readable: (NetCDFType) -> (Bool, types: String)
  ) throws(NetCDFError) -> (number: Int32, shape: [Int]) {
    let number = try number(ofVariable: name)
    let stored = try raw.type(number, name)
    let (isReadable, types) = readable(stored)
    guard isReadable else {
      throw .wrongType(path: path, name: name, found: "values of type \(stored)", allowed: types)
    }
    let shape = try raw.shape(number, name)
    guard shape.count == allowed.count,
      zip(shape, allowed).allSatisfy({ $1 == nil || $0 == $1 })
    else { throw .wrongShape(path: path, name: name, found: shape, allowed: allowed) }
    guard isWithinLimit(shape) else {
      throw .tooLarge(path: path, name: name, shape: shape, limit: limit)
    }
    return (number, shape)
  }

  private func number(ofVariable name: String) throws(NetCDFError) -> Int32 {
    guard let number = try raw.variable(name) else {
      throw .missing("variable", path: path, name: name)
    }
    return number
  }

  private func isWithinLimit(_ shape: [Int]) -> Bool {
    var total = 1
    for length in shape {
      let (product, overflow) = total.multipliedReportingOverflow(by: length)
      guard !overflow, (0...limit).contains(product) else { return false }
      total = product
    }
    return true
  }
}

/// The kind of file at a path, determined before the library opens it.
enum FileKind {
  /// An ordinary file.
  case ordinary

  /// A folder, a device or a pipe.
  case other

  /// Follows symbolic links. Returns nil if the path does not exist.
  ///
  /// The corresponding C function is `stat`.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self = status.st_mode & S_IFMT == S_IFREG ? .ordinary : .other
  }

  /// The first bytes of a NetCDF-4 file, which is an HDF5 file.
  private static let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]

  /// Returns whether a file begins as a NetCDF-4 file does.
  ///
  /// The library would also read the classic format, but a damaged header of that format can crash it
  /// (seen with version 4.9.0). The headers of NetCDF-4 have checksums.
  static func isNetCDF4(_ path: String) throws(NetCDFError) -> Bool {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else {
      throw .system("open", path: path, reason: String(cString: strerror(errno)))
    }
    defer { _ = close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: signature.count)
    return read(descriptor, &bytes, bytes.count) == bytes.count && bytes == signature
  }
}
