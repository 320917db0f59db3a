import Experiment
import FoundationEssentials
import Journal
import NeuralCore
import Report
import SweepPlan

/// `elise-sweep report`: writes everything but the journal again.
enum ReportCommand: Command {
  static let syntax = CommandSyntax(
    name: "report",
    summary: "write tables, cube, figures and report.html again from the journal",
    operand: "DIR",
    options: [
      CommandOption(
        "out", value: "DIR",
        "folder for what is written (default: the result folder itself)"),
      CommandOption("quiet", "print errors and warnings only"),
    ],
    details: """
      DIR is a result folder of `elise-sweep run`. The command needs no other files, because the
      folder has copies of the sweep file and its inputs. Trials that have not run are not in the
      tables. No trial runs, and provenance.json does not change. With --out, nothing is written into
      the result folder, so it may be one that you can only read.

      gnuplot draws the figures (Debian: gnuplot-nox). Without gnuplot, the pictures are missing,
      but the script and the data of each figure are written.
      """,
    lists: [
      (
        "Exit codes",
        [
          ("0", "everything is written"), ("2", "wrong usage, or DIR is not a result folder"),
          ("70", "internal error"),
        ]
      )
    ],
    examples: [
      CommandExample(
        "elise-sweep report results/size", "after installing gnuplot, or while the sweep runs"),
      CommandExample(
        "elise-sweep report /home/ada/results/size --out size-of-ada",
        "tables and report of a colleague's folder"),
    ])

  static func run(_ arguments: ParsedArguments) throws -> Int32 {
    let stored = try arguments.storedSweep(of: syntax.name)
    let results = try SweepResults(
      scoreGroups: stored.sweep.scoreGroups, plan: stored.plan, journal: stored.journal)
    let target = try target(arguments, of: stored.folder)
    do {
      let (tables, warnings) = try target.writeResults(
        results, of: stored.sweep, journal: stored.journal)
      for warning in warnings { Console.note("warning: " + warning) }
      if !arguments.has("quiet") {
        Console.print(tables.console)
        Console.note(ResultState(results).text + "; open \(target.report)")
      }
      return ExitCode.done
    } catch let error as ResultFolder.WriteError {
      let advice =
        arguments.has("out") ? "" : "\n--out DIR writes tables and report to another folder."
      Console.note("error: \(error)\(advice)")
      return ExitCode.internalError
    }
  }

  /// The folder for what is written: that of `--out`, with the provenance of the results, or the result
  /// folder.
  private static func target(
    _ arguments: ParsedArguments, of folder: ResultFolder
  ) throws -> ResultFolder {
    guard let out = arguments.value("out") else { return folder }
    let target = ResultFolder(out)
    func place(_ path: String) -> String { URL(filePath: path).resolvingSymlinksInPath().path }
    guard place(out) != place(folder.path) else { return folder }
    guard !FileManager.default.fileExists(atPath: target.journal) else {
      throw UsageError(
        "--out: got \(out), the result folder of another run; expected \(folder.path) or a folder "
          + "without a journal")
    }
    do {
      if let provenance = ResultFolder.smallFile(folder.provenance) {
        try target.write(provenance, to: ResultFolder.Name.provenance)
      } else {
        try target.remove(ResultFolder.Name.provenance)
      }
      return target
    } catch let error as ResultFolder.WriteError {
      throw UsageError("--out: \(error)")
    }
  }
}
