import Bench
import Foundation
import Journal
import MPI
import SweepPlan
import Synchronization
import TestSupport
import Testing

@Suite struct DispatchBenchmarkTests {
  /// If this fails, the numbers that the benchmark prints belong to something else than whole trials.
  @Test(arguments: [(1, 1, false), (2, 2, false), (1, 1, true), (2, 1, true)])
  func everyTrialIsInTheJournal(ranks: Int, threads: Int, isOneByOne: Bool) throws {
    try withTemporaryFolder { folder in
      let world = LocalCommunicator.world(size: ranks)
      let path = folder.path
      let measured = Mutex<[DispatchBenchmark.Outcome]>([])
      try onThreads(ranks) { rank in
        let outcome = try DispatchBenchmark(trials: 1_000, isOneByOne: isOneByOne)
          .run(over: world[rank], folder: path, threads: threads)
        if let outcome { measured.withLock { $0.append(outcome) } }
      }
      let outcome = try #require(measured.withLock { $0 }.first)
      #expect(measured.withLock { $0.count } == 1)
      #expect(outcome.trials == 1_000)
      #expect(outcome.ranks == ranks && outcome.threads == ranks * threads)
      #expect(outcome.seconds > 0)
      #expect((0...outcome.seconds).contains(outcome.coordinatorSeconds))
      let journal = try JournalReader.read(folder: path + "/journal")
      #expect(journal.rows.count == 1_000)
      #expect(journal.rows.values.allSatisfy { $0.status == (isOneByOne ? .failed : .done) })
      #expect(journal.damage.isEmpty)
    }
  }
}
