extension InputFile {
  /// What a file is for. The raw value is the key of the parameter that names such files.
  public enum Role: String, CaseIterable, Hashable, Sendable {
    /// A sequence to learn.
    case pattern
    /// When and where visible somata are held during replay.
    case disruption
  }
}

extension InputFile.Role {
  /// The path that a value of the role's parameter names; nil where it names no file.
  public func path(_ value: ParameterValue) -> String? {
    guard case .text(let path) = value else { return nil }
    return self == .pattern && value == Parameter.generatedPattern ? nil : path
  }

  /// The place of the role's parameter in ``Parameter/all``.
  var parameter: Int { Parameter.index[rawValue]! }

  /// What a message says is allowed.
  var allowed: String {
    switch self {
    case .pattern: "a readable pattern file, or generated"
    case .disruption: "a readable disruption file, or none"
    }
  }
}

extension ParameterSet {
  /// The path of the file that plays a role, as written; nil where there is none.
  public func path(of role: InputFile.Role) -> String? { role.path(values[role.parameter]) }
}
