import Experiment
import Journal
import NeuralCore
import Report
import SweepPlan

/// `elise-sweep report`: makes everything but the journal again.
enum MakeReport: Command {
  static let syntax = CommandSyntax(
    name: "report",
    summary: "make tables, cube, figures and report.html again from the journal of a result folder",
    operand: "DIR",
    options: [CommandOption("quiet", "no table, only errors and warnings")],
    details: """
      DIR is a result folder that `elise-sweep run` made; its journal holds all that is needed,
      also the sweep file and its inputs. Trials that have not run are missing in the tables. Nothing
      is simulated, and provenance.json stays as it is.

      Figures are drawn by gnuplot (Debian: gnuplot-nox). Without it their scripts and data are
      written, and everything else.

      Exit codes: 0 all is written, 2 wrong usage or no result folder, 70 internal error.
      """,
    examples: [
      CommandExample(
        "elise-sweep report results/size", "after gnuplot was installed, or while a sweep runs")
    ])

  static func run(_ arguments: ParsedArguments) throws -> Int32 {
    let path = try arguments.operand("DIR", of: syntax.name)
    let folder = ResultFolder(path)
    let sweep = try folder.storedSweep()
    let journal = try JournalReader.read(folder: path + "/journal")
    for damage in journal.damage { Console.note("warning: \(damage)") }
    let results = try SweepResults(
      tests: sweep.tests, plan: try Plan(sweep) { _ = try $0.generator() }, journal: journal)
    let tables = try folder.writeTables(results, of: sweep, provenance: nil)
    let warnings = try folder.writeReport(results, of: sweep, tables: tables, journal: journal)
    for warning in tables.warnings + warnings { Console.note("warning: " + warning) }
    if !arguments.has("quiet") {
      Console.print(tables.console)
      Console.note(ResultState(results).text + "; open \(path)/report.html")
    }
    return ExitCode.done
  }
}
