/// A NetCDF file that is open for reading.
///
/// What is cut off, no NetCDF-4, of another type or shape than asked for, or too large, is an error;
/// so is damage to headers and to values with checksums. Damage to the few parts of HDF5's own
/// bookkeeping that carry no checksum (its global heap) is seen by HDF5 alone, and version 1.10.8
/// can crash or hang on it.
///
/// - SeeAlso: ``NetCDFWriter`` for writing one.
public final class NetCDFFile {
  /// The most values of one array that are read unless another limit is given: 2 GiB of doubles.
  public static let standardLimit = 1 << 28

  /// Where the file is.
  public let path: String

  /// The most values of one array that are read.
  public let limit: Int

  private let raw: RawFile

  /// Opens a file. The corresponding C function is `nc_open`.
  ///
  /// - Parameters:
  ///   - path: Where the file is; always a file of this machine, never the address of a server.
  ///   - limit: The most values of one array that are read; larger ones are refused before memory
  ///     is asked for.
  public init(
    opening path: String, limit: Int = NetCDFFile.standardLimit
  ) throws(NetCDFError) {
    switch FileKind(path) {
    case .other: throw .notAnOrdinaryFile(path: path)
    case .ordinary: if try !FileKind.isNetCDF4(path) { throw .notNetCDF4(path: path) }
    case nil: break  // That there is nothing is for the library to say.
    }
    raw = try RawFile(opening: path)
    self.path = path
    self.limit = limit
  }

  deinit { try? raw.close() }

  /// The length of a dimension.
  public func length(ofDimension name: String) throws(NetCDFError) -> Int {
    guard let length = try raw.dimension(name) else {
      throw .missing("dimension", path: path, name: name)
    }
    return length
  }

  /// Whether there is a variable of this name.
  public func hasVariable(_ name: String) throws(NetCDFError) -> Bool {
    try raw.variable(name) != nil
  }

  /// The type of a variable.
  public func type(ofVariable name: String) throws(NetCDFError) -> NetCDFType {
    try raw.type(number(ofVariable: name), name)
  }

  /// The shape of a variable.
  public func shape(ofVariable name: String) throws(NetCDFError) -> [Int] {
    try raw.shape(number(ofVariable: name), name)
  }

  /// An attribute of a variable, or of the file itself; nil where there is none of this name.
  public func attribute(
    _ name: String, of variable: String? = nil
  ) throws(NetCDFError) -> NetCDFAttribute? {
    guard let variable else { return try raw.attribute(name, of: RawFile.file) }
    return try raw.attribute(name, of: number(ofVariable: variable))
  }

  /// A whole-number attribute of the file, which must be there.
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
  ///   - name: Name of the variable.
  ///   - type: What values are converted to: numbers of every type become `Double`, only those of
  ///     single precision `Float`, and only whole numbers `Int64`, `Int32` or `Int8`, where each of
  ///     them fits.
  ///   - shape: The shape that the variable must have; nil stands for any length.
  /// - Returns: The values, the last dimension running fastest.
  public func values<Value: NetCDFValue>(
    _ name: String, as type: Value.Type = Value.self, shape allowed: [Int?]
  ) throws(NetCDFError) -> [Value] {
    let variable = try number(ofVariable: name)
    let stored = try raw.type(variable, name)
    let (isReadable, readable) =
      switch Value.type {
      case .double: (stored.isNumber, "numbers")
      case .float: (stored == .float, "numbers of single precision")
      default: (stored.isInteger, "whole numbers")
      }
    guard isReadable else {
      throw .wrongType(
        path: path, name: name, found: "values of type \(stored)", allowed: readable)
    }
    let shape = try raw.shape(variable, name)
    guard shape.count == allowed.count,
      zip(shape, allowed).allSatisfy({ $1 == nil || $0 == $1 })
    else { throw .wrongShape(path: path, name: name, found: shape, allowed: allowed) }
    guard isWithinLimit(shape) else {
      throw .tooLarge(path: path, name: name, shape: shape, limit: limit)
    }
    return try raw.get(variable, name, start: shape.map { _ in 0 }, count: shape)
  }

  /// Reads all values of a variable of texts with one dimension.
  public func texts(_ name: String) throws(NetCDFError) -> [String] {
    let variable = try number(ofVariable: name)
    let stored = try raw.type(variable, name)
    guard stored == .string else {
      throw .wrongType(
        path: path, name: name, found: "values of type \(stored)", allowed: "strings")
    }
    let shape = try raw.shape(variable, name)
    guard shape.count == 1 else {
      throw .wrongShape(path: path, name: name, found: shape, allowed: [nil])
    }
    guard isWithinLimit(shape) else {
      throw .tooLarge(path: path, name: name, shape: shape, limit: limit)
    }
    return try raw.texts(variable, name, count: shape[0])
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
