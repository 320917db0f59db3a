/// How the program ends.
enum ExitCode {
  /// All trials are done.
  static let done: Int32 = 0
  /// Some trials failed; the tables are written.
  static let someFailed: Int32 = 1
  /// Wrong usage or a wrong sweep file; nothing was run.
  static let usage: Int32 = 2
  /// Trials are left: the same command goes on.
  static let incomplete: Int32 = 3
  /// Something the program did not foresee.
  static let internalError: Int32 = 70
}
