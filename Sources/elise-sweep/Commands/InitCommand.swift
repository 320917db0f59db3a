import FoundationEssentials
import Glibc
import Journal
import NeuralCore
import Runner
import SweepPlan

/// `elise-sweep init`: writes a sweep file for a pattern.
enum InitCommand: Command {
  static let syntax = CommandSyntax(
    name: "init",
    summary: "write a commented sweep file for a pattern, with its cost",
    operand: "SONG.txt",
    options: [],
    details: """
      This command writes SONG.yaml into the current folder. The sweep compares four sizes of the
      network that suit the length of the pattern, with five seeds each. Comments explain the file
      and predict the time of a run on this machine. An existing file is never changed.
      """,
    lists: [
      (
        "Exit codes",
        [
          ("0", "the file is written"), ("2", "wrong usage, a wrong pattern, or an existing file"),
          ("70", "internal error"),
        ]
      )
    ],
    examples: [
      CommandExample("elise-sweep init songs/finch.txt", "writes finch.yaml")
    ])

  static func run(_ arguments: ParsedArguments) throws -> Int32 {
    let path = try arguments.operand("SONG.txt", of: syntax.name)
    guard !path.hasSuffix(".yaml") && !path.hasSuffix(".yml") else {
      throw UsageError(
        "init: got the sweep file \(path); expected a pattern, such as SONG.txt "
          + "(elise-sweep plan reads a sweep file)")
    }
    let patterns: [Pattern]
    do {
      patterns = try Pattern.all(parsing: InputFile(.pattern, path).text)
    } catch {
      throw UsageError("init: \(path): \(error)")
    }
    let name = sweepName(of: path)
    let file = "\(name).yaml"
    var text = SweepTemplate(name: name, path: path, patterns: patterns)
    let sweep = try SweepFile(Array(text.text.utf8), path: file)
    let plan = try Plan(sweep)
    for warning in plan.warnings { Console.note("warning: " + warning) }
    // Refused before seconds of measuring, and again when the file is created.
    guard !FileManager.default.fileExists(atPath: file) else { throw exists(file) }
    text.cost = try cost(of: sweep, plan)
    try create(file, text.text)
    Console.print(
      "\(file): \(text.cost ?? "")\n\n"
        + TextTable.twoColumns([
          ("elise-sweep plan \(file)", "predict time and memory; runs nothing"),
          ("elise-sweep run \(file)", "run the sweep; results/\(name) gets the results"),
        ]))
    return ExitCode.done
  }

  /// The name of a file without folder and ending, with the characters that the name of a sweep may have.
  static func sweepName(of path: String) -> String {
    let file = path.split(separator: "/").last ?? ""
    let stem = file.lastIndex(of: ".").map { file[..<$0] } ?? file
    let safe = stem.map {
      $0.isASCII && ($0.isLetter || $0.isNumber || "_-.".contains($0)) ? $0 : "-"
    }
    let name = String(safe.drop { $0 == "." || $0 == "-" }.prefix(100))
    return name.isEmpty ? "sweep" : name
  }

  private static func cost(of sweep: SweepFile, _ plan: Plan) throws -> String {
    let cores = AvailableCores.current.count
    let forecast = try Forecast(
      sweep, plan: plan, journal: JournalContents(), ranks: [1], threads: cores,
      memory: AvailableMemory.current(ranks: 1).least.bytes,
      coordinatorSeconds: WaitingSweep.coordinatorSecondsPerTrial())
    let trials = NumberText.counted(plan.count, "trial")
    guard let schedule = forecast.schedules.first, forecast.tooLarge == nil else {
      return "\(trials), of which some need more memory than this machine has"
    }
    return "\(trials), about \(NumberText.duration(max(1, schedule.seconds))) on "
      + "\(NumberText.counted(cores, "core")) of this machine"
  }

  /// Creates a file that does not exist.
  private static func create(_ file: String, _ text: String) throws {
    let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw errno == EEXIST ? exists(file) : unwritable(file)
    }
    let bytes = Array(text.utf8)
    let isWritten = write(descriptor, bytes, bytes.count) == bytes.count
    guard close(descriptor) == 0 && isWritten else {
      let error = unwritable(file)
      unlink(file)
      throw error
    }
  }

  private static func exists(_ file: String) -> UsageError {
    UsageError("init: got the existing file \(file), which is not changed; move it away first")
  }

  private static func unwritable(_ file: String) -> UsageError {
    UsageError("init: \(file): cannot be written: \(String(cString: strerror(errno)))")
  }
}

/// A sweep file over the size of the network, for a user to change.
struct SweepTemplate {
  let name: String
  /// The path of the pattern.
  let path: String
  let patterns: [Pattern]
  /// The number of trials and their time.
  var cost: String?

  /// Sizes around the one that recalls a sequence of this length: half of networks with about 30 latent
  /// neurons recall 18 notes, with 80 neurons 44 notes.
  var sizes: [Int] {
    let notes = patterns.reduce(0) { $0 + $1.notes }
    let step = max(10, (3 * notes + 39) / 40 * 10)
    return (1...4).map { $0 * step }
  }

  var text: String {
    let isPlain = path.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "/_-.".contains($0))
    }
    let value =
      isPlain && path.first != "-"
      ? path
      : "\"\(path.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    let size = patterns.map {
      "\(NumberText.counted($0.visible, "visible neuron")), \(NumberText.counted($0.notes, "note"))"
    }.joined(separator: " and ")
    func line(_ code: String, _ comment: String) -> String {
      code + String(repeating: " ", count: max(2, 42 - code.count)) + "# " + comment
    }
    // With turns and tests of 20 cycles, every free test would end a turn of its own pattern.
    let turns =
      patterns.count > 1
      ? line("  test_every: 21", "free tests at all places in turns of 20 cycles") + "\n" : ""
    return """
      # How many latent neurons does a network need to recall \(name) (\(size))?
      # \(cost ?? "")
      #
      #   elise-sweep plan \(name).yaml    predict time and memory; runs nothing
      #   elise-sweep run \(name).yaml     run; results/\(name)/report.html shows the results
      #
      # Remove the # before a key to use it. elise-sweep parameters lists all keys.

      name: \(name)
      \(line("description: Recall by networks of four sizes", "shown in the report"))

      fixed:
      \(line("  pattern: \(value)", "relative to this file"))
      \(line("  training_cycles: 10000", "how often the network hears the sequence"))
      \(turns)\(line("  # note_duration: 10", "duration of a note [ms]"))
      \(line("  # target_noise: 2", "noise on the taught potentials [mV]"))

      \(line("grid:", "every combination of these values is a trial"))
      \(line("  latent: \(sizes)", "latent neurons"))
      \(line("  seed: {from: 1, to: 5}", "networks of each size; 20 show smaller differences"))
      \(line("  # model: [elise, reservoir]", "compare models"))
      \(line("  # learning_rate_latent: [5e-4, 1e-3]", "compare values of any other parameter"))

      \(line("scores: [recall]", "also possible: capacity, robustness"))

      """
  }
}
