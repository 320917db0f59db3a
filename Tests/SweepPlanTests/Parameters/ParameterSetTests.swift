import Foundation
import Parameters
import Testing

@testable import SweepPlan

@Suite("A set has a value for every parameter, and they fit together")
struct ParameterSetTests {
  static let pattern: [String: ParameterValue] = ["pattern": .text("p.txt")]

  func set(_ more: [String: ParameterValue] = [:]) throws -> ParameterSet {
    try ParameterSet(Self.pattern.merging(more) { $1 })
  }

  @Test("What is not named keeps its default, and accessors read the right key")
  func defaults() throws {
    let set = try set(["latent": .integer(7), "note_duration": .integer(20)])
    #expect(set.latent == 7)
    #expect(set.noteDuration == 20)
    #expect((set.scaffoldP, set.scaffoldQ, set.scaffoldP0) == (0.2, 0.15, 0.04))
    #expect((set.delayMin, set.delayMax, set.interneuronDelay) == (5, 15, 25))
    #expect((set.weightSD, set.weightMean, set.nudging) == (0.5, 0, 0.6))
    #expect((set.learningRateVisible, set.learningRateLatent) == (1e-4, 1e-3))
    #expect(set.pattern == "p.txt")
    #expect(set.sequenceLength == nil)
    #expect((set.trainingCycles, set.testEvery) == (10_000, 20))
    #expect((set.replayCycles, set.nudgedReplayCycles) == (100, 3))
    #expect((set.model.name, set.scaffold, set.protectScaffold) == ("elise", true, false))
    #expect((set.dendriteDensity, set.innervationRatio) == (1, 1))
    #expect((set.targetNoise, set.targetNoiseTau) == (0, 10))
    #expect((set.plasticReplay, set.disruption) == (true, nil))
    #expect((set.vocabulary, set.order, set.visible, set.patternSeed) == (nil, nil, nil, nil))
    #expect((set.precision, set.kernel, set.seed) == ("double", "windowed", 1))
    #expect(set.values.count == Parameter.all.count)
  }

  @Test("What is named arrives in its accessor")
  func named() throws {
    let set = try ParameterSet(
      [
        "model=soma_only", "scaffold=false", "dendrite_density=0.5", "protect_scaffold=true",
        "innervation_ratio=0.25", "pattern=generated", "sequence_length=40", "vocabulary=8",
        "order=3", "visible=13", "pattern_seed=7", "target_noise=2.5", "target_noise_tau=5",
        "plastic_replay=false", "disruption=d.txt",
      ].map { try Override($0) })
    #expect((set.model.name, set.scaffold, set.protectScaffold) == ("soma_only", false, true))
    #expect((set.dendriteDensity, set.innervationRatio) == (0.5, 0.25))
    #expect((set.pattern, set.sequenceLength) == ("generated", 40))
    #expect((set.vocabulary, set.order, set.visible, set.patternSeed) == (8, 3, 13, 7))
    #expect((set.targetNoise, set.targetNoiseTau) == (2.5, 5))
    #expect((set.plasticReplay, set.disruption) == (false, "d.txt"))
  }

  /// The least that a generated pattern needs.
  static let generated: [String: ParameterValue] = [
    "pattern": .text("generated"), "sequence_length": .integer(2), "vocabulary": .integer(2),
    "order": .integer(1),
  ]

  @Test("A sweep has to name its pattern, and a slip in a key is explained")
  func missingAndUnknown() {
    #expect(throws: ParameterError.missing(key: "pattern")) { try ParameterSet([:]) }
    #expect(throws: ParameterError.unknownKey("latnet", nearest: "latent")) {
      try ParameterSet(["latnet": .integer(1)])
    }
  }

  @Test(
    "Values that contradict each other are refused with both names, equality being no contradiction",
    arguments: [
      (
        ["delay_min": .real(10), "delay_max": .real(10)], ["delay_max": .real(9.9)],
        "got delay_min 10 and delay_max 9.9; delay_min must be at most delay_max"
      ),
      (
        ["delay_min": .real(5.05), "time_step": .real(0.05)], ["time_step": .real(0.1)],
        "got delay_min 5.05 and time_step 0.1; delay_min must be a multiple of time_step, at least 2 "
          + "of them"
      ),
      (
        ["model": .text("esn"), "esn_delay_min": .real(5), "esn_delay_max": .real(5)],
        ["esn_delay_max": .real(4)],
        "got esn_delay_min 5 and esn_delay_max 4; esn_delay_min must be at most esn_delay_max"
      ),
      (
        ["model": .text("bptt"), "bptt_delay_max": .real(1.5), "bptt_step": .real(0.3)],
        ["bptt_step": .real(1)],
        "got bptt_delay_max 1.5 and bptt_step 1; bptt_delay_max must be a multiple of bptt_step"
      ),
      (
        ["note_duration": .real(0.3)], ["note_duration": .real(0.2)],
        "got note_duration 0.2 and time_step 0.1; note_duration must be a multiple of time_step, at "
          + "least 3 of them"
      ),
      (
        ["note_duration": .real(0.7), "model": .text("rflo")], ["note_duration": .real(0.75)],
        "got note_duration 0.75 and time_step none; note_duration must be a multiple of time_step, at "
          + "least 3 of them"
      ),
      (
        [
          "time_step": .real(0.2), "dendrite_conductance": .real(4.9),
          "inhibitory_conductance": .real(1),
        ],
        ["dendrite_conductance": .real(5)],
        "got time_step 0.2, leak_conductance 0.1 and dendrite_conductance 5; time_step * "
          + "(leak_conductance + dendrite_conductance) must be at most 1, or the Euler step overshoots"
      ),
      (
        ["inhibitory_conductance": .real(17.5)], ["inhibitory_conductance": .real(17.6)],
        "got time_step 0.1, leak_conductance 0.1, dendrite_conductance 2, excitatory_conductance 0.3 and "
          + "inhibitory_conductance 17.6; time_step * (leak_conductance + dendrite_conductance + "
          + "excitatory_conductance + inhibitory_conductance) must be below 2, or the Euler step is unstable"
      ),
      (
        ["leak_conductance": .real(1.1), "heterogeneity": .real(0.7)],
        ["heterogeneity": .real(0.8)],
        "got time_step 0.1, leak_conductance 1.1, heterogeneity 0.8 and dendrite_conductance 2; time_step "
          + "* (leak_conductance * (1 + 8.6 * heterogeneity) + dendrite_conductance) must be at most 1, or "
          + "the Euler step of the leakiest neuron may overshoot"
      ),
      (
        [
          "inhibitory_conductance": .real(16.8), "heterogeneity": .real(0.9),
        ],
        ["heterogeneity": .real(1)],
        "got time_step 0.1, leak_conductance 0.1, heterogeneity 1, dendrite_conductance 2, "
          + "excitatory_conductance 0.3 and inhibitory_conductance 16.8; time_step * (leak_conductance * "
          + "(1 + 8.6 * heterogeneity) + dendrite_conductance + excitatory_conductance + "
          + "inhibitory_conductance) must be below 2, or the Euler step of the leakiest neuron may be "
          + "unstable"
      ),
      (
        ["inhibitory_potential": .real(-70)], ["inhibitory_potential": .real(-69)],
        "got inhibitory_potential -69 and leak_potential -70; inhibitory_potential must be at most "
          + "leak_potential"
      ),
      (
        ["target_elevation": .real(70)], ["target_elevation": .real(70.5)],
        "got leak_potential -70, target_elevation 70.5 and excitatory_potential 0; leak_potential + "
          + "target_elevation must be at most excitatory_potential"
      ),
      (
        ["nudged_replay_cycles": .integer(5), "replay_cycles": .integer(5)],
        ["replay_cycles": .integer(4)],
        "got nudged_replay_cycles 5 and replay_cycles 4; nudged_replay_cycles must be at most "
          + "replay_cycles, unless that is 0"
      ),
      (
        ["kernel": .text("reference")], ["precision": .text("single")],
        "got kernel reference and precision single; kernel reference needs precision double"
      ),
      (
        generated, ["sequence_length": .absent],
        "got sequence_length none and pattern generated; "
          + "sequence_length must be named if pattern is generated"
      ),
      (
        generated, ["vocabulary": .absent],
        "got vocabulary none and pattern generated; "
          + "vocabulary must be named if pattern is generated"
      ),
      (
        generated, ["order": .absent],
        "got order none and pattern generated; order must be named if pattern is generated"
      ),
      (
        generated.merging(["visible": .integer(3), "vocabulary": .integer(3)]) { $1 },
        ["visible": .integer(2)],
        "got visible 2 and vocabulary 3; "
          + "visible must be at least vocabulary, one neuron for each symbol"
      ),
      (
        [:], ["vocabulary": .integer(5)],
        "got vocabulary 5 and pattern p.txt; "
          + "vocabulary is for pattern generated alone and must be none with a pattern file"
      ),
      (
        [:], ["order": .integer(1)],
        "got order 1 and pattern p.txt; "
          + "order is for pattern generated alone and must be none with a pattern file"
      ),
      (
        [:], ["visible": .integer(13)],
        "got visible 13 and pattern p.txt; "
          + "visible is for pattern generated alone and must be none with a pattern file"
      ),
      (
        ["pattern": .text("./generated")], ["pattern_seed": .integer(0)],
        "got pattern_seed 0 and pattern ./generated; "
          + "pattern_seed is for pattern generated alone and must be none with a pattern file"
      ),
      (
        [:], ["order": .integer(1), "pattern": .text("a\n" + String(repeating: "b", count: 99))],
        "got order 1 and pattern a\\n\(String(repeating: "b", count: 58))…; "
          + "order is for pattern generated alone and must be none with a pattern file"
      ),
    ] as [([String: ParameterValue], [String: ParameterValue], String)])
  func conflicts(
    good: [String: ParameterValue], change: [String: ParameterValue], message: String
  ) throws {
    _ = try set(good)
    do {
      _ = try set(good.merging(change) { $1 })
      Issue.record("the conflict was not noticed")
    } catch { #expect("\(error)" == message) }
  }

  @Test("No replay at all needs no second setting")
  func noReplay() throws {
    #expect(
      try ParameterSet([Override("pattern=p"), Override("replay_cycles=0")]).replayCycles == 0)
  }

  @Test("The last of two settings counts")
  func overrides() throws {
    let set = try ParameterSet(["pattern=a=b", "seed=1", "seed=2"].map { try Override($0) })
    #expect(set.seed == 2)
    #expect(set.pattern == "a=b")
  }

  @Test("Sets survive JSON, whole real numbers included")
  func codable() throws {
    let set = try set(["delay_min": .real(2), "learning_rate_latent": .real(0.1 + 0.2)])
    let data = try JSONEncoder().encode(set)
    #expect(try JSONDecoder().decode(ParameterSet.self, from: data) == set)
  }

  @Test("JSON that lacks a key or holds a bad value is refused")
  func damagedJSON() throws {
    let text = String(decoding: try JSONEncoder().encode(try set()), as: UTF8.self)
    for damaged in [
      text.replacing("\"seed\":1", with: "\"sead\":1"),
      text.replacing("\"seed\":1", with: "\"seed\":-1"),
      "{}",
    ] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(ParameterSet.self, from: Data(damaged.utf8))
      }
    }
  }

  @Test("Sets sort by the first parameter of the table that differs, numbers as numbers")
  func order() throws {
    let sorted = try [
      set(["latent": .integer(9), "seed": .integer(10)]),
      set(["latent": .integer(10), "seed": .integer(2)]),
      set(["latent": .integer(10), "seed": .integer(10)]),
    ]
    #expect(sorted.shuffled().sorted() == sorted)
  }
}
