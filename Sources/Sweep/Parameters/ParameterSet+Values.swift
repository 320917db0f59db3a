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

  /// Latent neurons.
  public var latent: Int { integer("latent")! }
  /// Scaffold growth: probability base of further outgoing edges.
  public var scaffoldP: Double { real("scaffold_p")! }
  /// Scaffold growth: probability base of further incoming edges.
  public var scaffoldQ: Double { real("scaffold_q")! }
  /// Scaffold growth: probability of no outgoing edge.
  public var scaffoldP0: Double { real("scaffold_p0")! }
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
  /// Nudging strength of the teacher, in [0, 1).
  public var nudging: Double { real("nudging")! }
  /// The pattern file as written, relative to the sweep file.
  public var pattern: String { text("pattern")! }
  /// How many notes of the pattern are learned, nil for all.
  public var sequenceLength: Int? { integer("sequence_length") }
  /// Duration of a note [ms].
  public var noteDuration: Double { real("note_duration")! }
  /// Training runs the cycles -1, 0, … up to one below this.
  public var trainingCycles: Int { integer("training_cycles")! }
  /// Training cycles from one free cycle to the next.
  public var testEvery: Int { integer("test_every")! }
  /// Replay cycles.
  public var replayCycles: Int { integer("replay_cycles")! }
  /// Nudged cycles at the start of replay.
  public var nudgedReplayCycles: Int { integer("nudged_replay_cycles")! }
  /// `double` or `single`.
  public var precision: String { text("precision")! }
  /// `fused` or `reference`.
  public var kernel: String { text("kernel")! }
  /// The seed of everything random.
  public var seed: Int { integer("seed")! }
}
