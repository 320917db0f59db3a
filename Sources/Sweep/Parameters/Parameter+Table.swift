extension Parameter {
  /// Every parameter, in the order of the columns of all tables.
  ///
  /// A new parameter is one row here. It changes the identity of every trial, as it should:
  /// trials of a version that did not know it cannot say what its value was.
  ///
  /// Upper ends that no experiment comes near only keep absurd sizes out.
  public static let all: [Parameter] = [
    Parameter(
      "latent", .integer, default: .integer(50), .from(2, through: 100_000),
      "latent neurons"),
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
      "file with the sequence to learn, relative to the sweep file"),
    Parameter(
      "sequence_length", .integer, unit: "notes", default: .absent, .from(2, through: 1_000_000),
      "how many notes of the pattern are learned, from its first on; none for all"),
    Parameter(
      "note_duration", .real, unit: "ms", default: .real(10),
      .from(0.3, through: 10_000, stepsPerUnit: 10),
      "duration of a note"),
    Parameter(
      "training_cycles", .integer, unit: "cycles", default: .integer(10_000),
      .from(0, through: 1_000_000_000),
      "length of training: the cycles -1, 0, 1 and so on, up to one below this, are run"),
    Parameter(
      "test_every", .integer, unit: "cycles", default: .integer(20),
      .from(1, through: 1_000_000_000),
      "every so many training cycles one runs without the teacher"),
    Parameter(
      "replay_cycles", .integer, unit: "cycles", default: .integer(100),
      .from(0, through: 1_000_000_000),
      "cycles of replay after training"),
    Parameter(
      "nudged_replay_cycles", .integer, unit: "cycles", default: .integer(3),
      .from(0, through: 1_000_000_000),
      "how many replay cycles, from the first on, the teacher still guides"),
    Parameter(
      "precision", .text, default: .text("double"), .choice(["double", "single"]),
      "precision of the arithmetic"),
    Parameter(
      "kernel", .text, default: .text("fused"), .choice(["fused", "reference"]),
      "which implementation of the same equations computes; reference needs double precision"),
    Parameter(
      "seed", .integer, default: .integer(1), .from(0),
      "seed of everything random in a trial"),
  ]
}
