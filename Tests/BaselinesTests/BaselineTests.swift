import NeuralCore
import Parameters
import Testing

@testable import Baselines

/// Requirements on every baseline. A new baseline is tested once it is registered.
@Suite struct BaselineTests {
  private static var nudged: CycleDrive { CycleDrive(nudged: true) }
  private static var free: CycleDrive { CycleDrive(nudged: false) }

  /// The cue of a replay: the teacher is on and nothing is learned.
  private static var cue: CycleDrive {
    var drive = CycleDrive(nudged: true)
    drive.plastic = false
    return drive
  }

  /// If this fails, two models have one name, or a key of a sweep file means two things.
  @Test func namesAreUniqueAndKeysAreWords() {
    #expect(Set(Baselines.all.map(\.name)).count == Baselines.all.count)
    for baseline in Baselines.all {
      #expect(Set(baseline.settings.map(\.key)).count == baseline.settings.count)
      #expect(baseline.settings.map(\.key).contains(Parameter.step.key))
      for setting in baseline.settings {
        #expect(setting.key.allSatisfy { $0.isLowercase || $0 == "_" })
        #expect(!setting.meaning.hasSuffix("."))
        #expect(setting.defaultValue.map(setting.allowed.contains) == true)
      }
    }
  }

  /// If this fails, a preempted trial of a baseline ends with other numbers than one left alone.
  @Test("A network continues from its state bit for bit", arguments: Baselines.all, [0.0, 7])
  func continues(baseline: Baseline, delay: Double) throws {
    let task = Tasks.small()
    let model = baseline.model(Tasks.settings(baseline, ["delay_max": delay]), 11)
    let whole = try model.newLearner(for: task)
    for _ in 0..<3 { _ = Tasks.rates(whole, Self.nudged) }
    let part = try #require(model.learner(continuing: whole.state, after: nil, for: task))
    #expect(part.state == whole.state)
    for drive in [Self.nudged, Self.free, Self.nudged, Self.nudged, Self.free, Self.cue] {
      #expect(Tasks.rates(part, drive) == Tasks.rates(whole, drive))
    }
    #expect(part.state == whole.state)
    #expect(part.state != (try model.newLearner(for: task)).state)
  }

  /// If this fails, a file of another network crashes the program or is continued.
  @Test("A state of another network is refused", arguments: Baselines.all)
  func refusesOtherStates(baseline: Baseline) throws {
    let task = Tasks.small()
    let settings = Tasks.settings(baseline)
    let model = baseline.model(settings, 11)
    for other in [
      baseline.model(settings, 12),
      baseline.model(Tasks.settings(baseline, ["delay_min": 3, "delay_max": 4]), 11),
    ] {
      let state = try other.newLearner(for: task).state
      #expect(model.learner(continuing: state, after: nil, for: task) == nil)
      let own = try model.newLearner(for: task).state
      #expect(other.learner(continuing: own, after: nil, for: task) == nil)
    }
    #expect(model.learner(continuing: LearnerState(), after: nil, for: task) == nil)
  }

  /// If this fails, a baseline goes on learning when the teacher has left.
  @Test("Only nudged cycles of training teach", arguments: Baselines.all)
  func learnsFromTheTeacherAlone(baseline: Baseline) throws {
    let learner = try Tasks.learner(baseline)
    func weights() -> [[Double]?] {
      ["recurrent", "feedback", "bias", "readout"].map { learner.state[$0] }
    }
    _ = Tasks.rates(learner, Self.nudged)
    _ = Tasks.rates(learner, Self.free)
    let trained = weights()
    for drive in [Self.free, Self.cue, Self.cue, Self.free] { _ = Tasks.rates(learner, drive) }
    #expect(weights() == trained)
    _ = Tasks.rates(learner, Self.nudged)
    _ = Tasks.rates(learner, Self.free)
    #expect(weights() != trained)
  }

  /// If this fails, the teacher cues a replay with something else than the target.
  @Test("Visible neurons emit the target while they are cued", arguments: Baselines.all)
  func cueIsTheTarget(baseline: Baseline) throws {
    let task = Tasks.small()
    let learner = try Tasks.learner(baseline, task: task)
    let record = Tasks.rates(learner, Self.cue, every: 1)
    #expect(record.samples == task.targets[0].steps)
    for step in stride(from: learner.stepLength - 1, to: record.samples, by: learner.stepLength) {
      for neuron in 0..<3 {
        let target = task.constants.rate(task.targets[0].potential[3 * step + neuron])
        #expect(record[sample: step, neuron: neuron] == target)
      }
    }
  }

  /// If this fails, a score sees other moments of a baseline than of ELiSe.
  @Test("A record holds the same moments whatever it skips", arguments: Baselines.all)
  func recordsAgree(baseline: Baseline) throws {
    let every = try [1, 2, 30].map { every in
      let learner = try Tasks.learner(baseline)
      _ = Tasks.rates(learner, Self.nudged)
      return Tasks.rates(learner, Self.free, neurons: every == 30 ? 14 : 3, every: every)
    }
    #expect(every.map(\.samples) == [120, 60, 4])
    for sample in 0..<60 {
      for neuron in 0..<3 {
        let value = every[0][sample: 2 * sample, neuron: neuron]
        #expect(every[1][sample: sample, neuron: neuron] == value)
        if sample.isMultiple(of: 15) {
          #expect(every[2][sample: sample / 15, neuron: neuron] == value)
        }
      }
    }
    // Between two steps of 1 ms rates lie on a line.
    for step in stride(from: 10, to: 118, by: 10) {
      let line = (0..<10).map { every[0][sample: step + $0, neuron: 1] }
      for part in 1..<9 {
        #expect(abs(line[part - 1] - 2 * line[part] + line[part + 1]) < 1e-12)
      }
    }
  }

  /// If this fails, delays have no effect, or the target of a cue comes late too.
  @Test("Delays change what networks receive", arguments: Baselines.all)
  func delays(baseline: Baseline) throws {
    let plain = try Tasks.learner(baseline)
    let delayed = try Tasks.learner(baseline, ["delay_min": 5, "delay_max": 15])
    let cues = [plain, delayed].map { Tasks.rates($0, Self.cue, neurons: 14) }
    for sample in stride(from: 4, to: 60, by: 5) {
      for neuron in 0..<3 {
        #expect(cues[0][sample: sample, neuron: neuron] == cues[1][sample: sample, neuron: neuron])
      }
    }
    #expect(
      (3..<14).allSatisfy { cues[0][sample: 59, neuron: $0] != cues[1][sample: 59, neuron: $0] })
    for learner in [plain, delayed] {
      for drive in [Self.nudged, Self.free] { _ = Tasks.rates(learner, drive) }
    }
    #expect(plain.state["readout"] != delayed.state["readout"])
    #expect(delayed.isFinite)
  }

  /// If this fails, silence and the loss of neurons disturb nothing.
  @Test("Held neurons have the rate of the hold", arguments: Baselines.all)
  func holds(baseline: Baseline) throws {
    let learner = try Tasks.learner(baseline)
    _ = Tasks.rates(learner, Self.nudged)
    var drive = Self.free
    drive.plastic = false
    drive.holds = [
      SomaticHold(steps: 40..<80, neurons: [0, 2, 3, 13], potential: -55)
    ]
    let record = Tasks.rates(learner, drive, neurons: 14, every: 1)
    let rate = ModelConstants().rate(-55)
    for step in [49, 59, 69, 79] {
      for neuron in [0, 2] { #expect(record[sample: step, neuron: neuron] == rate) }
      for neuron in [3, 13] { #expect(record[sample: step, neuron: neuron] == 0) }
      #expect(record[sample: step, neuron: 1] != rate)
    }
    #expect(record[sample: 39, neuron: 0] != rate && record[sample: 89, neuron: 0] != rate)
  }

  /// If this fails, a smaller loss is not a subset of a larger one, or nothing is lost.
  @Test(
    "Damage takes synapses that learn, and noise touches every weight", arguments: Baselines.all)
  func damage(baseline: Baseline) throws {
    let learner = try Tasks.learner(baseline)
    _ = Tasks.rates(learner, Self.nudged)
    _ = Tasks.rates(learner, Self.free)
    let names = ["recurrent", "feedback", "readout"]
    func damaged(_ damage: NetworkDamage) throws -> LearnerState {
      let task = Tasks.small()
      let model = baseline.model(Tasks.settings(baseline), learner.latent)
      return try #require(
        model.learner(continuing: learner.state, after: damage, for: task)
      ).state
    }
    func zeros(_ fraction: Double) throws -> Set<Int> {
      let state = try damaged(.synapseLoss(fraction))
      let all = names.flatMap { state[$0]! }
      return Set(all.indices.filter { all[$0] == 0 })
    }
    let none = try zeros(0)
    let few = try zeros(0.1)
    let many = try zeros(0.4)
    #expect(none.isStrictSubset(of: few) && few.isStrictSubset(of: many))
    let plastic = learner.footprint.plasticParameters
    #expect(abs(many.count - none.count - plastic * 4 / 10) <= plastic / 8)
    let noisy = try damaged(.weightNoise(0.1))
    for name in names {
      let pairs = zip(noisy[name]!, learner.state[name]!).filter { $0.1 != 0 }
      #expect(pairs.allSatisfy { $0.0 != $0.1 && abs($0.0 / $0.1 - 1) < 0.7 })
    }
    #expect(!learner.hasMembrane)
  }

  /// If this fails, FORCE looks more expensive than it is.
  @Test("FORCE is charged for the steps in which it learns", arguments: [1, 2, 3])
  func forceFootprint(every: Int) throws {
    let force = try #require(Baselines.all.first { $0.name == "force" })
    let footprint = try Tasks.learner(force, ["every": Double(every)]).footprint
    let learning = 2 * 12 * 12 + 12 + 12 * 3
    #expect(force.operations(3, 11) == footprint.frozenOperations + learning)
    #expect(footprint.learningOperations == footprint.frozenOperations + learning / every)
  }

  /// If this fails, a model looks cheaper than it is.
  @Test("Footprints add up", arguments: Baselines.all)
  func footprints(baseline: Baseline) throws {
    let footprint = try Tasks.learner(baseline).footprint
    #expect(footprint.neurons == 14)
    // W, W_fb, b and a read-out with intercepts.
    #expect(footprint.parameters == 121 + 33 + 11 + 36)
    #expect(footprint.frozenOperations == 121 + 33 + 36)
    #expect(footprint.learningOperations > footprint.frozenOperations)
    if baseline.name != "force" {
      #expect(footprint.learningOperations == baseline.operations(3, 11))
    }
    // Besides, per unit a state and a rate, and what three visible neurons emit. A cycle has 12
    // steps.
    let kept = [
      "esn": 1 + 11 + 3 + 66 + 33 + 2, "force": 144 + 1, "rflo": 121 + 33,
      "bptt": 2 * 201 + 1 + 12 * (33 + 1 + 6),
    ]
    #expect(footprint.stateNumbers >= footprint.parameters + 25)
    if let kept = kept[baseline.name] {
      #expect(footprint.stateNumbers == footprint.parameters + 25 + kept)
    }
    // A delay per neuron, and 12 rates of each.
    let delayed = try Tasks.learner(baseline, ["delay_min": 4, "delay_max": 12]).footprint
    #expect(delayed.parameters == footprint.parameters + 14)
    #expect(delayed.stateNumbers == footprint.stateNumbers + 14 * 12)
    #expect(delayed.learningOperations == footprint.learningOperations)
    #expect(footprint.isLocal == (baseline.name == "rflo"))
    #expect(footprint.scaffoldEdges == nil)
    let plastic = ["esn": 36, "force": 36, "rflo": 121 + 36, "bptt": 201]
    if let expected = plastic[baseline.name] { #expect(footprint.plasticParameters == expected) }
  }

  /// If this fails, a network that blew up counts as one that plays.
  @Test("Numbers that are not finite are found", arguments: Baselines.all)
  func divergence(baseline: Baseline) throws {
    let task = Tasks.small()
    let model = baseline.model(Tasks.settings(baseline), 11)
    let learner = try model.newLearner(for: task)
    #expect(learner.isFinite)
    for name in ["recurrent", "readout", "state"] {
      var state = learner.state
      state.arrays[name]![2] = .infinity
      let broken = try #require(model.learner(continuing: state, after: nil, for: task))
      _ = Tasks.rates(broken, Self.free)
      #expect(!broken.isFinite, "\(name)")
    }
  }

  /// If this fails, trials of different seeds are one and the same.
  @Test("Every draw follows the seed", arguments: Baselines.all)
  func seeds(baseline: Baseline) throws {
    let states = try [1, 1, 2].map {
      try Tasks.learner(baseline, task: Tasks.small(seed: $0)).state
    }
    #expect(states[0] == states[1])
    for name in ["recurrent", "feedback"] { #expect(states[0][name] != states[2][name]) }
  }
}
