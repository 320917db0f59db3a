import Glibc

/// A new NetCDF-4 file, which gets its name when it is closed.
///
/// Until ``close()`` succeeds, the data are in a hidden file in the same folder. A writer that is
/// released before, or whose call failed, removes the hidden file and keeps an older file.
public final class NetCDFWriter {
  /// The path of the finished file.
  public let path: String

  private let pending: PendingFile
  private let raw: RawFile
  private var dimensions: [String: Dimension] = [:]
  private var variables: [String: Variable] = [:]
  private var failure: NetCDFError?
  private var isOpen = true

  private struct Dimension {
    let number: Int32
    /// Nil if unlimited.
    let length: Int?
  }

  private struct Variable {
    let number: Int32
    let type: NetCDFType
    /// The lengths of the dimensions, nil for an unlimited one.
    let shape: [Int?]
  }

  /// Creates a file.
  ///
  /// - Parameter path: The path of the finished file. An older file is replaced in ``close()``.
  /// - Throws: ``NetCDFError/notAnOrdinaryFile(path:)``, or an error of the library.
  ///
  /// The corresponding C function is `nc_create`.
  public init(creating path: String) throws(NetCDFError) {
    self.path = path
    pending = try PendingFile(path)
    raw = try RawFile(creating: pending.temporary, path: path)
  }

  deinit {
    guard isOpen else { return }
    try? raw.close()
    pending.discard()
  }

  /// Finishes the file, flushes it to the disk and gives it its name.
  ///
  /// - Throws: The error of the first call that failed. The file does not exist then.
  ///
  /// The corresponding C functions are `nc_close`, `fsync` and `rename`.
  public func close() throws(NetCDFError) {
    precondition(isOpen, "closed twice")
    isOpen = false
    do throws(NetCDFError) {
      try raw.close()
      if let failure { throw failure }
      try pending.publish()
    } catch {
      pending.discard()
      throw failure ?? error
    }
  }

  /// Adds a dimension.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - length: The length; nil for an unlimited dimension, to which records are appended. NetCDF has
  ///     no dimension of length 0: it becomes an unlimited one without records, which reads the same.
  /// - Throws: An error of the library, such as for a name that exists.
  ///
  /// The corresponding C function is `nc_def_dim`.
  public func addDimension(_ name: String, length: Int?) throws(NetCDFError) {
    try remembering { () throws(NetCDFError) in
      let number = try raw.define(dimension: name, length: length ?? 0)
      dimensions[name] = Dimension(number: number, length: length)
    }
  }

  /// Adds a variable. Values of type `Double` that are never written read as NaN.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - type: `Double`, `Float`, `Int64`, `Int32` or `Int8`.
  ///   - dimensions: The names of dimensions that were added before. Only the first may be unlimited; a
  ///     name may occur twice.
  ///   - units: The unit of the values; the attribute `units`.
  ///   - meaning: A description of the values; the attribute `long_name`.
  ///   - storage: The layout of the values in the file.
  /// - Throws: An error of the library.
  ///
  /// The corresponding C functions are `nc_def_var` and `nc_def_var_…`.
  public func addVariable<Value: NetCDFValue>(
    _ name: String, _ type: Value.Type, dimensions names: [String], units: String? = nil,
    meaning: String? = nil, storage: NetCDFStorage = NetCDFStorage()
  ) throws(NetCDFError) {
    try define(
      name, Value.type, dimensions: names, units: units, meaning: meaning, storage: storage)
  }

  /// Adds a variable of texts with one dimension of a fixed length.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - dimension: The name of a dimension that was added before.
  ///   - meaning: A description of the values; the attribute `long_name`.
  /// - Throws: An error of the library.
  ///
  /// The corresponding C function is `nc_def_var`.
  public func addTextVariable(
    _ name: String, dimension: String, meaning: String? = nil
  ) throws(NetCDFError) {
    try define(
      name, .string, dimensions: [dimension], units: nil, meaning: meaning,
      storage: NetCDFStorage())
  }

  private func define(
    _ name: String, _ type: NetCDFType, dimensions names: [String], units: String?,
    meaning: String?, storage: NetCDFStorage
  ) throws(NetCDFError) {
    try remembering { () throws(NetCDFError) in
      let used = names.map { name in
        guard let dimension = dimensions[name] else { preconditionFailure("no dimension \(name)") }
        return dimension
      }
      precondition(
        used.dropFirst().allSatisfy { $0.length != nil },
        "\(name): only the first dimension may be unlimited")
      let number = try raw.define(
        variable: name, type: type, dimensions: used.map(\.number), storage: storage)
      variables[name] = Variable(number: number, type: type, shape: used.map(\.length))
      if let meaning {
        try raw.setAttribute("long_name", .text(meaning), of: number)
      }
      if let units {
        try raw.setAttribute("units", .text(units), of: number)
      }
    }
  }

  /// Sets an attribute of a variable that was added before, or of the file itself.
  ///
  /// - Throws: An error of the library.
  ///
  /// The corresponding C functions are `nc_put_att_…`.
  public func setAttribute(
    _ name: String, _ value: NetCDFAttribute, of variable: String? = nil
  ) throws(NetCDFError) {
    let number = variable.map { self[$0].number } ?? RawFile.file
    try remembering { () throws(NetCDFError) in
      try raw.setAttribute(name, value, of: number)
    }
  }

  /// Writes all values of a variable, or some of its records. A record holds the values with the same
  /// index along the first dimension.
  ///
  /// - Parameters:
  ///   - name: The name of a variable that was added before, of the same type.
  ///   - values: The values; the last dimension varies fastest.
  ///   - record: The index of the first record to write; nil to write all records.
  /// - Throws: An error of the library.
  ///
  /// The corresponding C function is `nc_put_vara`.
  public func write<Value: NetCDFValue>(
    _ name: String, _ values: [Value], at record: Int? = nil
  ) throws(NetCDFError) {
    let variable = self[name]
    precondition(variable.type == Value.type, "\(name) has type \(variable.type)")
    let inner = variable.shape.dropFirst().reduce(1) { $0 * $1! }
    let records = inner > 0 ? values.count / inner : 0
    var shape = variable.shape.map { $0 ?? records }
    var start = shape.map { _ in 0 }
    if let record {
      precondition(record + records <= variable.shape[0] ?? .max, "\(name) has fewer records")
      start[0] = record
      shape[0] = records
    }
    precondition(values.count == shape.reduce(1, *), "\(name): \(values.count) values")
    try remembering { () throws(NetCDFError) in
      try raw.put(variable.number, name, start: start, count: shape, values)
    }
  }

  /// Writes all values of a variable of texts. Each text ends at its first NUL.
  ///
  /// - Throws: An error of the library.
  ///
  /// The corresponding C function is `nc_put_vara_string`.
  public func write(_ name: String, texts: [String]) throws(NetCDFError) {
    let variable = self[name]
    precondition(variable.type == .string, "\(name) has type \(variable.type)")
    precondition(variable.shape == [texts.count], "\(name): \(texts.count) texts")
    try remembering { () throws(NetCDFError) in
      try raw.put(variable.number, name, texts: texts)
    }
  }

  private subscript(variable: String) -> Variable {
    guard let found = variables[variable] else { preconditionFailure("no variable \(variable)") }
    return found
  }

  /// Stores the first error, so that an incomplete file never gets its name.
  private func remembering(_ body: () throws(NetCDFError) -> Void) throws(NetCDFError) {
    precondition(isOpen, "the file is closed")
    do throws(NetCDFError) {
      try body()
    } catch {
      failure = failure ?? error
      throw error
    }
  }
}

/// A file that gets its name when it is complete.
///
/// The file is written under a hidden name in the same folder and renamed at the end. An incomplete
/// file never has the final name, and an older file survives a failure.
private struct PendingFile {
  /// The final path.
  let path: String

  /// The path until the file is complete.
  let temporary: String

  /// - Throws: ``NetCDFError/notAnOrdinaryFile(path:)`` if the path belongs to a folder or a device,
  ///   which must not be replaced.
  init(_ path: String) throws(NetCDFError) {
    guard FileKind(path) ?? .ordinary == .ordinary else { throw .notAnOrdinaryFile(path: path) }
    let split = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
    let mark = String(UInt64.random(in: .min ... .max), radix: 36)
    self.path = path
    temporary = "\(path[..<split]).\(path[split...]).\(mark).partial"
  }

  /// Flushes the closed file to the disk and gives it its name.
  func publish() throws(NetCDFError) {
    let descriptor = open(temporary, O_RDONLY)
    guard descriptor >= 0 else { throw failure("open") }
    let synced = fsync(descriptor)
    guard synced == 0 else {
      let error = failure("fsync")
      _ = close(descriptor)
      throw error
    }
    _ = close(descriptor)
    guard rename(temporary, path) == 0 else { throw failure("rename") }
  }

  /// Removes the incomplete file.
  func discard() {
    unlink(temporary)
  }

  private func failure(_ call: String) -> NetCDFError {
    .system(call, path: path, reason: String(cString: strerror(errno)))
  }
}
