import Foundation
import Journal
import SweepPlan
import TestSupport
import Testing

@testable import elise_sweep

@Suite struct ConcurrentRunsTests {
  private static func write(
    _ process: ProcessMark, shard: String? = nil, left: Int = 30, to results: ResultFolder
  ) throws {
    let now = Date().timeIntervalSince1970
    let run = RunningFile(
      host: "node1", ranks: 4, threads: 4, shard: shard, start: now - 60, updated: now, left: left,
      fraction: 0.4, remaining: 63, trialsPerSecond: 0.1, updates: 7, process: process)
    try FileManager.default.createDirectory(
      atPath: results.running, withIntermediateDirectories: true)
    try JSONEncoder().encode(run).write(to: URL(filePath: results.running + "/node1-1.json"))
  }

  /// If this fails, a second terminal or a second job computes for a night what the first one computes; or
  /// the jobs of an array, which share a folder on purpose, warn of each other.
  @Test(
    "Only runs that are alive and compute the same trials are warned of",
    arguments: [
      (nil, nil, true), ("1/2", nil, true), (nil, "2/2", true), ("1/2", "1/2", true),
      ("1/2", "2/2", false), ("1/2", "1/3", true), ("1/6", "6/6", false),
      // Six trials: the first and last are in shard 1 of 3, the third one in shard 3 of 6.
      ("1/3", "3/6", false),
    ] as [(String?, String?, Bool)])
  func sharedTrials(own: String?, other: String?, isShared: Bool) throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      let sweep = try SweepFile(contentsOf: folder.appendingPathComponent("small.yaml").path)
      let results = ResultFolder(folder.appendingPathComponent("results").path)
      let heading = RunHeading(
        sweep: sweep, plan: try Plan(sweep), folder: results, ranks: 1, threads: 1,
        shard: own.flatMap { Shard($0) })
      func warning() -> String? { ConcurrentRuns(heading, patience: 0.3).warning }
      #expect(warning() == nil)
      try Self.write(.current, shard: other, to: results)
      #expect((warning() != nil) == isShared)
      var dead = ProcessMark.current
      dead.start = "1"
      let elsewhere = ProcessMark(machine: "another", number: 1, start: "1")
      for process in [dead, elsewhere] {
        try Self.write(process, shard: other, to: results)
        #expect(warning() == nil)
      }
      try Self.write(.current, shard: other, left: 0, to: results)
      #expect(warning() == nil, "It writes tables.")
    }
  }

  /// If this fails, nobody reads which process to stop.
  @Test("A run warns before it starts, once") func message() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, cycles: 1)
      let results = ResultFolder(folder.appendingPathComponent("results/small").path)
      try Self.write(.current, to: results)
      let outcome = try Program.run(["run", "small.yaml", "--quiet"], in: folder)
      #expect(outcome.exitCode == 0)
      let start =
        "warning: another run of this sweep is in progress on node1 (process \(getpid())) since "
      #expect(outcome.errors.hasPrefix(start), "\(outcome.errors)")
      #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
      #expect(
        outcome.errors.contains(
          "; trials may be computed twice, but none is lost or counted twice."))
      #expect(outcome.errors.contains("; elise-sweep status results/small shows the progress"))
    }
  }
}
