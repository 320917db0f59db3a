import Glibc

/// What the program says, and where: results to standard output, all else to standard error.
enum Console {
  /// Whether someone is watching standard error in a terminal.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// How many characters stand side by side in the terminal behind standard error.
  static var columns: Int { max(20, size.map { Int($0.ws_col) } ?? 80) }

  /// How many lines that terminal has.
  static var lines: Int { max(5, size.map { Int($0.ws_row) } ?? 24) }

  /// How many characters stand side by side where results are read; nil where no one reads them in
  /// a terminal.
  static var resultColumns: Int? {
    var size = winsize()
    let isKnown = isatty(STDOUT_FILENO) == 1 && ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0
    return isKnown && size.ws_col > 0 ? Int(size.ws_col) : nil
  }

  /// Whether the terminal shows colours and moves its cursor, and nobody objects to it.
  ///
  /// - SeeAlso: https://no-color.org
  static var hasColours: Bool {
    func variable(_ name: String) -> String { getenv(name).map { String(cString: $0) } ?? "" }
    return isTerminal && variable("NO_COLOR").isEmpty
      && !["", "dumb"].contains(variable("TERM"))
  }

  private static var size: winsize? {
    var size = winsize()
    return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? size : nil
  }

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
