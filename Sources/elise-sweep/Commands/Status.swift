import Experiment
import Foundation
import Journal
import Report
import SweepPlan

/// `elise-sweep status`: how far a sweep has come, also while it runs elsewhere.
enum Status: Command {
  static let syntax = CommandSyntax(
    name: "status",
    summary: "say how much of a sweep is done, has failed, runs and is left, and when it ends",
    operand: "DIR",
    options: [],
    details: """
      Only reads; it may be asked while the sweep runs, here or on other nodes. DIR is the result
      folder. A run gives a sign of life every few seconds; one without is said to have been killed.

      Exit codes: 0 all trials done, 1 some failed, 2 wrong usage or no result folder, 3 trials are
      missing, 70 internal error.
      """,
    examples: [
      CommandExample("elise-sweep status results/size", "once"),
      CommandExample("watch -n 10 elise-sweep status results/size", "every ten seconds"),
    ])

  /// No more reasons than this are told.
  private static let mostReasons = 3

  static func run(_ arguments: ParsedArguments) throws -> Int32 {
    let path = try arguments.operand("DIR", of: syntax.name)
    let sweep = try ResultFolder(path).storedSweep()
    let plan = try Plan(sweep) { _ = try $0.generator() }
    let journal = try JournalReader.read(folder: path + "/journal")
    var done = 0
    var failed: [JournalContents.Row] = []
    var missing = 0
    let searches = try SearchState(plan, journal: journal, tests: sweep.tests)
    for (trial, id) in plan.ids.enumerated() where searches?.asksFor(trial) ?? true {
      guard let row = journal.rows[id], row.tests.isSuperset(of: sweep.tests) else {
        missing += 1
        continue
      }
      if row.status == .done { done += 1 } else { failed.append(row) }
    }
    let state = ResultState(
      done: done, failed: failed.count, missing: missing, searches: searches.map(SearchCounts.init))
    let text = StatusText(
      name: sweep.name, state: state, runs: RunningFile.all(in: path),
      saved: savedTrials(path), lastResult: latestResult(path),
      reasons: reasons(of: failed, journal), now: Date().timeIntervalSince1970)
    Console.print(text.lines.joined(separator: "\n"))
    for damage in journal.damage where !damage.isTornEnd { Console.note("warning: \(damage)") }
    return state.exitCode
  }

  /// How many trials have saved themselves half-way.
  private static func savedTrials(_ path: String) -> Int {
    let names = try? FileManager.default.contentsOfDirectory(atPath: path + "/checkpoints")
    return names?.count { $0.hasSuffix(".nc") && !$0.hasPrefix(".") } ?? 0
  }

  /// When the last result was written [seconds since 1970].
  private static func latestResult(_ path: String) -> Double? {
    let files = (try? JournalReader.files(in: path + "/journal")) ?? []
    let dates = files.compactMap {
      try? FileManager.default.attributesOfItem(atPath: $0)[.modificationDate] as? Date
    }
    return dates.max()?.timeIntervalSince1970
  }

  /// Why trials failed, the most frequent reason first.
  private static func reasons(
    of rows: [JournalContents.Row], _ journal: JournalContents
  ) -> [(reason: String, count: Int)] {
    let reader = TrialResultReader([])
    var counts: [String: Int] = [:]
    for row in rows {
      guard let reason = (try? reader.read(journal.content(of: row)))?.reason else { continue }
      counts["\(row.status.words): \(reason)", default: 0] += 1
    }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(mostReasons)
      .map { (reason: $0.key, count: $0.value) }
  }
}
