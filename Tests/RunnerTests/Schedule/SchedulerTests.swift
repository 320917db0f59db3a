import Testing

@testable import Runner
@testable import SweepPlan

extension Scheduler {
  /// Hands out at a time that does not matter.
  fileprivate mutating func take(for rank: Int, time: Double = .infinity) -> [Int] {
    take(for: rank, at: 0, time: time)
  }
}

@Suite struct SchedulerTests {
  private static func scheduler(_ costs: [Double], threads: [Int]) -> Scheduler {
    var scheduler = Scheduler(TrialQueue(costs: costs), ranks: threads.count)
    for (rank, threads) in threads.enumerated() where threads > 0 {
      scheduler.join(rank, threads: threads)
    }
    return scheduler
  }

  /// If this fails, long trials wait behind others while another rank has nothing to do.
  @Test(arguments: [1, 3])
  func longTrialsAreNotHeldInAdvance(threads: Int) {
    var scheduler = Self.scheduler(Array(repeating: 100, count: 10), threads: [threads])
    #expect(scheduler.take(for: 0) == Array(0..<threads))
    #expect(scheduler.take(for: 0) == [])
    scheduler.finish(0, on: 0, seconds: 100, isDone: true)
    #expect(scheduler.take(for: 0) == [threads])
  }

  /// If this fails, a rank with short trials waits for a message after each of them.
  @Test(arguments: [1, 3])
  func shortTrialsAreHeldInAdvance(threads: Int) {
    var scheduler = Self.scheduler(Array(repeating: 0.9, count: 100), threads: [threads])
    #expect(scheduler.take(for: 0) == Array(0..<2 * threads))
    scheduler.finish(0, on: 0, seconds: 0.9, isDone: true)
    #expect(scheduler.take(for: 0) == [2 * threads])
  }

  /// A guess may be wrong by any factor. If this fails, one rank is given all trials of a sweep
  /// because they were believed to be short.
  @Test func manyTrialsAreHeldOnlyOnceTheirTimeIsKnown() {
    var scheduler = Self.scheduler(Array(repeating: 0.01, count: 10_000), threads: [1, 1])
    #expect(scheduler.take(for: 0).count == 2)
    scheduler.finish(0, on: 0, seconds: 0.01, isDone: false)
    #expect(scheduler.take(for: 0).count == 1)
    scheduler.finish(1, on: 0, seconds: 0.01, isDone: true)
    // All that it may hold, of which one trial is there.
    let most = Int(Scheduler.longestLookahead / 0.01)
    #expect((most - 2...most - 1).contains(scheduler.take(for: 0).count))
  }

  /// If this fails, a rank holds thousands of trials that take no time, in one message.
  @Test func noRankHoldsMoreThanItCanBeSentAtOnce() {
    var scheduler = Self.scheduler(Array(repeating: 0.0025, count: 10_000), threads: [2, 1])
    for index in scheduler.take(for: 0) {
      scheduler.finish(index, on: 0, seconds: 1e-6, isDone: true)
    }
    _ = scheduler.take(for: 0)
    #expect(scheduler.handedOut == 2 * Scheduler.mostHeld)
  }

  /// If this fails, one rank still computes what it held while all others have nothing left.
  @Test(arguments: [[1, 1], [4, 1], [2, 2, 2]])
  func theLastTrialsAreHandedOutOneByOne(threads: [Int]) {
    let count = 200
    var scheduler = Self.scheduler(Array(repeating: 0.1, count: count), threads: threads)
    var held = threads.map { _ in [Int]() }
    func refill(_ rank: Int) { held[rank] += scheduler.take(for: rank) }
    for rank in threads.indices { refill(rank) }
    // Every rank finishes as many as it has threads, in turn.
    while scheduler.waiting > 0 {
      for rank in threads.indices {
        for _ in 0..<threads[rank] where !held[rank].isEmpty {
          scheduler.finish(held[rank].removeFirst(), on: rank, seconds: 0.1, isDone: true)
          refill(rank)
        }
      }
    }
    for (rank, threads) in threads.enumerated() {
      #expect(held[rank].count <= 2 * threads, "rank \(rank) still holds \(held[rank].count)")
    }
  }

  /// If this fails, a trial of milliseconds waits for hours behind a long one.
  @Test func shortTrialIsNotHeldBehindALongOne() {
    var scheduler = Self.scheduler([100] + Array(repeating: 0.01, count: 20), threads: [1, 1])
    #expect(scheduler.take(for: 1) == [0])
    #expect(scheduler.take(for: 0) == [1, 2])
    #expect(scheduler.take(for: 1) == [])
    scheduler.finish(0, on: 1, seconds: 100, isDone: true)
    #expect(!scheduler.take(for: 1).isEmpty)
  }

  /// Once few trials are left, a thread does not always get the longest: on two threads,
  /// 8 + 5 + 5 and 6 + 6 + 6 end together, 8 + 6 + 5 would not.
  ///
  /// If this fails, sweeps of a dozen trials keep cores idle at their end.
  @Test func theLastTrialsEndTogether() {
    var scheduler = Self.scheduler([8, 6, 6, 6, 5, 5], threads: [1, 1])
    #expect(scheduler.take(for: 0, at: 0) == [0])
    #expect(scheduler.take(for: 1, at: 0) == [1])
    scheduler.finish(1, on: 1, seconds: 6, isDone: true)
    #expect(scheduler.take(for: 1, at: 6) == [2])
    scheduler.finish(0, on: 0, seconds: 8, isDone: true)
    #expect(scheduler.take(for: 0, at: 8) == [4])
    scheduler.finish(2, on: 1, seconds: 6, isDone: true)
    #expect(scheduler.take(for: 1, at: 12) == [3])
    scheduler.finish(4, on: 0, seconds: 5, isDone: true)
    #expect(scheduler.take(for: 0, at: 13) == [5])
  }

  /// One thread has begun with 10. Another one that asks when 8 of these are left takes 8 and 5, and
  /// when 1 is left 5 and 5.
  @Test(arguments: [(2.0, 1), (9.0, 2)])
  func whatRunsIsReckonedWith(now: Double, trial: Int) {
    var scheduler = Self.scheduler([10, 8, 5, 5], threads: [1, 1])
    #expect(scheduler.take(for: 0, at: 0) == [0])
    #expect(scheduler.take(for: 1, at: now) == [trial])
  }

  /// If this fails, the record does not say how long threads had nothing to do at the end.
  @Test func runsDryWhenAThreadGetsNothing() {
    var scheduler = Self.scheduler([5, 5, 5], threads: [1, 1])
    _ = scheduler.take(for: 0)
    _ = scheduler.take(for: 1)
    #expect(!scheduler.isRunningDry)
    scheduler.finish(0, on: 0, seconds: 5, isDone: true)
    _ = scheduler.take(for: 0)
    #expect(!scheduler.isRunningDry)
    scheduler.finish(1, on: 1, seconds: 5, isDone: true)
    #expect(scheduler.take(for: 1) == [])
    #expect(scheduler.isRunningDry)
  }

  /// If this fails, a run whose time is shorter than every trial never gets anywhere, or one that is
  /// about to end begins what will be in vain.
  @Test(
    arguments: [
      (3600, [0]), (10, [0]), (Scheduler.worthStarting, [0]), (1.2, [1]), (0.7, [2]), (0.1, []),
    ] as [(Double, [Int])])
  func littleTimeIsUsed(time: Double, first: [Int]) {
    var scheduler = Self.scheduler([100, 1, 0.6], threads: [1])
    #expect(Array(scheduler.take(for: 0, time: time).prefix(1)) == first)
  }

  /// If this fails, the expected end that a user sees is wrong.
  @Test func countsWhatIsLeft() {
    var scheduler = Self.scheduler([2, 6, 4], threads: [2])
    #expect(abs(scheduler.remainingCost - 12) < 1e-9)
    #expect(scheduler.take(for: 0) == [1, 2])
    #expect(abs(scheduler.remainingCost - 12) < 1e-9)
    // One that failed says nothing about how long others take.
    scheduler.finish(1, on: 0, seconds: 0.5, isDone: false)
    #expect(abs(scheduler.remainingCost - 6) < 1e-9)
    #expect(scheduler.finishedSeconds == 0.5)
    #expect(scheduler.longestSeconds == 0.5)
  }

  /// Where a machine is slower than was guessed, all that is left is. If this fails, nine tenths of
  /// the work seem to be done when the first trial is.
  @Test func theFirstTrialTellsOfTheOthers() throws {
    var scheduler = Self.scheduler([2, 4, 6, 8], threads: [2])
    #expect(scheduler.take(for: 0) == [3, 2])
    scheduler.finish(3, on: 0, seconds: 80, isDone: true)
    let running = try #require(scheduler.longTrials.first)
    #expect(abs(running.costThen - 6) < 1e-9 && abs(running.cost - 60) < 1e-6)
    // The one that runs still counts as it was handed out.
    #expect(abs(scheduler.remainingCost - (20 + 40 + 6)) < 1e-6)
    #expect(scheduler.longTrials.count == 1)
  }

  /// If this fails, one slow host holds up a run in which all others have nothing to do.
  @Test func lateTrialIsStartedOnceMoreOnAnIdleThread() throws {
    var scheduler = Scheduler(TrialQueue(costs: [5, 5, 5]), ranks: 2)
    for rank in 0..<2 { scheduler.join(rank, threads: 1) }
    #expect(scheduler.take(for: 0, at: 0) == [0] && scheduler.take(for: 1, at: 0) == [1])
    scheduler.finish(0, on: 0, seconds: 5, isDone: true)
    #expect(scheduler.take(for: 0, at: 5) == [2])
    scheduler.finish(2, on: 0, seconds: 5, isDone: true)
    #expect(scheduler.copies(at: 14).isEmpty)
    let copies = scheduler.copies(at: 16)
    #expect(copies.map(\.index) == [1] && copies.map(\.rank) == [0])
    #expect(scheduler.copies(at: 100).isEmpty && scheduler.handedOut == 1)
    // The first result counts, and the other rank learns that nobody needs its own.
    #expect(scheduler.finish(1, on: 0, seconds: 5, isDone: true) == [1])
    #expect(scheduler.finish(1, on: 1, seconds: 50, isDone: true) == nil)
    #expect(scheduler.handedOut == 0 && scheduler.finishedSeconds == 15)
  }
}
