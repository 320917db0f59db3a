import Experiment
import Journal
import Report
import SweepPlan

/// `elise-sweep merge`: joins the results of shards and of partial runs.
enum MergeCommand: Command {
  static let syntax = CommandSyntax(
    name: "merge",
    summary: "join the results of shards and partial runs, and write their tables",
    operand: "DIR...",
    options: [
      CommandOption("out", value: "DIR", "folder for the joined results; can be one of DIR..."),
      CommandOption("quiet", "print errors and warnings only"),
    ],
    details: """
      All folders must belong to one sweep. The command adds finished trials to the journal of
      --out; the other folders do not change. You can merge in any order and repeat a merge. If a
      trial is in several folders, its results must be equal.
      """,
    lists: [
      (
        "Exit codes",
        [
          ("0", "all trials are done"), ("1", "some trials failed"),
          ("2", "wrong usage, or folders of different sweeps"),
          ("3", "trials are missing; run them and merge again"), ("70", "internal error"),
        ]
      )
    ],
    examples: [
      CommandExample(
        "elise-sweep merge results/size --out results/size",
        "writes the tables of shards that use one result folder"),
      CommandExample(
        "elise-sweep merge laptop/size cluster/size --out results/size",
        "joins parts of a sweep that ran on two machines"),
    ])

  static func run(_ arguments: ParsedArguments) throws -> Int32 {
    let folders = try arguments.resultFolders(of: syntax.name)
    guard let out = arguments.value("out") else {
      throw UsageError("merge: got no --out; expected --out DIR, a folder for the joined results")
    }
    let folder = ResultFolder(out)
    let merged: ResultMerge
    do {
      merged = try ResultMerge(of: folders.map(ResultFolder.init), into: folder)
    } catch let error as ResultMerge.DifferentSweeps {
      throw UsageError("merge: \(error)")
    } catch let error as ResultFolder.WriteError {
      throw UsageError("--out: \(error)")
    }
    for warning in merged.journal.damageWarnings() { Console.note("warning: \(warning)") }
    let results = try SweepResults(
      scoreGroups: merged.sweep.scoreGroups, plan: merged.plan, journal: merged.journal)
    let (tables, warnings) = try folder.writeResults(
      results, of: merged.sweep, journal: merged.journal)
    for warning in warnings { Console.note("warning: " + warning) }
    if !arguments.has("quiet") {
      Console.print(tables.console)
      Console.note(
        "\(NumberText.counted(merged.added, "trial")) added, \(merged.duplicates) in several folders; "
          + ResultState(results).text + "; open \(folder.report)")
    }
    return ResultState(results).exitCode
  }
}
