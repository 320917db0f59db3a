import Experiment
import FoundationEssentials
import Journal
import Report
import SweepPlan

/// `elise-sweep status`: shows how much of a sweep is finished, also while it runs elsewhere.
enum StatusCommand: Command {
  static let syntax = CommandSyntax(
    name: "status",
    summary:
      "show how many trials are done, failed, running and pending, and when the run will end",
    operand: "DIR",
    options: [CommandOption("json", "print the status for scripts, as one JSON object")],
    details: """
      DIR is the result folder. This command only reads, so you can use it while the sweep runs,
      here or on other nodes. A run updates its status every few seconds. If the updates have
      stopped, this command reports the run as killed; on another machine it watches for 15 s first.
      """,
    lists: [
      (
        "Exit codes",
        [
          ("0", "all trials are done"), ("1", "some trials failed"),
          ("2", "wrong usage, or DIR is not a result folder"), ("3", "trials are missing"),
          ("70", "internal error"),
        ]
      )
    ],
    examples: [
      CommandExample("elise-sweep status results/size", "shows the status once"),
      CommandExample("watch -n 10 elise-sweep status results/size", "shows it every ten seconds"),
    ])

  /// At most this many reasons are shown.
  private static let mostReasons = 3

  static func run(_ arguments: ParsedArguments) throws -> Int32 {
    let stored = try arguments.storedSweep(of: syntax.name, warnsOfTornEnds: false)
    let (sweep, plan, journal) = (stored.sweep, stored.plan, stored.journal)
    var done = 0
    var failed: [JournalContents.Row] = []
    var missing = 0
    let choice = try plan.choice(journal, scoreGroups: sweep.scoreGroups)
    for (trial, id) in plan.ids.enumerated() where choice?.asksFor(trial) ?? true {
      guard let row = journal.rows[id], row.scoreGroups.isSuperset(of: sweep.scoreGroups) else {
        missing += 1
        continue
      }
      if row.status == .done { done += 1 } else { failed.append(row) }
    }
    let state = ResultState(
      done: done, failed: failed.count, missing: missing, choice: choice.map { ChoiceCounts($0) })
    let text = StatusText(
      name: sweep.name, state: state, runs: RunningFile.all(in: stored.folder),
      saved: stored.folder.savedTrials,
      lastResult: done + failed.count > 0 ? stored.folder.latestResult : nil,
      reasons: reasons(of: failed, journal), now: Date().timeIntervalSince1970)
    if arguments.has("json") {
      Console.print(json: text.record(folder: stored.folder.path), isOneKeyPerLine: true)
    } else {
      Console.print(text.lines.joined(separator: "\n"))
    }
    return state.exitCode
  }

  /// Why trials failed, the most frequent reason first.
  private static func reasons(
    of rows: [JournalContents.Row], _ journal: JournalContents
  ) -> [(reason: String, count: Int)] {
    let reader = TrialScoresReader([])
    var counts: [String: Int] = [:]
    for row in rows {
      guard let reason = (try? reader.read(journal.content(of: row)))?.reason else { continue }
      counts["\(row.status.words): \(reason)", default: 0] += 1
    }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(mostReasons)
      .map { (reason: $0.key, count: $0.value) }
  }
}
