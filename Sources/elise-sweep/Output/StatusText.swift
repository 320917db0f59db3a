import Glibc
import Report
import SweepPlan

/// How much of a sweep is finished.
struct ResultState: Equatable {
  var done: Int
  var failed: Int
  var missing: Int
  /// The searches, or the conditions that get replicates; nil if the whole grid is run.
  var choice: ChoiceCounts?

  init(done: Int, failed: Int, missing: Int, choice: ChoiceCounts? = nil) {
    self.done = done
    self.failed = failed
    self.missing = missing
    self.choice = choice
  }

  init(_ results: SweepResults) {
    self.init(
      done: results.count(.done), failed: results.failed, missing: results.missing,
      choice: results.choice.map { ChoiceCounts($0) })
  }

  /// All trials.
  var total: Int { done + failed + missing }

  /// For example `10 of 12 trials done, 2 missing`, or `3 of 4 searches ended, 12 trials done`.
  var text: String {
    if let choice {
      let (least, most) = (choice.left.lowerBound, choice.left.upperBound)
      let left = most == 0 ? "" : least == most ? "\(most)" : "\(least) to \(most)"
      let parts = [
        "\(choice.ended) of \(choice.count) \(choice.isSearch ? "searches" : "conditions") ended",
        choice.failed > 0 ? "\(choice.failed) of them because a trial failed" : nil,
        choice.verifying > 0
          ? "\(choice.verifying) found a frontier that is not verified yet" : nil,
        "\(done) trials done", failed > 0 ? "\(failed) failed" : nil,
        left.isEmpty ? nil : "\(left) missing",
      ]
      return parts.compactMap { $0 }.joined(separator: ", ")
    }
    let parts = [
      "\(done) of \(total) trials done",
      failed > 0 ? "\(failed) failed" : nil, missing > 0 ? "\(missing) missing" : nil,
    ]
    return parts.compactMap { $0 }.joined(separator: ", ")
  }

  /// The exit code of a command that made tables of these results.
  var exitCode: Int32 {
    missing > 0 ? ExitCode.incomplete : failed > 0 ? ExitCode.someFailed : ExitCode.done
  }
}

/// The text that `elise-sweep status` prints.
struct StatusText {
  /// The sweep.
  let name: String
  /// How much of it is finished.
  let state: ResultState
  /// Runs in progress, and runs that were killed.
  let runs: [RunningFile]
  /// Trials that are saved half-way.
  let saved: Int
  /// When the last result was written [seconds since 1970]; nil if there is none.
  let lastResult: Double?
  /// Why trials failed, and how many for each reason.
  let reasons: [(reason: String, count: Int)]
  /// The time [seconds since 1970].
  let now: Double

  /// Running trials of all runs in progress.
  private var running: Int {
    min(state.missing, runs.filter { $0.isAlive && !$0.isSuspended }.reduce(0) { $0 + $1.running })
  }

  /// The lines.
  var lines: [String] {
    let alive = runs.filter(\.isAlive)
    let parts =
      state.choice != nil
      ? [state.text, running > 0 ? "\(running) running" : nil]
      : [
        "\(state.done) of \(state.total) trials done",
        state.failed > 0 ? "\(state.failed) failed" : nil,
        running > 0 ? "\(running) running" : nil,
        state.missing > running ? "\(state.missing - running) pending" : nil,
      ]
    let lines =
      ["\(name): " + parts.compactMap(\.self).joined(separator: ", ")]
      + alive.map(line) + (state.missing > 0 ? runs.filter { !$0.isAlive }.map(deadLine) : [])
      + (saved > 0
        ? ["\(NumberText.counted(saved, "trial")) saved half-way; a run continues from there"] : [])
      + idleLines(alive)
      + reasons.map { "\(NumberText.counted($0.count, "trial")) \($0.reason)" }
    return lines.map { shown($0, limit: 1_000) }
  }

  private func place(_ run: RunningFile) -> String {
    "\(run.host), \(NumberText.counted(run.ranks, "rank"))"
      + (run.shard.map { ", shard \($0)" } ?? "")
  }

  private func line(_ run: RunningFile) -> String {
    guard run.left > 0 else {
      return "writing tables and figures on \(place(run))"
    }
    guard !run.isSuspended else {
      return "suspended on \(place(run)): \(Int(100 * run.fraction)) % of the work; "
        + "continue it with kill -CONT \(run.process.number)"
    }
    let end = ProgressLine.end(in: remaining(run), now: time_t(now), fraction: run.fraction)
    let parts = [
      "\(Int(100 * run.fraction)) % of the work",
      run.trialsPerSecond > 0 ? NumberText.rate(run.trialsPerSecond) : nil, end,
    ]
    return "running on \(place(run)) since \(NumberText.clock(time_t(run.start))): "
      + parts.compactMap(\.self).joined(separator: ", ")
  }

  /// Expected time until the end of a run [s].
  private func remaining(_ run: RunningFile) -> Double { run.remaining - (now - run.updated) }

  private func deadLine(_ run: RunningFile) -> String {
    "killed on \(place(run)): no update for \(age(run.updated))"
  }

  private func age(_ moment: Double) -> String { NumberText.duration(max(0, now - moment)) }

  private func idleLines(_ alive: [RunningFile]) -> [String] {
    guard state.missing > 0 else { return [] }
    let last = lastResult.map { "last result \(age($0)) ago" }
    guard alive.isEmpty else { return [last].compactMap(\.self) }
    return ["not running; repeat the run command to continue" + (last.map { "; \($0)" } ?? "")]
  }
}

extension StatusText {
  /// The same facts for scripts.
  ///
  /// - Parameter folder: The result folder.
  func record(folder: String) -> StatusRecord {
    StatusRecord(
      sweep: name, folder: folder, trials: state.total, done: state.done, failed: state.failed,
      running: running, pending: state.missing - running, savedHalfWay: saved,
      searches: units(isSearch: true), until: units(isSearch: false),
      runs: runs.compactMap { run in
        guard run.isAlive || state.missing > 0 else { return nil }
        let isRunning = run.isAlive && !run.isSuspended && run.left > 0
        return StatusRecord.Run(
          state: !run.isAlive
            ? "killed" : run.isSuspended ? "suspended" : isRunning ? "running" : "writing",
          host: run.host, ranks: run.ranks, threads: run.threads, shard: run.shard,
          start: Timestamp.text(run.start), secondsSinceUpdate: max(0, now - run.updated),
          fraction: run.fraction, trialsPerSecond: run.trialsPerSecond,
          remainingSeconds: isRunning && run.fraction > 0 ? max(0, remaining(run)) : nil)
      },
      secondsSinceLastResult: lastResult.map { max(0, now - $0) },
      reasons: reasons.map { StatusRecord.Reason(reason: $0.reason, trials: $0.count) })
  }

  private func units(isSearch: Bool) -> StatusRecord.Units? {
    guard let choice = state.choice, choice.isSearch == isSearch else { return nil }
    return StatusRecord.Units(
      count: choice.count, ended: choice.ended, failed: isSearch ? choice.failed : nil,
      verifying: isSearch ? choice.verifying : nil, trialsLeftAtLeast: choice.left.lowerBound,
      trialsLeftAtMost: choice.left.upperBound)
  }
}
