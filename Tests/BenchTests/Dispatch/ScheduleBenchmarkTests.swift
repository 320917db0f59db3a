import Bench
import MPI
import Synchronization
import TestSupport
import Testing

@Suite struct ScheduleBenchmarkTests {
  private static func measured(
    ranks: Int, threads: Int, coordinatorSeconds: Double = 1e-5
  ) throws -> ScheduleBenchmark.Outcome {
    let world = LocalCommunicator.world(size: ranks)
    let measured = Mutex<ScheduleBenchmark.Outcome?>(nil)
    try onThreads(ranks) { rank in
      let outcome = try ScheduleBenchmark(trials: 40, coreSeconds: 0.6).run(
        over: world[rank], threads: threads, coordinatorSeconds: coordinatorSeconds)
      if let outcome { measured.withLock { $0 = outcome } }
    }
    return try #require(measured.withLock { $0 })
  }

  /// If this fails, what is measured is another run than what is predicted. How near they are is not
  /// tested: other tests run beside this one.
  @Test(arguments: [(1, 1), (2, 1), (2, 3)])
  func bothTakeNoLessThanTheirTrials(ranks: Int, threads: Int) throws {
    let outcome = try Self.measured(ranks: ranks, threads: threads)
    #expect(outcome.trials == 72)
    #expect(outcome.ranks == ranks && outcome.threads == ranks * threads)
    // 10,101 cycles of 6 to 60 notes, and networks of 28 to 93 neurons.
    #expect((10...100).contains(outcome.longest / outcome.shortest))
    let bound = max(0.6 / Double(ranks * threads), outcome.longest)
    #expect(outcome.seconds >= bound)
    #expect((bound...1.5 * bound).contains(outcome.predictedSeconds))
    #expect(outcome.coordinatorSeconds > 0)
    #expect((7e-4...8e-4).contains(outcome.predictedCoordinatorSeconds))
  }

  /// If this fails, the cost of dispatch is left out of what is predicted.
  @Test func dispatchCounts() throws {
    let outcome = try Self.measured(ranks: 2, threads: 1, coordinatorSeconds: 0.05)
    #expect(outcome.predictedSeconds >= 72 * 0.05)
  }
}
