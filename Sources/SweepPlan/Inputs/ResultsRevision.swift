/// Which results this version computes.
///
/// The revision is part of a trial's identity. So a newer version goes on with what an older one
/// finished as long as both compute the same, and runs again, without touching the older rows, what
/// would come out differently. Nothing of two kinds gets into one table.
public enum ResultsRevision {
  /// To be raised with every change after which some trial ends with other scores, in any bit, on
  /// the same processor and with the same parameters. A new parameter or a changed default needs no
  /// new revision, since it makes other trials by itself.
  public static let current = 3

  /// What ends the text whose hash identifies a trial.
  static func ending(_ revision: Int = current) -> [UInt8] {
    Array("}".utf8) + (revision == 0 ? [] : Array(" results revision \(revision)".utf8))
  }
}
