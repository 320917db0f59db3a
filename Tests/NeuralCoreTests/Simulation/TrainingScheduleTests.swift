import NeuralCore
import Testing

/// If these fail, a network is tested with the teacher on, or trained with it off.
@Suite struct TrainingScheduleTests {
  @Test("The paper's schedule: 10,001 training cycles and 100 of replay")
  func paper() {
    let cycles = TrainingSchedule().cycles()
    #expect(cycles.count == 10_001 + 100)
    #expect(describe(cycles[0]) == "training -1 nudged")
    #expect(describe(cycles[10_000]) == "training 9999 nudged")
    #expect(cycles.filter(\.isFreeTest).map(\.number) == Array(stride(from: 0, to: 10_000, by: 20)))
    #expect(cycles[10_001...].map(\.number) == Array(0..<100))
    #expect(cycles[10_001...].allSatisfy { $0.phase == .replay && !$0.isFreeTest })
    #expect(cycles[10_001...].filter(\.nudged).map(\.number) == [0, 1, 2])
  }

  @Test("The cycle before the first is nudged however often tests are", arguments: [2, 3, 20])
  func warmUp(testEvery: Int) {
    var schedule = TrainingSchedule()
    schedule.testEvery = testEvery
    schedule.trainingCycles = 2 * testEvery + 1
    #expect(schedule.cycles()[0].nudged)
    #expect(schedule.cycles().filter(\.isFreeTest).map(\.number) == [0, testEvery, 2 * testEvery])
  }

  @Test(
    "Continued training skips the cycles that have been trained",
    arguments: [
      (-1, 6), (0, 5), (3, 2), (5, 0), (9, 0),
    ])
  func continued(first: Int, left: Int) {
    var schedule = TrainingSchedule()
    schedule.trainingCycles = 5
    schedule.replayCycles = 2
    let cycles = schedule.cycles(from: first)
    #expect(cycles.map(\.number) == Array(5 - left..<5) + [0, 1])
    #expect(cycles.suffix(2).allSatisfy { $0.phase == .replay })
  }

  @Test("More nudged replay cycles than there are replay cycles nudge them all")
  func nudgedReplay() {
    var schedule = TrainingSchedule()
    schedule.trainingCycles = 0
    schedule.replayCycles = 2
    schedule.nudgedReplayCycles = 3
    #expect(schedule.cycles(from: 0).map(\.nudged) == [true, true])
    schedule.nudgedReplayCycles = 0
    #expect(schedule.cycles(from: 0).map(\.nudged) == [false, false])
  }

  /// If this fails, `plan` warns of free tests that do show what a network keeps, or is silent about those
  /// that do not.
  @Test("Which free tests come after other patterns, counted one by one", arguments: 1...4)
  func testsAtEndsOfTurns(patterns: Int) {
    for (turn, every) in (1...6).flatMap({ turn in (1...13).map { (turn, $0) } }) {
      var schedule = TrainingSchedule()
      schedule.trainingCycles = 10 * turn * every
      schedule.patterns = patterns
      (schedule.turnCycles, schedule.testEvery) = (turn, every)
      let tests = schedule.cycles().filter { $0.isFreeTest && $0.number > 0 }
      let followTheirTurn = tests.allSatisfy { test in
        let others = [test.number - 1, test.number + 1].map(schedule.pattern(inTrainingCycle:))
        return others[0] == test.pattern && others[1] != test.pattern
      }
      #expect(
        schedule.testsOnlyEndsOfTurns == followTheirTurn, "\(turn) \(every)")
    }
  }

  @Test("Patterns are learned in turn, and a turn ends with a free test")
  func turns() {
    var schedule = TrainingSchedule()
    schedule.trainingCycles = 10
    schedule.testEvery = 2
    schedule.patterns = 3
    schedule.turnCycles = 2
    schedule.replayCycles = 2
    schedule.nudgedReplayCycles = 1
    let cycles = schedule.cycles()
    // Cycles -1, 0, 1 to 9; then the replays.
    #expect(cycles.map(\.pattern) == [0, 0, 0, 0, 1, 1, 2, 2, 0, 0, 1, 0, 0, 1, 1, 2, 2])
    let turnEnds = cycles.prefix(11).enumerated().filter { $0.element.isFreeTest }
    #expect(turnEnds.map(\.element.number) == [0, 2, 4, 6, 8])
    #expect(turnEnds.dropFirst().allSatisfy { cycles[$0.offset - 1].pattern == $0.element.pattern })
    #expect(cycles.suffix(6).map(\.nudged) == [true, false, true, false, true, false])
    #expect(cycles.suffix(6).map(schedule.endsReplay) == [false, true, false, true, false, true])
  }

  @Test("A cue finds a network at rest and is over within its cycle")
  func cue() {
    var schedule = TrainingSchedule()
    schedule.trainingCycles = 0
    schedule.patterns = 2
    schedule.replayCycles = 2
    schedule.cueNotes = 5
    #expect(
      schedule.cycles(from: 0).map(describe) == [
        "rest -1 free", "replay 0 nudged", "replay 1 free",
        "rest -1 free", "replay 0 nudged", "replay 1 free",
      ])
    #expect(schedule.cuedReplayCycles == 1)
    schedule.replayCycles = 0
    #expect(schedule.cycles(from: 0).isEmpty)
  }

  private func describe(_ cycle: Cycle) -> String {
    "\(cycle.phase) \(cycle.number) \(cycle.nudged ? "nudged" : "free")"
  }
}
