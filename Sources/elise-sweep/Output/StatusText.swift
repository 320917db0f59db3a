import Glibc

/// What `elise-sweep status` says.
struct StatusText {
  /// The sweep.
  let name: String
  /// How far it has come.
  let state: ResultState
  /// Runs that go on or were killed.
  let runs: [RunningFile]
  /// Trials that have saved themselves half-way.
  let saved: Int
  /// When the last result was written [seconds since 1970]; nil where there is none.
  let lastResult: Double?
  /// Why trials failed, with how often.
  let reasons: [(reason: String, count: Int)]
  /// The time [seconds since 1970].
  let now: Double

  /// Whether a run goes on. While it writes the tables it gives no sign of life.
  private func isAlive(_ run: RunningFile) -> Bool {
    now - run.updated <= (run.left == 0 ? RunningFile.patienceForTables : RunningFile.patience)
  }

  /// The lines.
  var lines: [String] {
    let alive = runs.filter(isAlive)
    let running = min(state.missing, alive.reduce(0) { $0 + $1.running })
    let parts =
      state.searches != nil
      ? [state.text, running > 0 ? "\(running) running" : nil]
      : [
        "\(state.done) of \(state.total) trials done",
        state.failed > 0 ? "\(state.failed) failed" : nil,
        running > 0 ? "\(running) running" : nil,
        state.missing > running ? "\(state.missing - running) pending" : nil,
      ]
    return ["\(name): " + parts.compactMap(\.self).joined(separator: ", ")]
      + alive.map(line) + (state.missing > 0 ? runs.filter { !isAlive($0) }.map(deadLine) : [])
      + (saved > 0 ? ["\(trials(saved)) saved half-way, to go on from there"] : [])
      + idleLines(alive) + reasons.map { "\(trials($0.count)) \($0.reason)" }
  }

  private func trials(_ count: Int) -> String { "\(count) trial\(count == 1 ? "" : "s")" }

  private func place(_ run: RunningFile) -> String {
    "\(run.host), \(run.ranks) rank\(run.ranks == 1 ? "" : "s")"
      + (run.shard.map { ", shard \($0)" } ?? "")
  }

  private func line(_ run: RunningFile) -> String {
    guard run.left > 0 else {
      return "writing tables and figures on \(place(run)) for \(age(run.updated))"
    }
    let end = ProgressLine.end(in: run.remaining - (now - run.updated), now: time_t(now))
    let rate = run.trialsPerSecond > 0 ? ", " + ProgressLine.rate(run.trialsPerSecond) : ""
    return "running on \(place(run)) since \(ProgressLine.clock(time_t(run.start))): "
      + "\(Int(100 * run.fraction)) % of the work\(rate), \(end)"
  }

  private func deadLine(_ run: RunningFile) -> String {
    "killed on \(place(run)): no sign of life for \(age(run.updated))"
  }

  private func age(_ moment: Double) -> String { ProgressLine.duration(max(0, now - moment)) }

  private func idleLines(_ alive: [RunningFile]) -> [String] {
    guard state.missing > 0 else { return [] }
    let last = lastResult.map { "the last result was written \(age($0)) ago" }
    guard alive.isEmpty else { return [last].compactMap(\.self) }
    return ["nothing runs: the same command goes on" + (last.map { "; \($0)" } ?? "")]
  }
}
