import CBuildInfo

/// The version of this program.
enum Version {
  /// The number, by Semantic Versioning.
  static let number = "0.2.0"

  /// The commit that was built, marked if files had been changed.
  static var commit: String { String(cString: elise_build_commit()) }
}
