import TestSupport
import Testing

@testable import SweepPlan

@Suite struct SearchStateTests {
  /// The plan of a search over generated sequences.
  static func plan(
    _ search: String, grid: String = "grid: {latent: [20, 30], seed: [1, 2, 3]}"
  ) throws -> Plan {
    try Plan(
      readSweep(
        "name: s\nfixed: {pattern: generated, vocabulary: 13, order: 3}\n\(grid)\n"
          + "search: {\(search)}\n"))
  }

  private static func lengths(_ plan: Plan, _ unit: Int) throws -> [Int?] {
    try #require(plan.searches)[unit].map { plan.trial(at: $0).parameters.sequenceLength }
  }

  /// If this fails, trials of different networks decide over one another's sequences.
  @Test func unitsDifferInAllButTheSearchedKey() throws {
    let plan = try Self.plan("sequence_length: {from: 10, to: 16, step: 2}")
    let units = try #require(plan.searches)
    #expect(plan.count == 24 && units.count == 6)
    for unit in 0..<units.count {
      #expect(try Self.lengths(plan, unit) == [10, 12, 14, 16])
      let parameters = units[unit].map { plan.trial(at: $0).parameters }
      #expect(Set(parameters.map(\.latent)).count == 1 && Set(parameters.map(\.seed)).count == 1)
      for trial in units[unit] { #expect(units.unit(of: trial) == unit) }
    }
    #expect(plan.axes.map(\.key) == ["latent", "sequence_length", "seed"])
  }

  /// If this fails, a search that is to start from large values starts from small ones, so that its
  /// frontier is always beyond them.
  @Test func startsFromTheSideOnWhichTheCriterionIsMet() throws {
    let plan = try Self.plan("sequence_length: [10, 30, 20], met: above", grid: "grid: {seed: [1]}")
    #expect(try Self.lengths(plan, 0) == [30, 20, 10])
  }

  /// If this fails, values that a block excludes are run, or two blocks search for one network twice.
  @Test func blocksAndExclusions() throws {
    let plan = try Self.plan(
      "sequence_length: [10, 20, 30]",
      grid: """
        grid:
          - {latent: [20, 30], exclude: [{latent: 20, sequence_length: 20}]}
          - {latent: [30, 40]}
        """)
    #expect(try #require(plan.searches).count == 3)
    #expect(
      try (0..<3).map { try Self.lengths(plan, $0) } == [[10, 30], [10, 20, 30], [10, 20, 30]])
  }

  /// A sweep without any other key is one search.
  @Test func searchAloneIsASweep() throws {
    let plan = try Self.plan("sequence_length: {from: 10, to: 19}", grid: "")
    #expect(try #require(plan.searches).count == 1)
    #expect(plan.count == 10)
  }

  /// Gives outcomes in some order, as ranks would, and says which trials ran.
  private func run(
    _ plan: Plan, knowing known: [SearchOutcome?], order: (Int) -> Int,
    outcome: (Int) -> SearchOutcome
  ) throws -> (state: SearchState, ran: Set<Int>) {
    var state = SearchState(try #require(plan.searches), outcomes: known)
    var waiting = (0..<state.units.count).compactMap { state.next($0) }
    var ran: Set<Int> = []
    while !waiting.isEmpty {
      let trial = waiting.remove(at: order(waiting.count))
      try #require(ran.insert(trial).inserted, "trial \(trial) was asked for twice")
      if let next = state.take(outcome(trial), of: trial) { waiting.append(next) }
    }
    return (state, ran)
  }

  private func asked(_ state: SearchState) -> [Int] {
    (0..<state.units.trialCount).filter(state.asksFor)
  }

  /// If this fails, tables depend on how many ranks computed them, on kills, or on what else was run
  /// into the folder.
  @Test func asksForTheSameTrialsInEveryOrder() throws {
    let plan = try Self.plan("sequence_length: {from: 10, to: 40}")
    let never = [SearchOutcome?](repeating: nil, count: plan.count)
    for salt in 0..<20 {
      // Outcomes without any order, of which some say nothing.
      func outcome(_ trial: Int) -> SearchOutcome {
        let number = (trial &* 2_654_435_761 &+ salt &* 40_503) >> 7
        return number % 29 == 0 ? .unknown : number % 2 == 0 ? .met : .missed
      }
      let (first, ran) = try run(plan, knowing: never, order: { _ in 0 }, outcome: outcome)
      #expect(asked(first) == ran.sorted())
      #expect((0..<first.units.count).allSatisfy { first.next($0) == nil })

      let (last, _) = try run(plan, knowing: never, order: { $0 - 1 }, outcome: outcome)
      #expect(asked(last) == asked(first))

      // Some have been run before: those that the search needs, and others.
      let known = (0..<plan.count).map { ($0 + salt) % 3 == 0 ? outcome($0) : nil }
      let (resumed, rest) = try run(plan, knowing: known, order: { _ in 0 }, outcome: outcome)
      #expect(asked(resumed) == asked(first))
      #expect(rest == ran.filter { known[$0] == nil })
      for unit in 0..<first.units.count { #expect(resumed.walk(unit) == first.walk(unit)) }
    }
  }

  /// If this fails, a search hangs at a trial that failed, takes it for one that does not recall, or
  /// does not go on when it is run again.
  @Test func failedTrialEndsItsSearchUntilItIsRunAgain() throws {
    let plan = try Self.plan("sequence_length: {from: 10, to: 17}", grid: "grid: {seed: [1, 2]}")
    var known = [SearchOutcome?](repeating: nil, count: plan.count)
    let failing = try #require(plan.searches)[1][3]
    let (state, _) = try run(
      plan, knowing: known, order: { _ in 0 }, outcome: { $0 == failing ? .unknown : .met })
    #expect(state.hasFailed(1) && !state.hasFound(1) && state.next(1) == nil)
    #expect(state.hasFound(0) && !state.hasFailed(0))
    #expect(ChoiceCounts(state).failed == 1 && ChoiceCounts(state).ended == 2)

    for trial in asked(state) where trial != failing { known[trial] = .met }
    let (again, ran) = try run(
      plan, knowing: known, order: { _ in 0 }, outcome: { _ in .met })
    #expect(ran.contains(failing) && again.hasFound(1))
    #expect(again.walk(0) == state.walk(0))
  }
}
