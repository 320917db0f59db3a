import NeuralCore
import Parameters
import TestSupport
import Testing

@testable import Experiment
@testable import SweepPlan

@Suite struct TrialModelTests {
  static func parameters(_ values: [String: ParameterValue] = [:]) throws -> ParameterSet {
    try ParameterSet(values.merging(["pattern": .text("tiny.txt")]) { $1 })
  }

  static func model(_ values: [String: ParameterValue] = [:]) throws -> TrialModel {
    try TrialModel(parameters(values), pattern: Fixtures.tinyPattern)
  }

  /// If this fails, what the documentation calls a default is not what the paper's authors ran.
  @Test func defaultsAreThePapers() throws {
    let model = try Self.model()
    #expect(model.constants == ModelConstants())
    #expect(model.learning == LearningRule())
    #expect(model.schedule == TrainingSchedule())
    #expect(model.network == NetworkParameters(visible: 3, latent: 50))
    #expect(model.targets[0].stepsPerNote == 100)
    #expect(model.kernel == .windowedDouble)
    #expect(model.seed == 1)
  }

  /// If this fails, a swept parameter has no effect, or that of another one.
  @Test func everyParameterReachesTheModel() throws {
    let model = try Self.model([
      "latent": .integer(7), "scaffold_p": .real(0.3), "scaffold_q": .real(0.25),
      "scaffold_p0": .real(0.1), "weight_sd": .real(0.75), "weight_mean": .real(-0.5),
      "learning_rate_visible": .real(3e-4), "learning_rate_latent": .real(5e-3),
      "nudging": .real(0.7), "training_cycles": .integer(11), "test_every": .integer(4),
      "replay_cycles": .integer(13), "nudged_replay_cycles": .integer(2), "seed": .integer(99),
      "time_step": .real(0.05), "leak_potential": .real(-71), "excitatory_potential": .real(1),
      "inhibitory_potential": .real(-76), "rate_threshold": .real(-57),
      "target_elevation": .real(19),
      "leak_conductance": .real(0.2), "dendrite_conductance": .real(1.5),
      "excitatory_conductance": .real(0.4), "inhibitory_conductance": .real(5),
      "rate_slope": .real(0.2), "heterogeneity": .real(0.1),
    ])
    var constants = ModelConstants()
    constants.timeStep = 0.05
    constants.leakPotential = -71
    constants.excitatoryPotential = 1
    constants.inhibitoryPotential = -76
    constants.rateThreshold = -57
    constants.targetElevation = 19
    constants.leakConductance = 0.2
    constants.dendriteConductance = 1.5
    constants.excitatoryScale = 0.4
    constants.inhibitoryScale = 5
    constants.rateSlope = 0.2
    constants.heterogeneity = 0.1
    constants.heterogeneitySeed = 99
    constants.nudging = 0.7
    #expect(model.constants == constants)
    #expect(model.targets[0].stepsPerNote == 200)
    #expect(model.targets[0].potential.max()! > -71 + 18)
    #expect(model.network.latent == 7)
    #expect(model.network.growth?.branching == 0.3)
    #expect(model.network.growth?.acceptance == 0.25)
    #expect(model.network.growth?.barren == 0.1)
    #expect(model.network.weightDeviation == 0.75)
    #expect(model.network.weightMean == -0.5)
    #expect(model.learning == LearningRule(visible: 3e-4, latent: 5e-3))
    #expect(model.constants.nudging == 0.7)
    #expect(model.schedule.trainingCycles == 11)
    #expect(model.schedule.testEvery == 4)
    #expect(model.schedule.replayCycles == 13)
    #expect(model.schedule.nudgedReplayCycles == 2)
    #expect(model.seed == 99)
  }

  /// If this fails, short sequences are taught for less time than long ones although equal time is asked
  /// for.
  @Test("Training takes the time that is asked for, whatever the length of a cycle")
  func trainingTime() throws {
    for (notes, cycles) in [(4, 249), (3, 332), (2, 499)] {
      let model = try Self.model([
        "training_time": .real(10), "sequence_length": .integer(notes),
      ])
      // Cycle -1 is the first.
      #expect(model.schedule.trainingCycles == cycles)
      #expect(model.schedule.cycles(from: -1).count { $0.phase == .training } == cycles + 1)
    }
    #expect(throws: ParameterError.self) {
      try Self.model(["training_time": .real(10), "training_cycles": .integer(5)])
    }
  }

  /// If this fails, a comparison of variants compares a network with itself.
  @Test func variantsReachTheModel() throws {
    let model = try Self.model([
      "model": .text("reservoir"), "scaffold": .boolean(false), "dendrite_density": .real(0.5),
      "protect_scaffold": .boolean(true), "innervation_ratio": .real(0.25),
      "plastic_replay": .boolean(false), "target_noise": .real(2), "target_noise_tau": .real(7),
    ])
    #expect(model.learning.variant == .reservoir)
    #expect(model.network.growth == nil)
    #expect(model.network.connectivity.density == 0.5)
    #expect(model.network.connectivity.innervation == 0.25)
    #expect(model.network.connectivity.protectsScaffold)
    #expect(model.network.connectivity.latentDendrites)
    #expect(!model.schedule.plasticReplay)
    #expect(model.schedule.targetNoise == TargetNoise(deviation: 2, timeConstant: 7))
    let network = try model.newNetwork()
    #expect(network.scaffold.edges.isEmpty)
    #expect(network.dendriticSynapses < 53 * 52)
  }

  /// If this fails, latent neurons without a dendrite keep synapses that count as resources.
  @Test func somaOnlyNetworkHasNoSynapsesOntoLatentNeurons() throws {
    let model = try Self.model(["model": .text("soma_only"), "latent": .integer(5)])
    #expect(model.learning.variant == .somaOnly)
    #expect(!model.network.connectivity.latentDendrites)
    #expect(try model.newNetwork().dendriticSynapses == 3 * 7)
  }

  /// The tiny pattern has a cycle of 400 steps and three visible neurons.
  ///
  /// If this fails, a disruption file is ignored or acts on other neurons.
  @Test func disruptionReachesTheSchedule() throws {
    let model = try TrialModel(
      Self.parameters(), pattern: Fixtures.tinyPattern,
      disruption: "t_start: 100 t_end: 400 nrn_start: 1 nrn_end: 3 offset_el: 15\n")
    #expect(
      model.schedule.disruption
        == [SomaticHold(steps: 100..<400, neurons: [1, 2], potential: -55)])
    #expect(throws: DisruptionError.self) {
      try TrialModel(
        Self.parameters(), pattern: Fixtures.tinyPattern,
        disruption: "t_start: 100 t_end: 401 nrn_start: 1 nrn_end: 3 offset_el: 15\n")
    }
  }

  /// If this fails, trials of one generated sequence learn different ones, or different seeds the
  /// same.
  @Test func generatedPatternFollowsItsSeed() throws {
    func pattern(_ seed: Int, patternSeed: ParameterValue = .absent) throws -> Pattern {
      let parameters = try ParameterSet([
        "pattern": .text("generated"), "sequence_length": .integer(12), "vocabulary": .integer(4),
        "order": .integer(2), "visible": .integer(6), "seed": .integer(seed),
        "pattern_seed": patternSeed,
      ])
      return try TrialModel(parameters, pattern: nil).targets[0].pattern
    }
    let first = try pattern(1)
    #expect(first.notes == 12 && first.visible == 6)
    #expect(first.distinctColumns == 4 && first.order == 2)
    #expect(try pattern(2) != first)
    #expect(try pattern(2, patternSeed: .integer(1)) == first)
  }

  /// 0.3 ms over 0.1 ms is 2.9999999999999996. If this fails, delays are a step too short.
  @Test(arguments: [
    (0.2, 2), (0.3, 3), (0.6, 6), (0.7, 7), (1.1, 11), (12.3, 123), (15, 150), (1_000.1, 10_001),
  ])
  func durationsBecomeSteps(milliseconds: Double, steps: Int) throws {
    let value = ParameterValue.real(milliseconds)
    let delays = try Self.model([
      "delay_min": value, "delay_max": value, "interneuron_delay": value,
    ]).network
    #expect(delays.delay == steps...steps)
    #expect(delays.interneuronDelay == steps)
    if steps >= 3 {
      #expect(try Self.model(["note_duration": value]).targets[0].stepsPerNote == steps)
    }
  }

  @Test(arguments: [
    ("windowed", "double", KernelChoice.windowedDouble), ("windowed", "single", .windowedSingle),
    ("reference", "double", .reference),
  ])
  func choosesTheKernel(kernel: String, precision: String, choice: KernelChoice) throws {
    let model = try Self.model(["kernel": .text(kernel), "precision": .text(precision)])
    #expect(model.kernel == choice)
  }

  /// If this fails, a study of sequence length trains other notes than it says.
  @Test func sequenceLengthTakesTheFirstNotes() throws {
    let whole = try Pattern.all(parsing: Fixtures.tinyPattern)[0]
    for length in 2...4 {
      let pattern = try Self.model(["sequence_length": .integer(length)]).targets[0].pattern
      #expect(pattern.notes == length)
      for note in 0..<length { #expect(pattern.column(note) == whole.column(note)) }
    }
    #expect(throws: TrialModelError.tooManyNotes(key: "sequence_length", found: 5, notes: 4)) {
      try Self.model(["sequence_length": .integer(5)])
    }
  }

  /// If this fails, a network file of another size crashes the program.
  @Test func networkMustFitThePattern() throws {
    let model = try Self.model(["latent": .integer(5)])
    let network = try model.newNetwork()
    let simulated = try model.simulation(of: network).network(beforeCycle: -1)
    #expect(simulated.dendriticWeight == network.dendriticWeight)
    #expect(throws: TrialModelError.sizesDisagree(of: "latent", network: 5, parameters: 6)) {
      try Self.model(["latent": .integer(6)]).simulation(of: network)
    }
    let wider = try TrialModel(
      Self.parameters(["latent": .integer(5)]),
      pattern: "# name: wide nNeurons: 4 nSteps: 2\n1 0\n0 1\n1 1\n0 1\n")
    #expect(throws: TrialModelError.sizesDisagree(of: "visible", network: 3, parameters: 4)) {
      try wider.simulation(of: network)
    }
  }
}
