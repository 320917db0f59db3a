import Foundation
import Report
import Sweep

/// `elise-sweep status`: how far a sweep has come, also while it runs elsewhere.
enum Status: Command {
  static let syntax = CommandSyntax(
    name: "status",
    summary: "say how much of a sweep is done, has failed and is missing",
    operand: "DIR",
    options: [],
    details: """
      Only reads; it may be asked while the sweep runs, here or on other nodes.

      Exit codes: 0 all trials done, 1 some failed, 2 wrong usage or no result folder, 3 trials are
      missing, 70 internal error.
      """)

  static func run(_ arguments: ParsedArguments) throws -> Int32 {
    let path = try arguments.operand("DIR", of: syntax.name)
    let sweep = try ResultFolder(path).storedSweep()
    let plan = try Plan(sweep) { _ = try $0.generator() }
    let journal = try JournalReader.read(folder: path + "/journal")
    var done = 0
    var failed = 0
    var missing = 0
    let searches = try SearchState(plan, journal: journal, tests: sweep.tests)
    for (trial, id) in plan.ids.enumerated() where searches?.asksFor(trial) ?? true {
      guard let row = journal.rows[id], row.tests.isSuperset(of: sweep.tests) else {
        missing += 1
        continue
      }
      if row.status == .done { done += 1 } else { failed += 1 }
    }
    let state = ResultState(
      done: done, failed: failed, missing: missing, searches: searches.map(SearchCounts.init))
    Console.print("\(sweep.name): \(state.text)")
    let started =
      try FileManager.default.contentsOfDirectory(atPath: path)
      .contains("checkpoints")
      ? try FileManager.default.contentsOfDirectory(atPath: path + "/checkpoints")
        .count { $0.hasSuffix(".nc") && !$0.hasPrefix(".") } : 0
    if started > 0 { Console.print("\(started) long trials are saved half-way and will go on") }
    if state.missing > 0, let latest = latestResult(path) {
      let age = ProgressLine.duration(max(0, Date().timeIntervalSince(latest)))
      Console.print("the last result was written \(age) ago")
    }
    for damage in journal.damage where !damage.isTornEnd { Console.note("warning: \(damage)") }
    return state.exitCode
  }

  private static func latestResult(_ path: String) -> Date? {
    let files = (try? JournalReader.files(in: path + "/journal")) ?? []
    return files.compactMap {
      try? FileManager.default.attributesOfItem(atPath: $0)[.modificationDate] as? Date
    }.max()
  }
}
