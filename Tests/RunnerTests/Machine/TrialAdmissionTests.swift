import NeuralCore
import Synchronization
import TestSupport
import Testing

@testable import Runner
@testable import SweepPlan

@Suite struct TrialAdmissionTests {
  private static func available(process: Double = .infinity, node: Double) -> AvailableMemory {
    AvailableMemory(
      process: MemoryLimit(bytes: process, source: "ulimit -v"),
      node: MemoryLimit(bytes: node, source: "memory.max"))
  }

  private static func trial(_ bytes: Double) -> TrialMemory {
    TrialMemory(network: bytes, record: 0, neurons: 100)
  }

  private static func name() -> String { "test-\(UInt64.random(in: 0 ... .max))" }

  /// If this fails, the trials of all threads take more memory than there is, and the run is killed; or
  /// one of them waits for ever.
  @Test("No more trials run than fit, of all ranks of a node", arguments: [1, 4])
  func runsFewer(ranks: Int) throws {
    let name = Self.name()
    let used = Mutex((now: 0.0, most: 0.0))
    let admissions = (0..<ranks).map { _ in
      TrialAdmission(
        Self.available(node: 1000), largest: 600, threads: 8 / ranks, ranks: ranks, run: name)
    }
    try onThreads(8) { thread in
      for round in 0..<6 {
        let bytes = (thread + round) % 3 == 0 ? 600.0 : 190
        let admission = admissions[thread % ranks]
        #expect(!admission.admitsAll)
        let parts = try #require(try admission.admit(Self.trial(bytes), isLeaving: { false }))
        used.withLock {
          $0.now += bytes
          $0.most = max($0.most, $0.now)
        }
        WakeableSleep().sleep(for: .milliseconds(3))
        used.withLock { $0.now -= bytes }
        withExtendedLifetime(parts) {}
      }
    }
    let most = used.withLock { $0.most }
    #expect(most <= 1000 && most > 600, "\(most)")
  }

  /// If this fails, trials wait although all of them fit.
  @Test func waitsForNothingIfAllFit() throws {
    let available = Self.available(process: 400, node: 1000)
    let admission = TrialAdmission(available, largest: 100, threads: 4, ranks: 2, run: Self.name())
    #expect(admission.admitsAll)
    #expect(
      TrialAdmission.warning(available, largest: Self.trial(100), threads: 4, ranks: 2) == nil)
    let tight = TrialAdmission(available, largest: 100, threads: 4, ranks: 3, run: Self.name())
    #expect(!tight.admitsAll)
  }

  /// If this fails, one network that is too large ends the run, or the reason does not say by how much.
  @Test("A trial that does not fit alone fails with numbers that differ")
  func tooLarge() throws {
    let available = Self.available(process: 3.0004e9, node: 9e9)
    let admission = TrialAdmission(
      available, largest: 3.0006e9, threads: 1, ranks: 1, run: Self.name())
    #expect(try admission.admit(Self.trial(3e9), isLeaving: { false })?.count == 1)
    let error = #expect(throws: MemoryExceeded.self) {
      try admission.admit(Self.trial(3.0006e9), isLeaving: { false })
    }
    #expect(
      error?.description
        == "memory: got 3.001 GB for a network of 100 neurons; expected at most 3 GB, "
        + "the limit by ulimit -v")
    #expect(
      TrialAdmission.warning(available, largest: Self.trial(1.6e9), threads: 2, ranks: 1)
        == "2 of the largest trials at a time take 3.2 GB of memory; 3 GB are available (ulimit -v), "
        + "so fewer run at a time")
  }

  /// If this fails, a message says `1.8e+04 GB`.
  @Test func largeSizesHaveNoExponent() {
    let (needed, allowed) = MemoryText.pair(18e12, 24.7e9)
    #expect(needed == "18000 GB" && allowed == "24.7 GB")
  }

  /// If this fails, a run whose trials wait for memory ignores SIGTERM.
  @Test func stopsWaitingAtTheEndOfTheRun() throws {
    let admission = TrialAdmission(
      Self.available(node: 1000), largest: 600, threads: 2, ranks: 1, run: Self.name())
    let first = try #require(try admission.admit(Self.trial(600), isLeaving: { false }))
    var asked = 0
    let second = try admission.admit(Self.trial(600)) {
      asked += 1
      return asked > 3
    }
    #expect(second == nil)
    withExtendedLifetime(first) {}
  }
}
