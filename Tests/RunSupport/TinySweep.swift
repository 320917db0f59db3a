import Foundation
import MPI
import Synchronization
import TestSupport

@testable import Journal
@testable import Runner
@testable import SweepPlan

/// A sweep of a few milliseconds, in a folder of its own: real networks, much too short to learn.
struct TinySweep: Sendable {
  /// Holds the sweep file, the pattern and, in `out`, the results.
  let folder: URL
  /// The networks of the grid, as written in the file.
  var networks = "latent: [2, 3]"
  /// The values of `seed`.
  var seeds = "[1, 2]"
  /// More lines for `fixed`.
  var fixed: [String] = []
  /// Cycles of training; those of replay are 14.
  var trainingCycles = 3
  /// What is measured, as written in the file.
  var scores = "[recall]"
  /// What is searched, as written in the file; empty where all of the grid is run.
  var search = ""
  /// Until when seeds are added, as written in the file; empty where all of the grid is run.
  var until = ""

  var resultFolder: String { folder.path + "/out" }

  /// The files of the journal in their order.
  var journalFiles: [String] {
    get throws { try JournalReader.files(in: resultFolder + "/journal") }
  }

  /// The rows of the journal, all files one after the other.
  var journalRows: [JournalLine] {
    get throws {
      try journalFiles.flatMap { path in
        try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: UInt8(ascii: "\n"))
          .compactMap { JournalLine(Array($0)[...]) }
      }
    }
  }

  /// The sweep as read from its file.
  func sweep() throws -> SweepFile {
    let lines =
      [
        "name: tiny", "fixed:", "  pattern: tiny.txt", "  note_duration: 2",
        "  training_cycles: \(trainingCycles)", "  replay_cycles: 14",
      ] + fixed.map { "  " + $0 } + [
        "grid:", "  \(networks)", "  seed: \(seeds)", "scores: \(scores)",
      ] + (search.isEmpty ? [] : ["search: \(search)"])
      + (until.isEmpty ? [] : ["until: \(until)"])
    let path = folder.path + "/tiny.yaml"
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: path))
    try Data(Fixtures.tinyPattern.utf8).write(to: folder.appendingPathComponent("tiny.txt"))
    return try SweepFile(contentsOf: path)
  }

  /// Runs the sweep over local ranks, each in a thread of its own.
  func execute(
    ranks: Int = 1, threads: Int = 1, retryFailed: Bool = false, shard: Shard? = nil,
    deadline: ContinuousClock.Instant? = nil,
    isAskedToEnd: @escaping @Sendable (_ rank: Int) -> Bool = { _ in false }
  ) throws -> (outcome: SweepRun.Outcome, warnings: [String]) {
    let sweep = try sweep()
    let plan = try Plan(sweep)
    let world = LocalCommunicator.world(size: ranks)
    let result = Mutex<(SweepRun.Outcome, [String])?>(nil)
    let resultFolder = resultFolder
    try onThreads(ranks) { rank in
      guard rank == 0 else {
        return try SweepRun.follow(world[rank], threads: threads) { isAskedToEnd(rank) }
      }
      var warnings: [String] = []
      var options = SweepRun.Options(threads: threads, retryFailed: retryFailed)
      options.shard = shard
      options.deadline = deadline
      let outcome = try SweepRun(
        sweep: sweep, plan: plan, folder: ResultFolder(resultFolder), options: options,
        world: world[0]
      ).lead(isAskedToEnd: { isAskedToEnd(0) }, warn: { warnings.append($0) }, show: { _ in })
      result.withLock { $0 = (outcome, warnings) }
    }
    return result.withLock { $0! }
  }
}
