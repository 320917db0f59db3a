/// A value that the command line sets: `--set key=value`.
public struct Override: Hashable, Sendable {
  /// The parameter.
  public let key: String

  /// Its value.
  public let value: ParameterValue

  /// Reads `key=value`; everything after the first `=` is the value.
  ///
  /// - Throws: ``ParameterError``, for an unknown key, a value that is not allowed, or a text
  ///   that is no assignment.
  public init(_ argument: String) throws {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else {
      throw ParameterError.notAnAssignment(argument)
    }
    key = String(parts[0])
    guard let parameter = Parameter.named(key) else {
      throw ParameterError.unknownKey(key, nearest: key.nearest(of: Parameter.all.map(\.key)))
    }
    value = try parameter.value(reading: String(parts[1]))
  }

  /// The form in which it was set.
  public var argument: String { "\(key)=\(value)" }
}
