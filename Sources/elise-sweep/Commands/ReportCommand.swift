import Experiment
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
    options: [CommandOption("quiet", "print errors and warnings only")],
    details: """
      DIR is a result folder of `elise-sweep run`. The command needs no other files, because the
      folder has copies of the sweep file and its inputs. Trials that have not run are not in the
      tables. No trial runs, and provenance.json does not change.

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
        "elise-sweep report results/size", "after installing gnuplot, or while the sweep runs")
    ])

  static func run(_ arguments: ParsedArguments) throws -> Int32 {
    let stored = try arguments.storedSweep(of: syntax.name)
    let results = try SweepResults(
      scoreGroups: stored.sweep.scoreGroups, plan: stored.plan, journal: stored.journal)
    let (tables, warnings) = try stored.folder.writeResults(
      results, of: stored.sweep, journal: stored.journal)
    for warning in warnings { Console.note("warning: " + warning) }
    if !arguments.has("quiet") {
      Console.print(tables.console)
      Console.note(ResultState(results).text + "; open \(stored.folder.report)")
    }
    return ExitCode.done
  }
}
