import Glibc

/// What the program says, and where: results to standard output, all else to standard error.
enum Console {
  /// Whether someone is watching standard error in a terminal.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Writes a line of results.
  static func print(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

  /// Writes a line for the user.
  static func note(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

  /// Writes to standard error without ending the line.
  static func raw(_ text: String) { write(text, to: STDERR_FILENO) }

  /// Writes all at once, so that lines of several ranks do not mix.
  private static func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { return }
      bytes = bytes.dropFirst(count)
    }
  }
}
