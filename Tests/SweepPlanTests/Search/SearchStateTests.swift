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
    var waiting = (0..<state.units.count).flatMap { state.pending($0) }
    var ran: Set<Int> = []
    while !waiting.isEmpty {
      let trial = waiting.remove(at: order(waiting.count))
      try #require(ran.insert(trial).inserted, "trial \(trial) was asked for twice")
      try #require(state.isPending(trial))
      waiting += state.take(outcome(trial), of: trial)
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
      #expect((0..<first.units.count).allSatisfy { first.hasEnded($0) })

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
    #expect(state.hasFailed(1) && !state.hasFound(1) && state.hasEnded(1))
    #expect(state.hasFound(0) && !state.hasFailed(0))
    #expect(ChoiceCounts(state).failed == 1 && ChoiceCounts(state).ended == 2)

    for trial in asked(state) where trial != failing { known[trial] = .met }
    let (again, ran) = try run(
      plan, knowing: known, order: { _ in 0 }, outcome: { _ in .met })
    #expect(ran.contains(failing) && again.hasFound(1))
    #expect(again.walk(0) == state.walk(0))
  }

  /// A search along seven values, of which some are met.
  private func search(
    _ met: Set<Int>, beyond: String = "", knowing known: (Int) -> Bool = { _ in false }
  ) throws -> (state: SearchState, ran: Set<Int>) {
    let plan = try Self.plan(
      "sequence_length: {from: 10, to: 16}\(beyond)", grid: "grid: {seed: [1]}")
    let places = try #require(plan.searches)[0]
    func outcome(_ trial: Int) -> SearchOutcome {
      met.contains(places.firstIndex(of: trial)!) ? .met : .missed
    }
    let (state, ran) = try run(
      plan, knowing: (0..<7).map { known(places.firstIndex(of: $0)!) ? outcome($0) : nil },
      order: { _ in 0 }, outcome: outcome)
    return (state, Set(ran.map { places.firstIndex(of: $0)! }))
  }

  /// If this fails, a user trusts a frontier although the network recalls longer sequences, or a value
  /// beyond it changes the frontier, so that results depend on how much was verified.
  @Test func valuesBeyondTheFrontierVerifyIt() throws {
    let (state, ran) = try search([0, 1, 4])
    #expect(state.walk(0).lastMet == 1 && state.walk(0).firstMissed == 2)
    #expect(ran == [3, 1, 2, 4, 5] && state.verified(0) == (2, 1))
    #expect(state.hasFound(0) && state.hasEnded(0) && !state.hasFailed(0))

    let consistent = try search([0, 1])
    #expect(consistent.ran == ran && consistent.state.verified(0) == (2, 0))
    #expect(consistent.state.walk(0) == state.walk(0))
    // Nothing lies beyond the last value, and a network that recalls nothing is verified as well.
    let last = try search([0, 1, 2, 3, 4, 5])
    #expect(last.ran == [3, 5, 6] && last.state.verified(0) == (0, 0))
    let all = try search(Set(0..<7))
    #expect(all.ran == [3, 5, 6] && all.state.verified(0) == (0, 0) && all.state.hasEnded(0))
    let none = try search([2])
    #expect(none.state.walk(0).lastMet == -1)
    #expect(none.ran == [3, 1, 0, 2, 5] && none.state.verified(0) == (2, 1))

    #expect(try search([0, 1, 4], beyond: ", beyond: 0").ran == [3, 1, 2])
    #expect(try search([0, 1, 4], beyond: ", beyond: 1").ran == [3, 1, 2, 4])
    #expect(try search([0, 1, 4], beyond: ", beyond: 9").ran == [3, 1, 2, 4, 5, 6])
  }

  /// If this fails, a folder of an older version, whose searches ended at their frontiers, loses them, runs
  /// them again, or is called complete although nothing was verified.
  @Test func searchesThatEndedAtTheirFrontierContinueBeyondIt() throws {
    let plan = try Self.plan("sequence_length: {from: 10, to: 16}", grid: "grid: {seed: [1]}")
    let units = try #require(plan.searches)
    let places = units[0]
    var known = [SearchOutcome?](repeating: nil, count: 7)
    for (place, outcome) in [(3, SearchOutcome.missed), (1, .met), (2, .missed)] {
      known[places[place]] = outcome
    }
    var state = SearchState(units, outcomes: known)
    #expect(state.hasFound(0) && state.walk(0).lastMet == 1 && !state.hasEnded(0))
    #expect(state.pending(0) == [places[4], places[5]] && state.left(0) == 2...2)
    let counts = ChoiceCounts(state)
    #expect(counts.ended == 0 && counts.verifying == 1 && counts.left == 2...2)
    #expect((0..<7).filter { state.mayBeRun[$0] } == [places[4], places[5]].sorted())

    // One that fails is not counted, and the other runs nevertheless.
    #expect(state.take(.unknown, of: places[4]) == [] && state.pending(0) == [places[5]])
    #expect(state.take(.met, of: places[5]) == [] && state.hasEnded(0))
    #expect(
      state.verified(0) == (1, 1) && !state.hasFailed(0) && ChoiceCounts(state).verifying == 0)
  }

  /// If this fails, `plan` names fewer or more trials than a search runs.
  @Test(arguments: [0, 1, 2, 5, 40])
  func theLeastAndTheMostAreKnown(beyond: Int) throws {
    for count in [2, 3, 7, 12, 16] {
      let plan = try Self.plan(
        "sequence_length: {from: 10, to: \(9 + count)}, beyond: \(beyond)",
        grid: "grid: {seed: [1]}")
      let units = try #require(plan.searches)
      let never = [SearchOutcome?](repeating: nil, count: count)
      let (start, places) = (SearchState(units, outcomes: never), units[0])
      let sizes = try (0...count).map { frontier in
        try run(plan, knowing: never, order: { _ in 0 }) {
          places.firstIndex(of: $0)! < frontier ? .met : .missed
        }.ran
      }
      #expect(start.left(0) == sizes.map(\.count).min()!...sizes.map(\.count).max()!)
      #expect(Set((0..<count).filter { start.mayBeRun[$0] }).isSuperset(of: sizes.flatMap(\.self)))
      // The same remains if a grid has run some of the values.
      let known = (0..<count).map { $0 % 3 == 0 ? SearchOutcome.missed : nil }
      let (later, ran) = try run(plan, knowing: known, order: { _ in 0 }, outcome: { _ in .missed })
      #expect(SearchState(units, outcomes: known).left(0).contains(ran.count))
      #expect(later.left(0) == 0...0)
    }
  }
}
