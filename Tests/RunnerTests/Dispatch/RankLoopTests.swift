import Foundation
import Synchronization
import Testing

@testable import Runner
@testable import SweepPlan

@Suite struct RankLoopTests {
  /// What a job returns: bytes of every value and, for some jobs, none at all.
  private static func line(_ job: Int) -> [UInt8] {
    (0..<(job % 7) * 100).map { UInt8(truncatingIfNeeded: $0 * 31 + job) }
  }

  private static func status(_ job: Int) -> TrialStatus {
    TrialStatus.allCases[job % TrialStatus.allCases.count]
  }

  /// If this fails, trials are lost, run twice, or get another trial's result.
  @Test(arguments: [1, 2, 4], [1, 3])
  func everyJobIsPerformedOnceAndItsResultArrivesIntact(ranks: Int, threads: Int) throws {
    let costs = (0..<100).map { Double($0 % 10) * 0.03 }  // Some are cheap and some are not.
    let outcome = try DispatchRun(ranks: ranks, threads: threads).run(costs: costs) { job, _ in
      (Self.status(job), Self.line(job))
    }
    #expect(outcome.started.map(\.index).sorted() == Array(0..<100))
    #expect(
      outcome.accepted.sorted { $0.index < $1.index }
        == (0..<100).map {
          DispatchRun.Result(index: $0, status: Self.status($0), line: Self.line($0))
        })
    #expect(outcome.progress.finished == [.done: 25, .failed: 25, .diverged: 25, .timedOut: 25])
    #expect(outcome.progress.count == 100)
    #expect(outcome.progress.fraction == 1)
  }

  /// If this fails, looking at a finished sweep hangs, or its record says that it had no threads.
  @Test(arguments: [1, 2, 4], [1, 3])
  func noJobsEndAtOnce(ranks: Int, threads: Int) throws {
    let outcome = try DispatchRun(ranks: ranks, threads: threads).run(costs: []) { _, _ in
      (.done, [])
    }
    #expect(outcome.started.isEmpty)
    #expect(outcome.progress.count == 0)
    #expect(outcome.threadCount == ranks * threads)
  }

  /// If this fails, the last long trial starts when everything else is done, and a run takes
  /// longer than it must.
  @Test(arguments: [1, 2, 4])
  func longestJobsAreHandedOutFirst(ranks: Int) throws {
    let costs = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 0.01, 0.05]
    let outcome = try DispatchRun(ranks: ranks).run(costs: costs) { _, _ in (.done, []) }
    // Equal costs keep the order of the plan.
    #expect(outcome.assigned == [5, 7, 4, 8, 10, 2, 0, 9, 6, 1, 3, 12, 11])
  }

  /// If this fails, one long trial holds up all others of its rank or of the whole job.
  @Test(arguments: [(1, 3), (2, 1), (2, 3), (4, 1)])
  func longJobDoesNotStopTheOthers(ranks: Int, threads: Int) throws {
    let others = Mutex(0)
    let costs = [1_000] + Array(repeating: 0.01, count: 40)
    let outcome = try DispatchRun(ranks: ranks, threads: threads).run(
      costs: costs, onAccept: { _ in others.withLock { $0 += 1 } },
      perform: { job, _ in
        guard job == 0 else { return (.done, []) }
        // The long one ends only when the results of all others have arrived, or too late.
        for _ in 0..<5_000 where others.withLock({ $0 }) < 40 { usleep(1_000) }
        return (.done, [UInt8(others.withLock { $0 })])
      })
    #expect(outcome.accepted.last == DispatchRun.Result(index: 0, status: .done, line: [40]))
  }

  /// If this fails, a slow node makes a job as slow as itself.
  @Test(arguments: [2, 4])
  func slowRankDoesLess(ranks: Int) throws {
    let outcome = try DispatchRun(ranks: ranks).run(
      costs: Array(repeating: 0.01, count: 60)
    ) { _, rank in
      usleep(rank == 0 ? 60_000 : 1_000)
      return (.done, [])
    }
    #expect(outcome.accepted.count == 60)
    let slow = outcome.started.count { $0.rank == 0 }
    #expect((1...20).contains(slow), "the slow rank did \(slow) of 60 jobs")
    for rank in 1..<ranks { #expect(outcome.started.contains { $0.rank == rank }) }
  }
}
