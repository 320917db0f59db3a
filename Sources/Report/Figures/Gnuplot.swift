import FoundationEssentials
import Glibc

/// The program that draws figures.
struct Gnuplot {
  enum Failure: Error, Equatable, CustomStringConvertible {
    case missing
    case notStarted(reason: String)
    case failed(status: Int32, message: String)

    var description: String {
      switch self {
      case .missing:
        "gnuplot is not installed, so figures are only written as scripts and data (Debian: gnuplot-nox)"
      case .notStarted(let reason): "gnuplot cannot be started: \(reason)"
      case .failed(let status, let message):
        "gnuplot ended with status \(status): \(message.isEmpty ? "no message" : message)"
      }
    }
  }

  /// Time limit for one figure [s].
  static let timeLimit = 60.0

  let path: String

  /// Finds the program in the folders of `PATH`; nil if it is not there.
  init?(searchPath: String? = getenv("PATH").map { String(cString: $0) }) {
    let folders = (searchPath ?? "").split(separator: ":").map(String.init)
    guard let folder = folders.first(where: { access($0 + "/gnuplot", X_OK) == 0 }) else {
      return nil
    }
    path = folder + "/gnuplot"
  }

  /// Runs a script in a folder.
  ///
  /// - Throws: ``Failure``.
  func draw(_ script: String, in folder: String) throws(Failure) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw .notStarted(reason: Self.reason(errno)) }
    defer { close(ends[0]) }
    // Programs that other threads start must not hold the pipe open.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO)

    // The shell enters the folder; it does not interpret its arguments.
    let enter = #"cd -- "$1" && exec "$2" "$3""#
    let words = Self.copies(["/bin/sh", "-c", enter, "sh", folder, path, script])
    let settings = Self.copies(Self.environment)
    defer { for word in words + settings { free(word) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, "/bin/sh", &actions, nil, words, settings)
    close(ends[1])
    guard code == 0 else { throw .notStarted(reason: Self.reason(code)) }

    let message = Self.read(ends[0], orKill: process)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    guard status == 0 else {
      throw .failed(status: status & 0x7F == 0 ? status >> 8 & 0xFF : status, message: message)
    }
  }

  /// A PDF without the time at which it was made, so that equal figures have equal bytes.
  static func undated(_ pdf: Data) -> Data {
    guard let mark = pdf.firstRange(of: Data("/CreationDate (D:".utf8)) else { return pdf }
    let digits = mark.upperBound..<min(mark.upperBound + 14, pdf.endIndex)
    var undated = pdf
    undated.replaceSubrange(digits, with: Data("19700101000000".utf8))
    return undated
  }

  /// A PNG that states its resolution of 300 dpi, so that programs place it at its size in print.
  static func measured(_ png: Data) -> Data {
    let afterHeader = 33
    guard png.count > afterHeader, png.firstRange(of: Data("pHYs".utf8)) == nil else { return png }
    // A pHYs chunk: its length, its name, 11811 pixels per metre in both directions, its CRC.
    let chunk: [UInt8] =
      [0, 0, 0, 9] + Array("pHYs".utf8) + [0, 0, 0x2E, 0x23, 0, 0, 0x2E, 0x23, 1]
      + [0x78, 0xA5, 0x3F, 0x76]
    return png.prefix(afterHeader) + Data(chunk) + png.dropFirst(afterHeader)
  }

  /// C strings with a null pointer at the end, to be freed by the caller.
  private static func copies(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    var copies: [UnsafeMutablePointer<CChar>?] = []
    for text in texts { copies.append(strdup(text)) }
    return copies + [nil]
  }

  /// The variables that the program needs, in a locale that writes numbers with a point, at a fixed
  /// time.
  private static var environment: [String] {
    let names = ["HOME", "PATH", "FONTCONFIG_PATH", "FONTCONFIG_FILE", "LD_LIBRARY_PATH", "TMPDIR"]
    let kept = names.compactMap { name in getenv(name).map { "\(name)=\(String(cString: $0))" } }
    return kept + ["LC_ALL=C.UTF-8", "TZ=UTC", "SOURCE_DATE_EPOCH=0"]
  }

  private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }

  /// The output of a process on one line; a process that exceeds the time limit is killed.
  private static func read(_ descriptor: Int32, orKill process: pid_t) -> String {
    let start = ContinuousClock.now
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&waiting, 1, 1000)
      if start.duration(to: .now) > .seconds(timeLimit) {
        kill(process, SIGKILL)
        break
      }
      if ready <= 0 { continue }
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { break }
      bytes += buffer.prefix(count)
    }
    return GnuplotText.line(String(decoding: bytes.prefix(500), as: UTF8.self))
      .split(separator: " ").joined(separator: " ")
  }
}
