/// The hashes of the contents of a trial's input files.
public struct TrialInputs: Hashable, Sendable, Codable {
  /// The pattern file's; nil where the pattern is generated.
  public var pattern: ContentHash?

  /// The disruption file's; nil where replay is undisturbed.
  public var disruption: ContentHash?

  /// Creates the hashes of a trial.
  public init(pattern: ContentHash? = nil, disruption: ContentHash? = nil) {
    self.pattern = pattern
    self.disruption = disruption
  }

  /// The hash of the file that plays a role.
  public subscript(role: InputFile.Role) -> ContentHash? {
    get {
      switch role {
      case .pattern: pattern
      case .disruption: disruption
      }
    }
    set {
      switch role {
      case .pattern: pattern = newValue
      case .disruption: disruption = newValue
      }
    }
  }
}
