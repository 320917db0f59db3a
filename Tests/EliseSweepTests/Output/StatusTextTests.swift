import Testing

@testable import SweepPlan
@testable import elise_sweep

@Suite struct StatusTextTests {
  private static let run = RunningFile(
    host: "node1", ranks: 4, threads: 4, shard: nil, start: 0, updated: 997, left: 30,
    fraction: 0.4, remaining: 63, trialsPerSecond: 0.1)

  private static func lines(
    _ state: ResultState, _ runs: [RunningFile] = [], saved: Int = 0, last: Double? = nil,
    reasons: [(reason: String, count: Int)] = []
  ) -> [String] {
    StatusText(
      name: "size", state: state, runs: runs, saved: saved, lastResult: last, reasons: reasons,
      now: 1000
    ).lines
  }

  @Test("A sweep in progress shows how many trials run and when it ends") func running() {
    let lines = Self.lines(
      ResultState(done: 49, failed: 1, missing: 30), [Self.run], last: 990,
      reasons: [("failed: no scaffold", 1)])
    #expect(lines[0] == "size: 49 of 80 trials done, 1 failed, 4 running, 26 pending")
    #expect(lines[1].hasPrefix("running on node1, 4 ranks since "))
    #expect(lines[1].contains(": 40 % of the work, 360 trials/h, ends "))
    #expect(lines[1].hasSuffix("(in 1 min 0 s)"))
    #expect(
      lines[2...] == ["last result 10 s ago", "1 trial failed: no scaffold"])
  }

  /// If this fails, scripts that wait for a sweep see other numbers than people do.
  @Test("--json has the facts of the text") func json() throws {
    var (dead, writing) = (Self.run, Self.run)
    (dead.updated, dead.isAlive, writing.left) = (400, false, 0)
    let status = StatusText(
      name: "size", state: ResultState(done: 49, failed: 1, missing: 30),
      runs: [Self.run, dead, writing], saved: 2, lastResult: 990,
      reasons: [("failed: no scaffold", 1)], now: 1000
    ).record(folder: "results/size")
    #expect(status.trials == 80 && status.done == 49 && status.failed == 1)
    #expect(status.running == 4 && status.pending == 26 && status.savedHalfWay == 2)
    #expect(status.runs.map(\.state) == ["running", "killed", "writing"])
    #expect(status.runs.map(\.remainingSeconds) == [60, nil, nil])
    #expect(status.runs.map(\.secondsSinceUpdate) == [3, 600, 3])
    #expect(status.secondsSinceLastResult == 10 && status.reasons.map(\.trials) == [1])
  }

  /// If this fails, a folder of an older version, whose searches have ended, looks as if it had lost results.
  @Test("A frontier that is not verified is shown as such") func verifying() throws {
    func text(_ choice: ChoiceCounts) -> String {
      ResultState(done: 300, failed: 0, missing: 96, choice: choice).text
    }
    #expect(
      text(.init(count: 60, ended: 12, verifying: 48, left: 96...96))
        == "12 of 60 searches ended, 48 found a frontier that is not verified yet, 300 trials done, "
        + "96 missing")
    #expect(
      text(.init(count: 60, ended: 12, failed: 2, left: 90...96))
        == "12 of 60 searches ended, 2 of them because a trial failed, 300 trials done, 90 to 96 missing"
    )
  }

  @Test("A killed run is not shown as a running one") func killed() {
    var run = Self.run
    (run.updated, run.isAlive) = (400, false)
    #expect(
      Self.lines(ResultState(done: 50, failed: 0, missing: 30), [run], saved: 2, last: 395) == [
        "size: 50 of 80 trials done, 30 pending",
        "killed on node1, 4 ranks: no update for 10 min 0 s",
        "2 trials saved half-way; a run continues from there",
        "not running; repeat the run command to continue; last result 10 min 5 s ago",
      ])
  }

  @Test("A finished sweep is one line") func done() {
    #expect(
      Self.lines(ResultState(done: 80, failed: 0, missing: 0), last: 1)
        == ["size: 80 of 80 trials done"])
  }

  @Test("A run past its expected end is shown as finishing, not as overdue") func finishing() {
    var run = Self.run
    run.remaining = 1
    #expect(
      Self.lines(ResultState(done: 50, failed: 0, missing: 30), [run])[1].hasSuffix(", finishing"))
  }

  @Test("Shards that run at once add up") func shards() {
    var (first, second) = (Self.run, Self.run)
    (first.shard, second.shard, second.left) = ("1/2", "2/2", 2)
    let lines = Self.lines(ResultState(done: 50, failed: 0, missing: 30), [first, second])
    #expect(lines[0] == "size: 50 of 80 trials done, 6 running, 24 pending")
    #expect(lines[2].hasPrefix("running on node1, 4 ranks, shard 2/2 since "))
  }

  /// If this fails, a host name or the reason of a failure in a result folder from elsewhere controls the
  /// terminal.
  @Test("Control characters are shown by name") func controlCharacters() {
    var run = Self.run
    (run.host, run.shard) = ("a\u{1B}[2J", "1/2\n")
    let lines = Self.lines(
      ResultState(done: 0, failed: 1, missing: 9), [run], reasons: [("failed: \u{7}", 1)])
    #expect(lines[1].hasPrefix(#"running on a<U+001B>[2J, 4 ranks, shard 1/2\n since "#))
    #expect(lines.last == "1 trial failed: <U+0007>")
  }
}
