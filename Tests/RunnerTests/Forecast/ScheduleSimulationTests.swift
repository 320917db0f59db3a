import Testing

@testable import Runner
@testable import SweepPlan

@Suite struct ScheduleSimulationTests {
  private static func simulation(
    _ costs: [Double], messages: ScheduleSimulation.Messages = .free
  ) -> ScheduleSimulation {
    let lines = Dictionary(grouping: costs.indices) { costs[$0] }.map { cost, indices in
      TrialQueue.Line(shape: .taking(cost), indices: indices.map { UInt32($0) })
    }
    return ScheduleSimulation(lines: lines, model: CostModel(), messages: messages)
  }

  /// Trials of very different lengths, in no order.
  private static let mixed = (1...200).map { Double($0 * 37 % 101) / 10 + 0.05 }

  /// If this fails, the time on one core is not what the trials take.
  @Test(arguments: [[5, 3, 1, 2], mixed, Array(repeating: 0.01, count: 1_000)])
  func oneRankTakesTheSum(costs: [Double]) {
    let outcome = Self.simulation(costs).run(ranks: 1, threads: 1)
    #expect(abs(outcome.seconds - costs.reduce(0, +)) < 1e-6)
    #expect(outcome.coordinatorSeconds == 0)
  }

  /// If this fails, `plan` predicts a run of few trials on many threads without their help.
  @Test(arguments: zip(["1 on 2", "2 on 2", "3 on 2", "1 on 4"], [0.63, 1, 1.63, 0.51]))
  func idleThreadsHelp(_ trialsOnThreads: String, expected: Double) {
    let numbers = trialsOnThreads.split(separator: " ").compactMap { Int($0) }
    let (trials, threads) = (numbers[0], numbers[1])
    // Networks of 100 neurons have 13 vectors and room for two helpers.
    var simulation = Self.simulation(Array(repeating: 100, count: trials))
    simulation.isHelped = true
    let seconds = simulation.run(ranks: 1, threads: threads).seconds / 100
    #expect(abs(seconds / expected - 1) < 0.02, "got \(seconds)")
    // Idle threads of other ranks do not help.
    #expect(
      abs(simulation.run(ranks: trials * threads, threads: 1).seconds / 100 - 1) < 1e-9)
  }

  /// If this fails, `plan` predicts large sweeps by other rules than small ones.
  @Test(arguments: [1, 3, 20], [0, 1e-4, 0.02])
  func longRunsGoAsTheyWouldInFull(ranks: Int, coordinator: Double) {
    let costs = (0..<20_000).map { [0.31, 0.07, 0.55, 0.02, 0.9][$0 % 5] }
    let simulation = Self.simulation(
      costs, messages: .init(coordinator: coordinator, latency: 1e-4))
    let full = simulation.run(ranks: ranks, threads: 2)
    let near = simulation.nearOutcome(ranks: ranks, threads: 2)
    #expect(abs(near.seconds / full.seconds - 1) < 0.005)
    #expect(abs(near.coordinatorSeconds - full.coordinatorSeconds) <= 1e-9 * full.seconds)
  }

  /// Few trials are played through one by one.
  @Test(arguments: [1, 4, 50])
  func shortRunsArePlayedInFull(ranks: Int) {
    let simulation = Self.simulation(Self.mixed, messages: .init(coordinator: 1e-3))
    let full = simulation.run(ranks: ranks, threads: 1)
    let near = simulation.nearOutcome(ranks: ranks, threads: 1)
    if ranks == 50 {
      #expect(near.seconds == full.seconds)
    } else {
      #expect(abs(near.seconds / full.seconds - 1) < 0.02)
    }
  }

  /// Longest first is never worse than 4/3 of the best, and near the bound where trials are many.
  ///
  /// If this fails, users ask for the wrong number of nodes.
  @Test(arguments: [1, 2, 3, 7, 64, 500], [1, 4])
  func noRunBeatsTheBoundOrIsFarFromIt(ranks: Int, threads: Int) {
    let costs = Self.mixed
    let outcome = Self.simulation(costs).run(ranks: ranks, threads: threads)
    let bound = max(costs.reduce(0, +) / Double(ranks * threads), costs.max()!)
    #expect(outcome.seconds >= bound - 1e-6)
    #expect(outcome.seconds <= 4 / 3 * bound)
    if ranks * threads <= 7 { #expect(outcome.seconds <= 1.05 * bound) }
  }

  /// If this fails, `plan` predicts a schedule that differs from that of ``Coordinator``.
  @Test func longestTrialsStartFirst() {
    let outcome = Self.simulation([3, 1, 4, 1, 5, 9, 2, 6]).run(
      ranks: 1, threads: 1, recordsStarts: true)
    #expect(outcome.started == [5, 7, 4, 2, 0, 6, 1, 3])
    let both = Self.simulation([3, 1, 4, 1, 5, 9, 2, 6]).run(
      ranks: 2, threads: 1, recordsStarts: true)
    // 9 | 6, then 5 at 6, 4 at 9, 3 at 11, 2 at 13, 1 at 14 and 1 at 15.
    #expect(both.started == [5, 7, 4, 2, 0, 6, 1, 3])
    #expect(abs(both.seconds - 16) < 1e-6)
  }

  /// A coordinator that takes a second for each trial hands out no more than one a second.
  ///
  /// If this fails, thousands of ranks are promised what one coordinator cannot serve.
  @Test func slowCoordinatorBoundsTheRun() {
    let outcome = Self.simulation(
      Array(repeating: 2, count: 100), messages: .init(coordinator: 1, latency: 0)
    ).run(ranks: 50, threads: 1)
    #expect(outcome.seconds >= 100)
    #expect(outcome.coordinatorSeconds >= 100)
    #expect(outcome.coordinatorSeconds <= outcome.seconds)
  }

  /// Long trials wait for a message after each; short ones are held in advance and do not.
  @Test func latencyCountsWhereTrialsAreLong() {
    let messages = ScheduleSimulation.Messages(coordinator: 0, latency: 0.01)
    let long = Self.simulation(Array(repeating: 2, count: 100), messages: messages)
      .run(ranks: 2, threads: 1)
    #expect((100.2...101.1).contains(long.seconds))
    let short = Self.simulation(Array(repeating: 0.1, count: 2_000), messages: messages)
      .run(ranks: 2, threads: 1)
    #expect((100...100.4).contains(short.seconds))
  }

  @Test func nothingToRunTakesNoTime() {
    #expect(Self.simulation([]).run(ranks: 3, threads: 2).seconds == 0)
  }

  /// With ten-second trials and the dispatch cost that was measured over MPI, 25 µs for each, one
  /// coordinator keeps 4,096 ranks busy.
  @Test func oneCoordinatorServesThousandsOfRanks() {
    let outcome = Self.simulation(
      Array(repeating: 10, count: 5 * 4_096), messages: .init(coordinator: 25e-6, latency: 1e-3)
    ).run(ranks: 4_096, threads: 1)
    #expect(outcome.seconds < 50 / 0.98)
    #expect(outcome.coordinatorSeconds < 0.05 * outcome.seconds)
  }
}
