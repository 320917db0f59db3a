extension Parameter {
  /// Every parameter, in the order of the columns of all tables.
  ///
  /// A new parameter is one row here. It changes the identity of every trial of the models that
  /// know it, as it should: trials of a version that did not cannot say what its value was.
  /// Parameters of one baseline stand with that baseline.
  ///
  /// Upper ends that no experiment comes near only keep absurd sizes out.
  public static let all: [Parameter] =
    shared.map { eliseKeys.contains($0.key) ? $0.only(ModelKind.eliseNames) : $0 } + ofBaselines

  /// The keys that only ELiSe and its variants know.
  private static let eliseKeys: Set = [
    "scaffold", "scaffold_p", "scaffold_q", "scaffold_p0", "dendrite_density", "protect_scaffold",
    "innervation_ratio", "delay_min", "delay_max", "interneuron_delay", "weight_sd",
    "weight_mean", "learning_rate_visible", "learning_rate_latent", "nudging", "plastic_replay",
    "precision", "kernel",
  ]

  /// The parameters of ELiSe, of patterns and of the protocol.
  private static let shared: [Parameter] = [
    Parameter(
      "model", .text, default: .text("elise"), .choice(ModelKind.all.map(\.name)),
      "what learns the sequence. "
        + ModelKind.all.map { "\($0.name): \($0.meaning)" }.joined(separator: "; ")),
    Parameter(
      "latent", .integer, default: .integer(50), .from(2, through: 100_000),
      "latent neurons"),
    Parameter(
      "scaffold", .boolean, default: .boolean(true), .any,
      "whether a scaffold of static synapses onto latent somata is grown"),
    Parameter(
      "scaffold_p", .real, default: .real(0.2), .from(0, upTo: 1),
      "scaffold growth: a neuron with n outgoing edges gets one more with probability p^n"),
    Parameter(
      "scaffold_q", .real, default: .real(0.15), .from(0, through: 1),
      "scaffold growth: a neuron with k incoming edges takes one more with probability q^k"),
    Parameter(
      "scaffold_p0", .real, default: .real(0.04), .from(0, through: 1),
      "scaffold growth: probability that a neuron gets no outgoing edge"),
    Parameter(
      "dendrite_density", .real, default: .real(1), .above(0, through: 1),
      "probability with which each dendritic synapse exists"),
    Parameter(
      "protect_scaffold", .boolean, default: .boolean(false), .any,
      "whether a dendritic synapse that parallels a scaffold edge always exists, however low "
        + "dendrite_density and innervation_ratio are"),
    Parameter(
      "innervation_ratio", .real, default: .real(1), .from(0, through: 1),
      "probability with which each dendritic synapse from a visible to a latent neuron is kept"),
    Parameter(
      "delay_min", .real, unit: "ms", default: .real(5),
      .from(0.2, through: 10_000, stepsPerUnit: 10),
      "shortest dendritic and scaffold delay"),
    Parameter(
      "delay_max", .real, unit: "ms", default: .real(15),
      .from(0.2, through: 10_000, stepsPerUnit: 10),
      "longest dendritic and scaffold delay"),
    Parameter(
      "interneuron_delay", .real, unit: "ms", default: .real(25),
      .from(0, through: 10_000, stepsPerUnit: 10),
      "what the inhibitory pathway of the scaffold adds to a delay"),
    Parameter(
      "weight_sd", .real, unit: "mV", default: .real(0.5), .from(0),
      "standard deviation of the initial dendritic weights"),
    Parameter(
      "weight_mean", .real, unit: "mV", default: .real(0), .any,
      "mean of the initial dendritic weights"),
    Parameter(
      "learning_rate_visible", .real, unit: "per step", default: .real(1e-4), .from(0),
      "learning rate of synapses from visible to visible neurons"),
    Parameter(
      "learning_rate_latent", .real, unit: "per step", default: .real(1e-3), .from(0),
      "learning rate of all other dendritic synapses"),
    Parameter(
      "nudging", .real, default: .real(0.6), .from(0, upTo: 1),
      "strength with which the teacher pulls visible somata to the target"),
    Parameter(
      "pattern", .text, default: nil, .any,
      "file with the sequence to learn, relative to the sweep file, or generated for a random "
        + "sequence (a file of that name is ./generated)"),
    Parameter(
      "sequence_length", .integer, unit: "notes", default: .absent, .from(2, through: 1_000_000),
      "length of the learned sequence: the first so many notes of a pattern file, none for all; "
        + "must be named for a generated pattern"),
    Parameter(
      "vocabulary", .integer, unit: "symbols", default: .absent, .from(2, through: 100_000),
      "how many different notes a generated pattern is made of; only with pattern generated"),
    Parameter(
      "order", .integer, unit: "notes", default: .absent, .from(1, through: 1_000_000),
      "how many preceding notes it takes to know the next one of a generated pattern: one more "
        + "than its longest repeated passage; only with pattern generated"),
    Parameter(
      "visible", .integer, unit: "neurons", default: .absent, .from(2, through: 100_000),
      "visible neurons of a generated pattern, those beyond the vocabulary silent; none for as "
        + "many as the vocabulary; only with pattern generated"),
    Parameter(
      "pattern_seed", .integer, default: .absent, .from(0),
      "seed of a generated pattern; none for that of seed; only with pattern generated"),
    Parameter(
      "pattern_count", .integer, unit: "patterns", default: .absent, .from(1, through: 1000),
      "how many patterns are learned in turn, each with visible neurons of its own, and replayed "
        + "one after another: the first so many of a pattern file, none for all of it; of generated "
        + "ones none for 1"),
    Parameter(
      "note_duration", .real, unit: "ms", default: .real(10),
      .from(0.3, through: 10_000, stepsPerUnit: 10),
      "duration of a note"),
    Parameter(
      "target_noise", .real, unit: "mV", default: .real(0), .from(0),
      "standard deviation of the Ornstein-Uhlenbeck noise that training adds to the target, drawn "
        + "anew in every cycle"),
    Parameter(
      "target_noise_tau", .real, unit: "ms", default: .real(10), .above(0),
      "correlation time of the target noise"),
    Parameter(
      "training_cycles", .integer, unit: "cycles", default: .integer(10_000),
      .from(0, through: 1_000_000_000),
      "length of training: the cycles -1, 0, 1 and so on, up to one below this, are run"),
    Parameter(
      "test_every", .integer, unit: "cycles", default: .integer(20),
      .from(1, through: 1_000_000_000),
      "every so many training cycles one runs without the teacher"),
    Parameter(
      "turn_cycles", .integer, unit: "cycles", default: .integer(20),
      .from(1, through: 1_000_000_000),
      "how many training cycles follow one of several patterns before it is the next one's turn"),
    Parameter(
      "replay_cycles", .integer, unit: "cycles", default: .integer(100),
      .from(0, through: 1_000_000_000),
      "cycles of replay of each pattern after training"),
    Parameter(
      "nudged_replay_cycles", .integer, unit: "cycles", default: .integer(3),
      .from(0, through: 1_000_000_000),
      "how many replay cycles, from the first on, the teacher still guides"),
    Parameter(
      "cue_notes", .integer, unit: "notes", default: .absent, .from(1, through: 1_000_000),
      "cues a replay with so many notes: all somata are held at rest for a cycle, then the teacher "
        + "plays the first notes and leaves; none for a replay that starts with "
        + "nudged_replay_cycles, which a cue makes void"),
    Parameter(
      "plastic_replay", .boolean, default: .boolean(true), .any,
      "whether plastic synapses go on learning during replay"),
    Parameter(
      "disruption", .text, default: .absent, .any,
      "file that says which visible somata are held during a replay cycle, when and at which "
        + "potential, relative to the sweep file; none for an undisturbed replay"),
    Parameter(
      "precision", .text, default: .text("double"), .choice(["double", "single"]),
      "precision of the arithmetic"),
    Parameter(
      "kernel", .text, default: .text("windowed"), .choice(["windowed", "reference"]),
      "which implementation of the same equations computes; reference needs double precision"),
    Parameter(
      "seed", .integer, default: .integer(1), .from(0),
      "seed of everything random in a trial"),
  ]
}
