extension ParameterSet {
  /// The value of a key that holds an integer, nil where it is absent.
  public func integer(_ key: String) -> Int? {
    if case .integer(let value) = self[key] { value } else { nil }
  }

  /// The value of a key that holds a real number, nil where it is absent.
  public func real(_ key: String) -> Double? {
    if case .real(let value) = self[key] { value } else { nil }
  }

  /// The value of a key that holds a boolean, nil where it is absent.
  public func boolean(_ key: String) -> Bool? {
    if case .boolean(let value) = self[key] { value } else { nil }
  }

  /// The value of a key that holds a text, nil where it is absent.
  public func text(_ key: String) -> String? {
    if case .text(let value) = self[key] { value } else { nil }
  }

  /// The value of a key that holds a number, nil where it is absent.
  public func number(_ key: String) -> Double? {
    switch self[key] {
    case .integer(let value): Double(value)
    case .real(let value): value
    default: nil
    }
  }

  /// What learns.
  public var model: ModelKind { ModelKind.named(text("model")!)! }
  /// Latent neurons.
  public var latent: Int { integer("latent")! }
  /// Whether a scaffold is grown.
  public var scaffold: Bool { boolean("scaffold")! }
  /// Scaffold growth: probability base of further outgoing edges.
  public var scaffoldP: Double { real("scaffold_p")! }
  /// Scaffold growth: probability base of further incoming edges.
  public var scaffoldQ: Double { real("scaffold_q")! }
  /// Scaffold growth: probability of no outgoing edge.
  public var scaffoldP0: Double { real("scaffold_p0")! }
  /// Probability with which each dendritic synapse exists, in (0, 1].
  public var dendriteDensity: Double { real("dendrite_density")! }
  /// Whether dendritic synapses that parallel a scaffold edge always exist.
  public var protectScaffold: Bool { boolean("protect_scaffold")! }
  /// Probability with which each synapse from a visible to a latent neuron is kept, in [0, 1].
  public var innervationRatio: Double { real("innervation_ratio")! }
  /// Shortest dendritic and scaffold delay [ms].
  public var delayMin: Double { real("delay_min")! }
  /// Longest dendritic and scaffold delay [ms].
  public var delayMax: Double { real("delay_max")! }
  /// What the inhibitory pathway adds to a delay [ms].
  public var interneuronDelay: Double { real("interneuron_delay")! }
  /// Standard deviation of the initial dendritic weights [mV].
  public var weightSD: Double { real("weight_sd")! }
  /// Mean of the initial dendritic weights [mV].
  public var weightMean: Double { real("weight_mean")! }
  /// Learning rate of synapses from visible to visible neurons [per step].
  public var learningRateVisible: Double { real("learning_rate_visible")! }
  /// Learning rate of all other dendritic synapses [per step].
  public var learningRateLatent: Double { real("learning_rate_latent")! }
  /// The pattern file as written, relative to the sweep file, or `generated`.
  public var pattern: String { text("pattern")! }
  /// Length of the learned sequence [notes], nil for all notes of a pattern file.
  public var sequenceLength: Int? { integer("sequence_length") }
  /// Different notes of a generated pattern, nil with a pattern file.
  public var vocabulary: Int? { integer("vocabulary") }
  /// Order of a generated pattern, nil with a pattern file.
  public var order: Int? { integer("order") }
  /// Visible neurons of a generated pattern as written, nil for as many as ``vocabulary``.
  public var visible: Int? { integer("visible") }
  /// The seed of a generated pattern as written, nil for ``seed``.
  public var patternSeed: Int? { integer("pattern_seed") }
  /// How many patterns are learned as written; nil for all of a pattern file, one generated.
  public var patternCount: Int? { integer("pattern_count") }
  /// Duration of a note [ms].
  public var noteDuration: Double { real("note_duration")! }
  /// Standard deviation of the noise on the target while training [mV].
  public var targetNoise: Double { real("target_noise")! }
  /// Correlation time of the noise on the target [ms].
  public var targetNoiseTau: Double { real("target_noise_tau")! }
  /// Training runs the cycles -1, 0, … up to one below this.
  public var trainingCycles: Int { integer("training_cycles")! }
  /// Training cycles from one free cycle to the next.
  public var testEvery: Int { integer("test_every")! }
  /// Training cycles of one pattern's turn.
  public var turnCycles: Int { integer("turn_cycles")! }
  /// Replay cycles of each pattern.
  public var replayCycles: Int { integer("replay_cycles")! }
  /// Nudged cycles at the start of replay.
  public var nudgedReplayCycles: Int { integer("nudged_replay_cycles")! }
  /// Notes that cue a replay from rest; nil for one that starts with nudged cycles.
  public var cueNotes: Int? { integer("cue_notes") }
  /// Whether plastic synapses learn during replay.
  public var plasticReplay: Bool { model.learnsInReplay(self) }
  /// The disruption file as written, relative to the sweep file; nil for none.
  public var disruption: String? { text("disruption") }
  /// `double` or `single`.
  public var precision: String { text("precision")! }
  /// `windowed` or `reference`.
  public var kernel: String { text("kernel")! }
  /// The seed of everything random.
  public var seed: Int { integer("seed")! }
}
