import FoundationEssentials
import Journal
import Parameters
import Report
import SweepPlan

/// `elise-sweep compare`: compares the results of two folders trial by trial.
enum CompareCommand: Command {
  static let syntax = CommandSyntax(
    name: "compare",
    summary: "compare two result folders trial by trial: contrasts of B against A",
    operand: "A B",
    options: [
      CommandOption(
        "differ", value: "KEY", isRepeatable: true,
        "a parameter that may differ between trials of A and B; may be repeated"),
      CommandOption(
        "out", value: "DIR", "folder for contrasts.csv and pairs.csv (default: none is written)"),
    ],
    details: """
      A and B are result folders. Trials match if all their parameters are equal but those of
      --differ; files are compared by their content. With --differ model, the parameters that only
      some of the models use may differ, too.

      The table shows each score: the mean of score(B) - score(A) over replicates or blocks, its
      95 % interval, the share of pairs in which B has the higher score, and the p value of the
      sign-flip test. Rows with "both recall" are over the pairs in which both networks recall. If a
      trial of A and one of B have the same identity, their results must be equal, bit for bit;
      differences are listed. If all matching trials are the same and equal, there is no table.

      contrasts.csv has the columns of the table of that name in a result folder. pairs.csv has a
      row per trial of A or B, with the status and the scores in both folders.
      """,
    lists: [
      (
        "Exit codes",
        [
          ("0", "the folders are compared"),
          ("1", "trials with the same identity have different results"),
          ("2", "wrong usage, or no trials match"), ("70", "internal error"),
        ]
      )
    ],
    examples: [
      CommandExample(
        "elise-sweep compare results/size laptop/size", "whether two machines have equal results"),
      CommandExample(
        "elise-sweep compare results/elise results/reservoir --differ model --out compared",
        "one model against another, over the same seeds"),
    ])

  static func run(_ arguments: ParsedArguments) throws -> Int32 {
    let folders = arguments.operands
    guard folders.count == 2 else {
      throw UsageError(
        "elise-sweep compare: got \(NumberText.counted(folders.count, "folder")); expected two "
          + "result folders, A and B")
    }
    let keys = try arguments.all("differ").map { key in
      guard Parameter.named(key) != nil else {
        throw UsageError(
          "--differ: \(ParameterError.unknownKey(key, nearest: key.nearest(of: Parameter.all.map(\.key))))"
        )
      }
      return key
    }
    let target = try arguments.value("out").map(target)
    let sides = try folders.map { path in
      let stored = try ParsedArguments.storedSweep(at: path)
      return (
        folder: path,
        results: try SweepResults(
          scoreGroups: stored.sweep.scoreGroups, plan: stored.plan, journal: stored.journal)
      )
    }
    let comparison: FolderComparison
    do {
      comparison = try FolderComparison(
        sides[0], sides[1], differing: Parameter.all.map(\.key).filter(keys.contains))
    } catch {
      throw UsageError("compare: \(error)")
    }
    do {
      try target?.write(comparison.contrastsCSV, to: "contrasts.csv")
      try target?.write(comparison.pairsCSV, to: "pairs.csv")
    } catch let error as ResultFolder.WriteError {
      throw UsageError("--out: \(error)")
    }
    let text = ComparisonText(comparison)
    Console.print(text.text(width: TextTable.width))
    return text.isEqual ? ExitCode.done : ExitCode.someFailed
  }

  /// A folder for tables that is not the result folder of a run.
  private static func target(_ path: String) throws -> ResultFolder {
    let folder = ResultFolder(path)
    guard !FileManager.default.fileExists(atPath: folder.journal) else {
      throw UsageError(
        "--out: got \(path), the result folder of a run; expected a folder without a journal")
    }
    return folder
  }
}
