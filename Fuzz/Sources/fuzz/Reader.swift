import CFuzzer
import Glibc
import NetworkFiles

@testable import Experiment
@testable import Journal
@testable import NeuralCore
@testable import SweepPlan

/// What reads the bytes that the fuzzer makes up. A wrong input must end in an error that says what
/// is wrong on one line; everything else is a trap here.
enum Reader: String, CaseIterable {
  case sweep, pattern, disruption, journal, network

  /// The reader of this process.
  nonisolated(unsafe) static var chosen = Reader.sweep

  /// Reads an input.
  func read(_ bytes: [UInt8]) {
    switch self {
    case .sweep: Self.readSweep(bytes)
    case .pattern:
      if let text = String(validating: bytes, as: UTF8.self) {
        expectOneLine { _ = try Pattern.all(parsing: text) }
      }
    case .disruption:
      if let text = String(validating: bytes, as: UTF8.self) {
        expectOneLine { _ = try Disruption(parsing: text) }
      }
    case .journal: Self.readJournal(bytes)
    case .network:
      Self.write(bytes)
      guard Self.childReadsNetwork() else { return }
      Self.readNetwork()
    }
  }

  private static func readNetwork() {
    do { _ = try NetworkFile.read(path) } catch { precondition(!"\(error)".isEmpty) }
  }

  /// Whether a child reads the file without a crash or a hang of the HDF5 library, as in the program
  /// (`NetworkExamination`). A trap of Swift is a fault of our own.
  private static func childReadsNetwork() -> Bool {
    let child = elise_fork()
    if child == 0 {
      for number in [SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGTRAP, SIGFPE, SIGXCPU] {
        signal(number, SIG_DFL)
      }
      var time = rlimit(rlim_cur: 2, rlim_max: 3)
      setrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &time)
      readNetwork()
      _exit(0)
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 && errno == EINTR {}
    let ending = status & 0x7F
    precondition(ending != SIGILL && ending != SIGTRAP, "the reader of network files traps")
    return status == 0
  }

  private static let scale = "# name: p nNeurons: 2 nSteps: 3\n1 0 1\n0 1 0\n"

  private static func readSweep(_ bytes: [UInt8]) {
    do {
      let source = InputFileSource([]) { role, path in
        try InputFile(role, path, bytes: Array(Self.scale.utf8))
      }
      let sweep = try SweepFile(bytes, path: "s.yaml", source: source)
      // Large grids take their time, as they should.
      if sweep.blocks.reduce(0, { $0 + $1.count }) < 2_000 { _ = try Plan(sweep) }
    } catch {
      precondition(error is SweepFileError, "\(error)")
      precondition(!"\(error)".contains("\n"), "\(error)")
    }
  }

  private static func readJournal(_ bytes: [UInt8]) {
    // As a file, and as the content of a row whose checksum is right.
    let row = JournalLine(
      trial: ContentHash(high: 1, low: 2), status: .done, scoreGroups: [.recall],
      content: bytes.filter { $0 != UInt8(ascii: "\n") })
    write(bytes + [UInt8(ascii: "\n")] + row.bytes)
    var contents = JournalContents()
    do {
      try contents.read(file: path)
      for row in contents.rows.values {
        let content = try contents.content(of: row)
        _ = try? TrialRecord(content)
        _ = try? TrialScoresReader(["correlation", "recalled"]).read(content)
      }
    } catch {
      precondition(error is JournalError, "\(error)")
    }
  }

  private func expectOneLine(_ body: () throws -> Void) {
    do { try body() } catch { precondition(!"\(error)".isEmpty) }
  }

  /// A file in memory, of this process alone.
  private static let path = "/dev/shm/elise-fuzz-\(getpid())"

  private static func write(_ bytes: [UInt8]) {
    guard let file = fopen(path, "w") else { fatalError("\(path) cannot be written") }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }
}
