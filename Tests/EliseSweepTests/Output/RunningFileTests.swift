import Foundation
import Journal
import TestSupport
import Testing

@testable import elise_sweep

@Suite struct RunningFileTests {
  /// The file of a run that is `late` seconds behind this machine's clock.
  private static func file(late: Double, process: ProcessMark, updates: Int = 7) -> RunningFile {
    let now = Date().timeIntervalSince1970 - late
    return RunningFile(
      host: "node1", ranks: 4, threads: 4, shard: nil, start: now - 60, updated: now, left: 30,
      fraction: 0.4, remaining: 63, trialsPerSecond: 0.1, updates: updates, process: process)
  }

  private static func write(
    _ file: RunningFile, to results: ResultFolder, name: String = "node1-1"
  ) throws {
    try FileManager.default.createDirectory(
      atPath: results.running, withIntermediateDirectories: true)
    try JSONEncoder().encode(file).write(
      to: URL(filePath: "\(results.running)/\(name).json"), options: .atomic)
  }

  /// If this fails, `status` says of a live run that it was killed, and its user starts it a second time; or
  /// it says of a dead one that it runs, and its user waits.
  @Test(
    "A run on another machine is alive if its file changes, whatever its clock says",
    arguments: [-300.0, 0, 300], [true, false])
  func otherMachine(late: Double, isAlive: Bool) throws {
    try withTemporaryFolder { folder in
      let results = ResultFolder(folder.path)
      let elsewhere = ProcessMark(machine: "another", number: 1, start: "1")
      try Self.write(Self.file(late: late, process: elsewhere), to: results)
      let thread = Thread {
        usleep(300_000)
        try? Self.write(Self.file(late: late, process: elsewhere, updates: 8), to: results)
      }
      if isAlive { thread.start() }
      let runs = RunningFile.all(in: results, patience: isAlive ? 30 : 0.6)
      #expect(runs.map(\.isAlive) == [isAlive])
      // Times are those of the reader's clock.
      let run = try #require(runs.first)
      let now = Date().timeIntervalSince1970
      #expect(abs(now - run.updated) < 15 && abs(run.updated - run.start - 60) < 1)
    }
  }

  /// If this fails, `status` needs seconds for a run that was killed on this machine.
  @Test("Processes of this machine are looked up", arguments: [-300.0, 300])
  func thisMachine(late: Double) throws {
    try withTemporaryFolder { folder in
      let results = ResultFolder(folder.path)
      try Self.write(Self.file(late: late, process: .current), to: results)
      #expect(RunningFile.all(in: results, patience: 1000).map(\.isAlive) == [true])
      // Another process has got its number since.
      var gone = ProcessMark.current
      gone.start = "1"
      try Self.write(Self.file(late: late, process: gone), to: results)
      #expect(RunningFile.all(in: results, patience: 1000).map(\.isAlive) == [false])
      (gone.number, gone.start) = (0, "")
      try Self.write(Self.file(late: late, process: gone), to: results)
      #expect(RunningFile.all(in: results, patience: 1000).map(\.isAlive) == [false])
    }
  }

  /// If this fails, the run that was killed last night hides the one that continues its work.
  @Test("Runs in progress come first, then the latest") func order() throws {
    try withTemporaryFolder { folder in
      let results = ResultFolder(folder.path)
      var dead = ProcessMark.current
      dead.start = "1"
      for (name, process, late) in [
        ("a", dead, 900.0), ("b", dead, 300), ("c", .current, 500), ("d", .current, 100),
      ] {
        try Self.write(Self.file(late: late, process: process), to: results, name: name)
      }
      let now = Date().timeIntervalSince1970
      let ages = RunningFile.all(in: results).map { ((now - $0.updated) / 100).rounded() }
      #expect(ages == [1, 5, 3, 9])
    }
  }

  /// If this fails, `status` crashes on a file that no run has written, or waits for ever for a pipe.
  @Test("Files that no run has written are ignored") func impossibleFiles() throws {
    try withTemporaryFolder { folder in
      let results = ResultFolder(folder.path)
      let changes: [(inout RunningFile) -> Void] = [
        { $0.fraction = 1e300 }, { $0.fraction = -1 }, { $0.remaining = 1e300 },
        { $0.start = 1e300 }, { $0.updated = -1e300 }, { $0.left = .min }, { $0.threads = .max },
        { $0.trialsPerSecond = 1e300 },
      ]
      for change in changes {
        var file = Self.file(late: 0, process: .current)
        change(&file)
        try Self.write(file, to: results)
        #expect(RunningFile.all(in: results, patience: 0).isEmpty)
      }
      #expect(mkfifo(results.running + "/node2-1.json", 0o600) == 0)
      try Self.write(Self.file(late: 0, process: .current), to: results)
      #expect(RunningFile.all(in: results, patience: 0).count == 1)
    }
  }

  /// If this fails, `status` says of a run that somebody suspended that it will end soon.
  @Test("A suspended run is not shown as a running one") func suspended() throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sleep")
    process.arguments = ["60"]
    try process.run()
    defer { process.terminate() }
    let number = process.processIdentifier
    try withTemporaryFolder { folder in
      let results = ResultFolder(folder.path)
      try Self.write(Self.file(late: 0, process: ProcessMark(of: number)), to: results)
      #expect(RunningFile.all(in: results).map(\.isSuspended) == [false])
      kill(number, SIGSTOP)
      var runs: [RunningFile] = []
      for _ in 0..<100 where runs.first?.isSuspended != true {
        usleep(10_000)
        runs = RunningFile.all(in: results)
      }
      let run = try #require(runs.first)
      #expect(run.isAlive && run.isSuspended)
      let text = StatusText(
        name: "size", state: ResultState(done: 50, failed: 0, missing: 30), runs: [run], saved: 0,
        lastResult: nil, reasons: [], now: run.updated + 50)
      #expect(
        text.lines == [
          "size: 50 of 80 trials done, 30 pending",
          "suspended on node1, 4 ranks: 40 % of the work; continue it with kill -CONT \(number)",
        ])
      let record = text.record(folder: "results/size").runs[0]
      #expect(record.state == "suspended" && record.remainingSeconds == nil)
      kill(number, SIGCONT)
    }
  }
}
