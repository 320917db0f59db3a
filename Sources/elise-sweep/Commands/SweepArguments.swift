import Report
import SweepPlan

/// What the commands have in common that take a sweep file.
struct SweepArguments {
  static let operand = "SWEEP.yaml"
  static let out = CommandOption(
    "out", value: "DIR", "result folder (default: results/NAME of the sweep)")
  static let retryFailed = CommandOption(
    "retry-failed", "run trials again that failed or diverged")
  static let set = CommandOption("set", value: "KEY=VALUE", "fix a parameter; may be repeated")
  /// How many threads an option may ask for.
  static let threads = 1...1024

  /// The sweep.
  let sweep: SweepFile
  /// Its trials.
  let plan: Plan
  /// The result folder.
  let folder: String

  /// Reads the sweep file that is named, and says what looks like a mistake in it.
  ///
  /// - Throws: ``UsageError``, or what is wrong with the sweep.
  init(_ arguments: ParsedArguments, of command: String) throws {
    let path = try arguments.operand(Self.operand, of: command)
    sweep = try SweepFile(
      contentsOf: path, overrides: try arguments.all(Self.set.name).map { try Override($0) })
    plan = try Plan(sweep, memory: MachineMemory.bytes) { _ = try $0.generator() }
    folder = arguments.value(Self.out.name) ?? "results/" + sweep.name
    for warning in plan.files.flatMap(\.warnings) { Console.note("warning: " + warning) }
  }

  /// Makes the result folder that of the sweep.
  ///
  /// - Throws: ``UsageError`` where it cannot be written or belongs to another sweep; nothing has
  ///   been changed then.
  func openFolder() throws { try ResultFolder(folder).open(for: sweep) }
}

extension ResultFolder {
  /// Stores a sweep before anything else is done in its folder.
  ///
  /// - Throws: ``UsageError``, or `StoredSweepError` for a folder of another sweep.
  func open(for sweep: SweepFile) throws {
    do {
      try store(sweep)
    } catch let error as WriteError {
      throw UsageError("--out: \(error)")
    }
  }
}
