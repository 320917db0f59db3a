import Scores
import Testing

@testable import Experiment
@testable import NeuralCore
@testable import SweepPlan

/// Recordings made by hand instead of by a network.
@Suite struct RecallTestTests {
  private static func cycle(_ phase: Cycle.Phase, _ number: Int, nudged: Bool) -> Cycle {
    Cycle(phase: phase, number: number, nudged: nudged)
  }

  /// What a network records in one cycle in which it produces the target, `lag` samples late.
  static func perfect(_ model: TrialModel, lag: Int = 0) -> RateRecord {
    let target = TargetRates(model.targets[0], model.constants)
    var record = RateRecord(neurons: target.neurons, every: Simulation.sampleEvery)
    for sample in 0..<target.samples {
      let source = (sample + target.samples - lag) % target.samples
      record.append((0..<target.neurons).map { target.values[$0 * target.samples + source] })
    }
    return record
  }

  /// What it records if nothing ever happens.
  static func silence(_ model: TrialModel, pattern: Int = 0) -> RateRecord {
    let target = model.targets[pattern]
    var record = RateRecord(neurons: target.visible, every: Simulation.sampleEvery)
    for _ in 0..<target.steps / 2 {
      record.append(repeatElement(0.02, count: target.visible))
    }
    return record
  }

  private static func replay(_ cycles: Int, of model: TrialModel) -> RecallTest {
    var test = RecallTest(model)
    for number in 0..<cycles {
      test.observe(cycle(.replay, number, nudged: number < 3), perfect(model))
    }
    return test
  }

  /// If this fails, a network that plays the sequence is said not to.
  @Test func perfectReplayScoresFully() throws {
    let model = try TrialModelTests.model()
    let scores = Self.replay(20, of: model).scores
    #expect(abs(try #require(scores["correlation"]) - 1) < 1e-12)
    #expect(try #require(scores["mean_squared_error"]) < 1e-12)
    #expect(scores["note_accuracy"] == 1)
    #expect(scores["recalled"] == 1)
    #expect(scores["drift"] == 0)
    // Cycles 3 to 18 are free and have a successor.
    #expect(scores["horizon"] == 16)
    #expect(scores["horizon_censored"] == 1)
  }

  /// Samples are 0.2 ms apart. If this fails, drift is in other units than the table says.
  @Test func driftIsInMillisecondsPerCycle() throws {
    let model = try TrialModelTests.model()
    var test = RecallTest(model)
    for number in 0..<20 {
      test.observe(
        Self.cycle(.replay, number, nudged: number < 3), Self.perfect(model, lag: number))
    }
    #expect(abs(try #require(test.scores["drift"]) - 0.2) < 0.02)
  }

  /// If this fails, silence passes for recall.
  @Test func silentReplayScoresNothing() throws {
    let model = try TrialModelTests.model()
    var test = RecallTest(model)
    for number in 0..<20 {
      test.observe(Self.cycle(.replay, number, nudged: number < 3), Self.silence(model))
    }
    let scores = test.scores
    #expect(scores["correlation"] == 0)
    #expect(scores["recalled"] == 0)
    #expect(scores["horizon"] == 0)
    #expect(scores["horizon_censored"] == 0)
  }

  /// If this fails, short replays of a quick look crash instead of missing scores.
  @Test(arguments: [0, 1, 4, 5, 13])
  func shortReplayMissesScores(cycles: Int) throws {
    let scores = Self.replay(cycles, of: try TrialModelTests.model()).scores
    for key in ["correlation", "mean_squared_error", "note_accuracy", "recalled"] {
      #expect(scores[key] == nil, "\(key)")
    }
    #expect(scores["horizon"] == (cycles < 5 ? nil : Double(cycles - 4)))
    #expect(scores["horizon_censored"] == (cycles < 5 ? nil : 1))
    #expect(scores["cycles_to_criterion_censored"] == 1)
  }

  /// The nudged cycles of this sweep, and not the usual three, have no score.
  @Test func nudgedCyclesFollowTheParameter() throws {
    let model = try TrialModelTests.model(["nudged_replay_cycles": .integer(7)])
    #expect(Self.replay(20, of: model).scores["horizon"] == 12)
  }

  /// If this fails, learning speed is measured from the wrong cycles.
  @Test func criterionIsTheFirstOfThreeGoodFreeTests() throws {
    let model = try TrialModelTests.model(["training_cycles": .integer(300)])
    var test = RecallTest(model)
    for (index, good) in [false, true, true, false, true, true, true, false].enumerated() {
      test.observe(
        Self.cycle(.training, index * 20, nudged: false),
        good ? Self.perfect(model) : Self.silence(model))
    }
    #expect(test.patterns[0].freeTests.map(\.cycle) == [0, 20, 40, 60, 80, 100, 120, 140])
    #expect(test.scores["cycles_to_criterion"] == 80)
    #expect(test.scores["cycles_to_criterion_censored"] == 0)
  }

  @Test func missedCriterionIsCensoredAtTheBudget() throws {
    let model = try TrialModelTests.model(["training_cycles": .integer(300)])
    #expect(RecallTest(model).scores["cycles_to_criterion"] == 300)
    #expect(RecallTest(model).scores["cycles_to_criterion_censored"] == 1)
  }

  /// If this fails, recording what nobody reads slows training down, or scores lack their data.
  @Test func needsFreeTestsAndReplay() throws {
    let test = RecallTest(try TrialModelTests.model())
    #expect(test.needs(Self.cycle(.replay, 0, nudged: true)))
    #expect(test.needs(Self.cycle(.replay, 9, nudged: false)))
    #expect(test.needs(Self.cycle(.training, 20, nudged: false)))
    #expect(!test.needs(Self.cycle(.training, 21, nudged: true)))
  }

  /// If this fails, the level that correlations are read against changes from run to run, or does
  /// not depend on the pattern.
  @Test func chanceDependsOnSeedAndPatternOnly() throws {
    let first = RecallTest(try TrialModelTests.model()).scores
    let other = RecallTest(try TrialModelTests.model(["latent": .integer(9)])).scores
    let reseeded = RecallTest(try TrialModelTests.model(["seed": .integer(2)])).scores
    #expect(first["chance"] == other["chance"])
    #expect(first["chance_95"] == other["chance_95"])
    #expect(first["chance"] != reseeded["chance"])
    let (mean, upper) = (try #require(first["chance"]), try #require(first["chance_95"]))
    #expect(mean < upper)
  }

  /// A replay of what the teacher asks for in the noisy cycles from 100 on.
  private static func noisyReplay(of model: TrialModel, noise: TargetNoise) -> RecallTest {
    var test = RecallTest(model)
    for number in 0..<40 {
      let potential = noise.potential(
        of: model.targets[0], cycle: 100 + number, seed: 1, constants: model.constants)
      var record = RateRecord(neurons: 3, every: Simulation.sampleEvery)
      for step in stride(from: 0, to: model.targets[0].steps, by: Simulation.sampleEvery) {
        record.append((0..<3).map { model.constants.rate(potential[3 * step + $0]) })
      }
      test.observe(cycle(.replay, number, nudged: number < 3), record)
    }
    return test
  }

  /// If this fails, a network seems to denoise what it plays back as noisy as it was taught.
  @Test func denoisingGainComparesWithTheNoisyTarget() throws {
    let model = try TrialModelTests.model([
      "target_noise": .real(3), "target_noise_tau": .real(1),
    ])
    let clean = try #require(Self.replay(20, of: model).scores["denoising_gain"])
    #expect(clean > 1 - 1e-9 && clean <= 1)
    let noise = try #require(model.schedule.targetNoise)
    let same = try #require(Self.noisyReplay(of: model, noise: noise).scores["denoising_gain"])
    // Drawn from other cycles, and taken at its best shift.
    #expect(abs(same) < 0.4)
    var silent = RecallTest(model)
    for number in 0..<20 {
      silent.observe(Self.cycle(.replay, number, nudged: number < 3), Self.silence(model))
    }
    #expect(try #require(silent.scores["denoising_gain"]) < 0)
    // Without noise there is nothing to compare with.
    #expect(Self.replay(20, of: try TrialModelTests.model()).scores["denoising_gain"] == nil)
  }
}
