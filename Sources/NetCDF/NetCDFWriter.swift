/// A new NetCDF-4 file, which gets its name when it is closed.
///
/// Until ``close()`` succeeds the data lie in a hidden file of the same folder; a writer that is
/// dropped, or whose call failed, removes it and leaves what was there before.
public final class NetCDFWriter {
  /// Where the file will be.
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
    /// Lengths of the dimensions, nil for an unlimited one.
    let shape: [Int?]
  }

  /// Begins a file. The corresponding C function is `nc_create`.
  ///
  /// - Parameter path: Where the file will be; an older file of this name is replaced at the end.
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

  /// Completes the file and gives it its name.
  ///
  /// - Throws: The error of the first call that failed, if one did; then there is no file.
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
  /// - Parameter length: Its length; nil for an unlimited one, along which records are appended.
  ///   NetCDF knows no dimension of length 0: it becomes an unlimited one without records, which
  ///   reads the same.
  public func addDimension(_ name: String, length: Int?) throws(NetCDFError) {
    try remembering { () throws(NetCDFError) in
      let number = try raw.define(dimension: name, length: length ?? 0)
      dimensions[name] = Dimension(number: number, length: length)
    }
  }

  /// Adds a variable. Values of type `Double` that are never written read as NaN.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - type: `Double`, `Float`, `Int64`, `Int32` or `Int8`.
  ///   - dimensions: Names of dimensions that were added before, an unlimited one first; one of
  ///     them may occur twice.
  ///   - units: What a value is measured in.
  ///   - meaning: What it is, in words; the attribute `long_name`.
  ///   - storage: How values lie in the file.
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
  ///   - name: Its name.
  ///   - dimension: Name of a dimension that was added before.
  ///   - meaning: What it is, in words; the attribute `long_name`.
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
        used.dropFirst().allSatisfy { $0.length != nil }, "\(name): only records are unlimited")
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
  public func setAttribute(
    _ name: String, _ value: NetCDFAttribute, of variable: String? = nil
  ) throws(NetCDFError) {
    let number = variable.map { self[$0].number } ?? RawFile.file
    try remembering { () throws(NetCDFError) in
      try raw.setAttribute(name, value, of: number)
    }
  }

  /// Writes all values of a variable, or some of its records: of what lies along its first dimension.
  ///
  /// - Parameters:
  ///   - name: Name of a variable that was added before, of the same type.
  ///   - values: The values, the last dimension running fastest.
  ///   - record: Index of the first record that is written; nil for all of them.
  public func write<Value: NetCDFValue>(
    _ name: String, _ values: [Value], at record: Int? = nil
  ) throws(NetCDFError) {
    let variable = self[name]
    precondition(variable.type == Value.type, "\(name) holds other values")
    let inner = variable.shape.dropFirst().reduce(1) { $0 * $1! }
    let records = inner > 0 ? values.count / inner : 0
    var shape = variable.shape.map { $0 ?? records }
    var start = shape.map { _ in 0 }
    if let record {
      precondition(record + records <= variable.shape[0] ?? .max, "\(name) ends before")
      start[0] = record
      shape[0] = records
    }
    precondition(values.count == shape.reduce(1, *), "\(name): \(values.count) values")
    try remembering { () throws(NetCDFError) in
      try raw.put(variable.number, name, start: start, count: shape, values)
    }
  }

  /// Writes all values of a variable of texts. What follows a NUL in a text is cut off.
  public func write(_ name: String, texts: [String]) throws(NetCDFError) {
    let variable = self[name]
    precondition(variable.type == .string, "\(name) holds other values")
    precondition(variable.shape == [texts.count], "\(name): \(texts.count) texts")
    try remembering { () throws(NetCDFError) in
      try raw.put(variable.number, name, texts: texts)
    }
  }

  private subscript(variable: String) -> Variable {
    guard let found = variables[variable] else { preconditionFailure("no variable \(variable)") }
    return found
  }

  /// Keeps the first error, so that a file which misses something is never completed.
  private func remembering(_ body: () throws(NetCDFError) -> Void) throws(NetCDFError) {
    precondition(isOpen, "closed already")
    do throws(NetCDFError) {
      try body()
    } catch {
      failure = failure ?? error
      throw error
    }
  }
}
