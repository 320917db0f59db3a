import NeuralCore
import TestSupport
import Testing

@testable import Scores
@testable import SweepPlan

@Suite struct StageStateTests {
  private static func plan(
    _ until: String = "{score: recalled, half_width: 0.15, at_most: 50}",
    seeds: String = "{from: 1, to: 3}", latent: String = "[10, 20, 30]"
  ) throws -> Plan {
    try Plan(
      readSweep(
        """
        name: x
        fixed: {pattern: ../patterns/fuer_elise.txt}
        grid: {latent: \(latent), seed: \(seeds)}
        until: \(until)
        """))
  }

  /// If this fails, a user gets other seeds than those that `train --set seed=` repeats.
  @Test func theGridHasAllReplicatesThatMayBeNeeded() throws {
    let plan = try Self.plan(seeds: "[7, 3, 5]")
    #expect(plan.count == 150)
    let seeds = plan.axes.first { $0.key == "seed" }?.values ?? []
    #expect(seeds == ([3, 5] + Array(7...54)).map { .integer($0) })
    let stages = try #require(plan.stages)
    #expect(stages.count == 3 && (0..<3).allSatisfy { stages.valueCount($0) == 50 })
    #expect(stages.request.stages(of: 50) == [10, 20, 40, 50])
    #expect(stages.request.stages(of: 17) == [10, 17])
    let many = try #require(try Self.plan(seeds: "{from: 1, to: 25}").stages)
    #expect(many.request.stages(of: 50) == [25, 50])
  }

  /// A score that depends on the trial alone: conditions differ in how often networks recall.
  private static func score(_ plan: Plan, _ trial: Int, salt: Int) -> Double? {
    let parameters = plan.trial(at: trial).parameters
    let number = (trial &* 2_654_435_761 &+ salt &* 40_503) >> 7
    if number % 41 == 0 { return nil }
    switch parameters.latent {
    case 10: return 0
    case 20: return number % 10 == 0 ? 1 : 0
    default: return Double(number % 2)
    }
  }

  private static func run(
    _ plan: Plan, knowing known: [Double?], salt: Int, order: (Int) -> Int
  ) throws -> (state: StageState, ran: Set<Int>) {
    var state = StageState(try #require(plan.stages), scores: known)
    var waiting = (0..<plan.count).filter(state.isPending)
    var ran: Set<Int> = []
    while !waiting.isEmpty {
      let trial = waiting.remove(at: order(waiting.count))
      try #require(ran.insert(trial).inserted, "trial \(trial) was asked for twice")
      waiting += state.finish(trial, .done, score: score(plan, trial, salt: salt))
    }
    return (state, ran)
  }

  /// If this fails, tables depend on how many ranks computed them, on kills, or on what else was run
  /// into the folder.
  @Test func asksForTheSameTrialsInEveryOrder() throws {
    let plan = try Self.plan()
    let never = [Double?](repeating: nil, count: plan.count)
    for salt in 0..<20 {
      let (first, ran) = try Self.run(plan, knowing: never, salt: salt) { _ in 0 }
      let asked = (0..<plan.count).filter(first.asksFor)
      #expect(asked == ran.sorted())
      #expect((0..<3).allSatisfy { first.hasEnded($0) && first.left($0) == 0...0 })
      // Networks that all fail are clear after a few, those that recall by chance are not.
      #expect(first.isPrecise(0) && !first.isPrecise(2))
      #expect(asked.count < plan.count && asked.count >= 80)

      let (last, _) = try Self.run(plan, knowing: never, salt: salt) { $0 - 1 }
      #expect((0..<plan.count).filter(last.asksFor) == asked)

      // Some have been run before: those that conditions need, and others.
      let known = (0..<plan.count).map { trial -> Double? in
        (trial + salt) % 3 == 0 ? Self.score(plan, trial, salt: salt) ?? .nan : nil
      }
      let (resumed, rest) = try Self.run(plan, knowing: known, salt: salt) { $0 / 2 }
      #expect((0..<plan.count).filter(resumed.asksFor) == asked)
      #expect(rest == ran.filter { known[$0] == nil })
    }
  }

  /// If this fails, `plan` promises fewer or more trials than a run can take.
  @Test func theLeastAndTheMostAreKnown() throws {
    let plan = try Self.plan()
    var state = StageState(
      try #require(plan.stages), scores: [Double?](repeating: nil, count: plan.count))
    #expect(ChoiceCounts(state).left == 30...150)
    #expect(ChoiceCounts(state).ended == 0 && !ChoiceCounts(state).isSearch)
    #expect(state.mayBeRun.allSatisfy { $0 })
    for trial in 0..<9 { #expect(state.finish(trial, .done, score: 0) == []) }
    #expect(state.left(0) == 1...41)
    // The tenth ends the first stage: 0 of 10 is not narrow enough.
    #expect(state.finish(9, .failed, score: nil) == Array(10..<20))
    #expect(state.left(0) == 10...40)
  }
}

@Suite("A wrong `until` is refused with place, key, what was found and what is allowed")
struct UntilErrorTests {
  @Test(arguments: [
    (
      "until: recalled", "until: got 'recalled'; expected a mapping with score, half_width, at_most"
    ),
    ("until: {score: recalled, half_width: 0.1}", "until: at_most: got nothing; expected a value"),
    (
      "until: {score: recalled, half_width: 0.1, at_mots: 50}",
      "unknown key 'at_mots', did you mean 'at_most'?; expected score, half_width, at_most"
    ),
    (
      "until: {score: recaled, half_width: 0.1, at_most: 50}",
      "until: score: got 'recaled', did you mean 'recalled'?; expected a score that this sweep "
        + "measures, such as recalled"
    ),
    (
      "until: {score: robustness, half_width: 0.1, at_most: 50}",
      "until: score: got 'robustness', which is not among scores; expected a score"
    ),
    (
      "until: {score: recalled, half_width: 0, at_most: 50}",
      "until: half_width: got '0'; expected a number above 0"
    ),
    (
      "until: {score: recalled, half_width: 0.1, at_most: 9}",
      "until: at_most: got '9'; expected a whole number from 10 to 100000"
    ),
    (
      "until: {score: recalled, half_width: 0.1, at_most: 11}",
      "until: at_most: got '11'; expected at least 12, the number of values of seed in the grid"
    ),
    (
      "until: {score: recalled, half_width: 0.1, at_most: 50}\nblocks: [latent]",
      "until: got it beside blocks; expected one of the two"
    ),
    (
      "until: {score: recalled, half_width: 0.1, at_most: 50}\nsearch: {nudging: [0.1, 0.2]}",
      "until: got it beside search; expected one of the two"
    ),
    (
      "until: {score: recalled, half_width: 0.1, at_most: 50}\nreplicates: [pattern_seed]",
      "until: got a grid without a replicate; expected one replicate that is a whole number"
    ),
    (
      "until: {score: recalled, half_width: 0.1, at_most: 50}\nreplicates: [seed, latent]",
      "until: got the replicates latent, seed; expected one replicate"
    ),
  ])
  func refused(lines: String, message: String) throws {
    let error = #expect(throws: SweepFileError.self) {
      try readSweep(
        """
        name: x
        fixed: {pattern: ../patterns/fuer_elise.txt}
        grid: {latent: [10, 20], seed: {from: 1, to: 12}}
        \(lines)
        """)
    }
    let description = try #require(error).description
    #expect(description.contains("s.yaml:4:"), "\(description)")
    #expect(description.contains(message), "\(description)")
  }

  /// If this fails, a sweep runs as many replicates as it may for a score that no trial can have.
  @Test(arguments: [
    (
      "pattern: ../patterns/wave.txt", "note_accuracy",
      "pattern: got '../patterns/wave.txt', whose values are analog; expected patterns of notes for "
        + "until: score note_accuracy"
    ),
    (
      "pattern: ../patterns/wave.txt", "recalled_bits",
      "pattern: got '../patterns/wave.txt', whose values are analog; expected patterns of notes for "
        + "until: score recalled_bits"
    ),
    ("pattern: ../patterns/wave.txt", "correlation", nil),
    ("pattern: ../patterns/fuer_elise.txt", "note_accuracy", nil),
    (
      "replay_cycles: 13, pattern: ../patterns/fuer_elise.txt", "recalled",
      "replay_cycles: got 13; expected at least 14 for until: score recalled: 10 scored replay "
        + "cycles"
    ),
    (
      "target_noise: 0, pattern: ../patterns/fuer_elise.txt", "denoising_gain",
      "target_noise: got 0; expected noise on the target for until: score denoising_gain"
    ),
    (
      "model: force, pattern: ../patterns/fuer_elise.txt", "robustness",
      "model: got 'force', whose neurons have no membrane; expected elise, reservoir, soma_only "
        + "for until: score robustness"
    ),
  ])
  func scoreThatNoTrialCanHave(fixed: String, score: String, message: String?) throws {
    let text = """
      name: x
      fixed: {\(fixed)}
      grid: {latent: [10, 20], seed: {from: 1, to: 12}}
      scores: [recall, capacity, robustness]
      until: {score: \(score), half_width: 0.1, at_most: 50}
      """
    let plan = Result { try Plan(readSweep(text)) }
    guard let message else {
      #expect(try plan.get().count == 100)
      return
    }
    let error = #expect(throws: SweepFileError.self) { try plan.get() }
    #expect(try #require(error).description.hasSuffix("s.yaml:2:9: \(message)"))
  }

  /// If this fails, some conditions of a sweep have other seeds than the others.
  @Test func blocksOfAGridHaveTheSameReplicates() throws {
    let error = #expect(throws: SweepFileError.self) {
      try readSweep(
        """
        name: x
        fixed: {pattern: ../patterns/fuer_elise.txt}
        grid:
        - {latent: [10], seed: [1, 2]}
        - {latent: [20], seed: [1, 3]}
        until: {score: recalled, half_width: 0.1, at_most: 50}
        """)
    }
    #expect(
      try #require(error).description.hasSuffix(
        "seed: got other values in another block; expected the same values in each block, because "
          + "until adds more"))
  }

  /// If this fails, the program traps at the end of all numbers.
  @Test func numbersThatEndAreRefused() throws {
    let error = #expect(throws: SweepFileError.self) {
      try readSweep(
        """
        name: x
        fixed: {pattern: ../patterns/fuer_elise.txt}
        grid: {seed: [9223372036854775800]}
        until: {score: recalled, half_width: 0.1, at_most: 50}
        """)
    }
    #expect(try #require(error).description.contains("s.yaml:3:"))
  }
}
