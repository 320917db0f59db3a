import FoundationEssentials
import Glibc
import Synchronization

/// The output streams: results go to standard output, everything else to standard error.
enum Console {
  private static let hasFailedToPrint = Atomic<Bool>(false)

  /// Whether results could not be written to standard output.
  static var hasFailed: Bool { hasFailedToPrint.load(ordering: .relaxed) }

  /// Whether standard error is a terminal.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// The width of the terminal on standard error, in characters.
  static var columns: Int { max(20, size(STDERR_FILENO).map { Int($0.ws_col) } ?? 80) }

  /// The height of that terminal, in lines.
  static var lines: Int { max(5, size(STDERR_FILENO).map { Int($0.ws_row) } ?? 24) }

  /// The width of the terminal on standard output; nil if standard output is not a terminal.
  static var resultColumns: Int? {
    isatty(STDOUT_FILENO) == 1 ? size(STDOUT_FILENO).map { Int($0.ws_col) } : nil
  }

  /// Whether the terminal shows colours and moves its cursor, and the user has not turned colours off.
  ///
  /// A Jupyter notebook runs commands in a terminal, but shows its output without moving a cursor.
  ///
  /// - SeeAlso: https://no-color.org
  static var hasColours: Bool {
    func variable(_ name: String) -> String { getenv(name).map { String(cString: $0) } ?? "" }
    return isTerminal && variable("NO_COLOR").isEmpty && variable("JPY_PARENT_PID").isEmpty
      && !["", "dumb"].contains(variable("TERM"))
  }

  private static func size(_ descriptor: Int32) -> winsize? {
    var size = winsize()
    return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? size : nil
  }

  /// Opens the standard streams that are closed, so that no result file gets their number and then
  /// receives the program's messages. Writing to them remains an error.
  static func occupyStandardStreams() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      _ = open("/dev/null", O_RDONLY)
    }
  }

  /// Writes a line of results. The first failure is reported; a reader that has closed its pipe, such
  /// as `head`, is none.
  static func print(_ text: String) {
    let error = write(text + "\n", to: STDOUT_FILENO)
    guard error != 0, error != EPIPE,
      !hasFailedToPrint.exchange(true, ordering: .relaxed)
    else { return }
    note("error: standard output: cannot be written: \(String(cString: strerror(error)))")
  }

  /// Writes a JSON object as results, with keys in snake case.
  ///
  /// - Parameter isOneKeyPerLine: Whether each key has a line of its own, as tools like `sed` need it.
  static func print(json value: some Encodable, isOneKeyPerLine: Bool = false) {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if isOneKeyPerLine { encoder.outputFormatting.insert(.prettyPrinted) }
    guard let bytes = try? encoder.encode(value) else {
      preconditionFailure("not encodable: \(value)")
    }
    print(String(decoding: bytes, as: UTF8.self))
  }

  /// Writes a line for the user.
  static func note(_ text: String) { _ = write(text + "\n", to: STDERR_FILENO) }

  /// Writes to standard error without ending the line.
  static func raw(_ text: String) { _ = write(text, to: STDERR_FILENO) }

  /// Writes a text in one call, so that lines of several ranks do not mix.
  ///
  /// - Returns: The error number; 0 if everything was written.
  private static func write(_ text: String, to descriptor: Int32) -> Int32 {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { return errno }
      bytes = bytes.dropFirst(count)
    }
    return 0
  }
}
