import CBuildInfo

/// The version of this program.
enum Version {
  /// The number, after Semantic Versioning.
  static let number = "0.1.0"

  /// The commit that was built, with a mark where files had been changed.
  static var commit: String { String(cString: elise_build_commit()) }
}
