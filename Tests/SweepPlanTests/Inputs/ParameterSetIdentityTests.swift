import Parameters
import Testing

@testable import SweepPlan

@Suite("Equal trials have equal identities, different ones different identities")
struct ParameterSetIdentityTests {
  let inputs = TrialInputs(pattern: ContentHash(of: Array("a pattern".utf8)))

  @Test(
    "The identity of a known trial only changes with the revision of the results, or finished trials would run again"
  )
  func golden() throws {
    let set = try ParameterSet(["pattern": .text("p.txt")])
    #expect(
      set.canonicalText == """
        {"cue_notes":null,"delay_max":15,"delay_min":5,"dendrite_density":1,"disruption":null,\
        "innervation_ratio":1,"interneuron_delay":25,"kernel":"windowed","latent":50,\
        "learning_rate_latent":0.001,"learning_rate_visible":0.0001,"model":"elise",\
        "note_duration":10,"nudged_replay_cycles":3,"nudging":0.6,"order":null,\
        "pattern":"p.txt","pattern_count":null,"pattern_seed":null,"plastic_replay":true,"precision":"double",\
        "protect_scaffold":false,"replay_cycles":100,"scaffold":true,"scaffold_p":0.2,\
        "scaffold_p0":0.04,"scaffold_q":0.15,"seed":1,"sequence_length":null,\
        "target_noise":0,"target_noise_tau":10,"test_every":20,"training_cycles":10000,"turn_cycles":20,\
        "visible":null,"vocabulary":null,"weight_mean":0,"weight_sd":0.5}
        """)
    #expect(set.id(inputs, 0).description == "16173f008406545858a82dc3150b21d5")
  }

  /// If this fails, results that differ in their last bits are in one table.
  @Test(
    "Another linear algebra library makes other trials, and another revision of the results too")
  func libraries() {
    let endings = [
      ResultsRevision.ending(1, library: nil), ResultsRevision.ending(2, library: nil),
      ResultsRevision.ending(2, library: "flexiblas"), ResultsRevision.ending(2, library: "mkl"),
    ]
    #expect(Set(endings).count == endings.count)
  }

  @Test("A default that is spelled out is the default, and so is another path to the same file")
  func same() throws {
    let set = try ParameterSet(["pattern": .text("p.txt")])
    let spelled = try ParameterSet(["pattern": .text("q.txt"), "latent": .real(50)])
    #expect(set.id(inputs) == spelled.id(inputs))
    let both = TrialInputs(pattern: inputs.pattern, disruption: ContentHash(of: [1]))
    let disrupted = try ["d.txt", "e.txt"].map { path in
      try ParameterSet(["pattern": .text("p.txt"), "disruption": .text(path)]).id(both)
    }
    #expect(disrupted[0] == disrupted[1])
  }

  @Test("Every parameter counts, and so do the contents of the files")
  func different() throws {
    let set = try ParameterSet(["pattern": .text("p.txt")])
    var ids = [set.id(inputs), set.id(TrialInputs(pattern: ContentHash(of: [1])))]
    for (key, value) in [
      ("latent", "51"), ("scaffold_p", "0.3"), ("scaffold_q", "0.3"), ("scaffold_p0", "0.3"),
      ("delay_min", "6"), ("delay_max", "16"), ("interneuron_delay", "6"), ("weight_sd", "1"),
      ("weight_mean", "1"), ("learning_rate_visible", "1"), ("learning_rate_latent", "1"),
      ("nudging", "0.5"), ("sequence_length", "5"), ("note_duration", "5"),
      ("training_cycles", "5"), ("test_every", "5"), ("replay_cycles", "5"),
      ("nudged_replay_cycles", "5"), ("precision", "single"), ("kernel", "reference"),
      ("seed", "5"), ("model", "reservoir"), ("scaffold", "false"), ("dendrite_density", "0.5"),
      ("protect_scaffold", "true"), ("innervation_ratio", "0.5"), ("target_noise", "1"),
      ("target_noise_tau", "5"), ("plastic_replay", "false"), ("pattern_count", "1"),
      ("turn_cycles", "5"), ("cue_notes", "5"), ("time_step", "0.05"), ("leak_potential", "-71"),
      ("excitatory_potential", "1"), ("inhibitory_potential", "-76"), ("rate_threshold", "-57"),
      ("target_elevation", "19"), ("leak_conductance", "0.2"), ("dendrite_conductance", "1"),
      ("excitatory_conductance", "0.4"), ("inhibitory_conductance", "5"), ("rate_slope", "0.2"),
      ("heterogeneity", "0.1"), ("training_time", "1"),
      ("robustness_draws", "8"), ("memory_inputs", "3"),
    ] {
      let changed = try ParameterSet([Override("pattern=p.txt"), Override("\(key)=\(value)")])
      ids.append(changed.id(inputs))
    }
    let generated = ["pattern=generated", "sequence_length=5", "vocabulary=3", "order=2"]
    for change in ["seed=1", "vocabulary=2", "order=3", "visible=3", "pattern_seed=1"] {
      let changed = try ParameterSet((generated + [change]).map { try Override($0) })
      ids.append(changed.id(TrialInputs()))
    }
    let disrupted = try ParameterSet([Override("pattern=p.txt"), Override("disruption=d.txt")])
    for content: UInt8 in 1...2 {
      let disruption = ContentHash(of: [content])
      ids.append(disrupted.id(TrialInputs(pattern: inputs.pattern, disruption: disruption)))
    }
    // Each file has two contents, and patterns are files or generated.
    #expect(ids.count == Parameter.all.count { $0.applies(to: "elise") } + 3)
    #expect(Set(ids).count == ids.count)
  }

  @Test("The text is JSON whatever a path holds")
  func escaping() throws {
    let set = try ParameterSet(["pattern": .text("a\"b\\c\nd")])
    #expect(set.canonicalText.contains(#""pattern":"a\"b\\c\u000ad","pattern_count""#))
  }

  /// If this fails, a parameter that is added in a later version makes all results of users' sweeps
  /// run again, or a value other than the neutral one passes for older results.
  @Test func neutralValueOfAnAddedParameterKeepsTheIdentity() {
    let added = Parameter("time_step", unit: "ms", default: 0.1, .above(0), "an added parameter")
      .neutral(at: .real(0.1))
    let known = Parameter("test_every", defaultInteger: 20, .from(1), "an old parameter")
    func text(_ step: Double) -> String {
      var pieces =
        Canonical.piece(known, .integer(20)) + Canonical.piece(added, .real(step))
      Canonical.open(&pieces)
      return String(decoding: pieces, as: UTF8.self)
    }
    #expect(text(0.1) == #"{"test_every":20"#)
    #expect(text(0.2) == #"{"test_every":20,"time_step":0.2"#)
    var first = Canonical.piece(added, .real(0.1)) + Canonical.piece(known, .integer(20))
    Canonical.open(&first)
    #expect(first.starts(with: Array(#"{"test_every""#.utf8)))
  }
}
