import Baselines
import Parameters

/// Every parameter that does not belong to one baseline, in the order of the columns of all tables.
///
/// A new parameter is one row here: key, type, unit, default, bounds, meaning, the models that use
/// it, the setting of the core, and whether it shapes the cost of a trial. Code reads it by the name of
/// the row: `parameters.latent`.
///
/// A new row changes the identity of every trial of the models that use it, unless it has the neutral
/// value that all older results had (`neutral(at:)`).
///
/// Very large upper bounds only exclude absurd sizes.
public struct ParameterTable: Sendable {
  public let model = ParameterKey<String>(
    "model", default: "elise", .choice(ModelKind.all.map(\.name)),
    "the model that learns the sequence. "
      + ModelKind.all.map { "\($0.name): \($0.meaning)" }.joined(separator: "; ")
  ).shapingCost()

  public let latent = ParameterKey<Int>(
    "latent", default: 50, .from(2, through: 100_000),
    "latent neurons"
  ).shapingCost()

  public let scaffold = ParameterKey<Bool>(
    "scaffold", default: true, .any,
    "whether a scaffold of static synapses onto latent somata is grown"
  ).eliseOnly()

  public let scaffoldP = ParameterKey<Double>(
    "scaffold_p", default: 0.2, .from(0, upTo: 1),
    "scaffold growth: a neuron with n outgoing edges gets one more with probability p^n",
    sets: { $0.growth.branching = $1 }
  ).eliseOnly()

  public let scaffoldQ = ParameterKey<Double>(
    "scaffold_q", default: 0.15, .from(0, through: 1),
    "scaffold growth: a neuron with k incoming edges takes one more with probability q^k",
    sets: { $0.growth.acceptance = $1 }
  ).eliseOnly()

  public let scaffoldP0 = ParameterKey<Double>(
    "scaffold_p0", default: 0.04, .from(0, through: 1),
    "scaffold growth: probability that a neuron gets no outgoing edge",
    sets: { $0.growth.barren = $1 }
  ).eliseOnly()

  public let dendriteDensity = ParameterKey<Double>(
    "dendrite_density", default: 1, .above(0, through: 1),
    "probability with which each dendritic synapse exists",
    sets: { $0.connectivity.density = $1 }
  ).eliseOnly().shapingCost()

  public let protectScaffold = ParameterKey<Bool>(
    "protect_scaffold", default: false, .any,
    "whether a dendritic synapse that parallels a scaffold edge always exists, however low "
      + "dendrite_density and innervation_ratio are",
    sets: { $0.connectivity.protectsScaffold = $1 }
  ).eliseOnly()

  public let innervationRatio = ParameterKey<Double>(
    "innervation_ratio", default: 1, .from(0, through: 1),
    "probability with which each dendritic synapse from a visible to a latent neuron is kept",
    sets: { $0.connectivity.innervation = $1 }
  ).eliseOnly().shapingCost()

  public let delayMin = ParameterKey<Double>(
    "delay_min", unit: "ms", default: 5, .above(0, through: 10_000),
    "shortest dendritic and scaffold delay, at least 2 time steps"
  ).eliseOnly().shapingCost()

  public let delayMax = ParameterKey<Double>(
    "delay_max", unit: "ms", default: 15, .above(0, through: 10_000),
    "longest dendritic and scaffold delay"
  ).eliseOnly()

  public let interneuronDelay = ParameterKey<Double>(
    "interneuron_delay", unit: "ms", default: 25, .from(0, through: 10_000),
    "additional delay of the inhibitory pathway of the scaffold"
  ).eliseOnly()

  public let weightSD = ParameterKey<Double>(
    "weight_sd", unit: "mV", default: 0.5, .from(0),
    "standard deviation of the initial dendritic weights",
    sets: { $0.weightDeviation = $1 }
  ).eliseOnly()

  public let weightMean = ParameterKey<Double>(
    "weight_mean", unit: "mV", default: 0, .any,
    "mean of the initial dendritic weights",
    sets: { $0.weightMean = $1 }
  ).eliseOnly()

  public let learningRateVisible = ParameterKey<Double>(
    "learning_rate_visible", unit: "per step", default: 1e-4, .from(0),
    "learning rate of synapses from visible to visible neurons",
    sets: { $0.learningRateVisible = $1 }
  ).eliseOnly()

  public let learningRateLatent = ParameterKey<Double>(
    "learning_rate_latent", unit: "per step", default: 1e-3, .from(0),
    "learning rate of all other dendritic synapses",
    sets: { $0.learningRateLatent = $1 }
  ).eliseOnly()

  public let nudging = ParameterKey<Double>(
    "nudging", default: 0.6, .from(0, upTo: 1),
    "strength of the teacher on visible somata",
    sets: { $0.constants.nudging = $1 }
  ).eliseOnly()

  public let pattern = ParameterKey<String>(
    required: "pattern", .file(orWord: "generated"),
    "file with the sequence to learn, relative to the sweep file, or generated for a random "
      + "sequence (a file of that name is ./generated)"
  ).shapingCost()

  public let sequenceLength = ParameterKey<Int?>(
    "sequence_length", unit: "notes", default: nil, .from(2, through: 1_000_000),
    "length of the learned sequence: the first notes of a pattern file, none for all of them; "
      + "required for a generated pattern"
  ).shapingCost()

  public let vocabulary = ParameterKey<Int?>(
    "vocabulary", unit: "symbols", default: nil, .from(2, through: 100_000),
    "largest number of different notes in a generated pattern, which short ones do not reach; "
      + "only with pattern generated"
  ).shapingCost()

  public let order = ParameterKey<Int?>(
    "order", unit: "notes", default: nil, .from(1, through: 1_000_000),
    "number of preceding notes that determine the next one of a generated pattern: one more "
      + "than its longest repeated passage; only with pattern generated"
  ).shapingCost()

  public let visible = ParameterKey<Int?>(
    "visible", unit: "neurons", default: nil, .from(2, through: 100_000),
    "visible neurons of a generated pattern, of which those beyond the vocabulary are silent; none "
      + "for the size of the vocabulary; only with pattern generated"
  ).shapingCost()

  public let patternSeed = ParameterKey<Int?>(
    "pattern_seed", default: nil, .from(0),
    "seed of a generated pattern; none for that of seed; only with pattern generated"
  )

  public let patternCount = ParameterKey<Int?>(
    "pattern_count", unit: "patterns", default: nil, .from(1, through: 1000),
    "number of patterns that are learned in turn, each with its own visible neurons, and replayed "
      + "one after another: the first ones of a pattern file, none for all of them; for generated "
      + "patterns none means 1"
  ).shapingCost()

  public let noteDuration = ParameterKey<Double>(
    "note_duration", unit: "ms", default: 10, .above(0, through: 10_000),
    "duration of a note, at least 3 time steps"
  ).shapingCost()

  public let targetNoise = ParameterKey<Double>(
    "target_noise", unit: "mV", default: 0, .from(0),
    "standard deviation of the Ornstein-Uhlenbeck noise that training adds to the target, drawn "
      + "again in every cycle"
  )

  public let targetNoiseTau = ParameterKey<Double>(
    "target_noise_tau", unit: "ms", default: 10, .above(0),
    "correlation time of the target noise"
  )

  public let trainingCycles = ParameterKey<Int>(
    "training_cycles", unit: "cycles", default: 10_000, .from(0, through: 1_000_000_000),
    "length of training: the cycles -1, 0, 1 and so on, up to one below this, are run",
    sets: { $0.schedule.trainingCycles = $1 }
  ).shapingCost()

  public let testEvery = ParameterKey<Int>(
    "test_every", unit: "cycles", default: 20, .from(1, through: 1_000_000_000),
    "interval between training cycles that run without the teacher (free tests)",
    sets: { $0.schedule.testEvery = $1 }
  )

  public let turnCycles = ParameterKey<Int>(
    "turn_cycles", unit: "cycles", default: 20, .from(1, through: 1_000_000_000),
    "number of consecutive training cycles of one pattern before the next of several patterns follows",
    sets: { $0.schedule.turnCycles = $1 }
  )

  public let replayCycles = ParameterKey<Int>(
    "replay_cycles", unit: "cycles", default: 100, .from(0, through: 1_000_000_000),
    "cycles of replay of each pattern after training",
    sets: { $0.schedule.replayCycles = $1 }
  ).shapingCost()

  public let nudgedReplayCycles = ParameterKey<Int>(
    "nudged_replay_cycles", unit: "cycles", default: 3, .from(0, through: 1_000_000_000),
    "number of first replay cycles that the teacher still guides",
    sets: { $0.schedule.nudgedReplayCycles = $1 }
  )

  public let cueNotes = ParameterKey<Int?>(
    "cue_notes", unit: "notes", default: nil, .from(1, through: 1_000_000),
    "number of notes that cue a replay: all somata are held at rest for a cycle, then the teacher "
      + "plays these first notes and leaves; none for a replay that starts with "
      + "nudged_replay_cycles, which is ignored if cue_notes is set",
    sets: { $0.schedule.cueNotes = $1 }
  )

  public let plasticReplay = ParameterKey<Bool>(
    "plastic_replay", default: true, .any,
    "whether plastic synapses go on learning during replay"
  ).eliseOnly()

  public let disruption = ParameterKey<String?>(
    "disruption", default: nil, .file(),
    "file with the visible somata that are held during a replay cycle, with times and "
      + "potential, relative to the sweep file; none for an undisturbed replay"
  )

  public let precision = ParameterKey<String>(
    "precision", default: "double", .choice(["double", "single"]),
    "precision of the arithmetic"
  ).eliseOnly().shapingCost()

  public let kernel = ParameterKey<String>(
    "kernel", default: "windowed", .choice(["windowed", "reference"]),
    "implementation of the equations; reference needs double precision"
  ).eliseOnly().shapingCost()

  public let seed = ParameterKey<Int>(
    "seed", default: 1, .from(0),
    "seed of everything random in a trial"
  )

  public let timeStep = ParameterKey<Double>(
    "time_step", unit: "ms", default: 0.1, .from(0.001, through: 10),
    "length of an Euler step; delays and note_duration must be multiples of it",
    sets: { $0.constants.timeStep = $1 }
  ).eliseOnly().neutralAtDefault().shapingCost()

  public let leakPotential = ParameterKey<Double>(
    "leak_potential", unit: "mV", default: -70, .any,
    "reversal potential of the leak",
    sets: { $0.constants.leakPotential = $1 }
  ).eliseOnly().neutralAtDefault()

  public let excitatoryPotential = ParameterKey<Double>(
    "excitatory_potential", unit: "mV", default: 0, .any,
    "reversal potential of excitatory conductances",
    sets: { $0.constants.excitatoryPotential = $1 }
  ).eliseOnly().neutralAtDefault()

  public let inhibitoryPotential = ParameterKey<Double>(
    "inhibitory_potential", unit: "mV", default: -75, .any,
    "reversal potential of inhibitory conductances",
    sets: { $0.constants.inhibitoryPotential = $1 }
  ).eliseOnly().neutralAtDefault()

  public let rateThreshold = ParameterKey<Double>(
    "rate_threshold", unit: "mV", default: -58, .any,
    "potential at which the rate is one half",
    sets: { $0.constants.rateThreshold = $1 }
  ).eliseOnly().neutralAtDefault()

  public let targetElevation = ParameterKey<Double>(
    "target_elevation", unit: "mV", default: 20, .above(0),
    "potential that a note adds to the leak potential of a visible neuron",
    sets: { $0.constants.targetElevation = $1 }
  ).eliseOnly().neutralAtDefault()

  public let leakConductance = ParameterKey<Double>(
    "leak_conductance", unit: "1/ms", default: 0.1, .above(0),
    "leak conductance of soma and dendrite divided by their capacitance",
    sets: { $0.constants.leakConductance = $1 }
  ).eliseOnly().neutralAtDefault()

  public let dendriteConductance = ParameterKey<Double>(
    "dendrite_conductance", unit: "1/ms", default: 2, .above(0),
    "conductance from dendrite to soma divided by the capacitance",
    sets: { $0.constants.dendriteConductance = $1 }
  ).eliseOnly().neutralAtDefault()

  public let excitatoryConductance = ParameterKey<Double>(
    "excitatory_conductance", unit: "1/ms", default: 0.3, .above(0),
    "excitatory conductance of one scaffold edge at the full presynaptic rate",
    sets: { $0.constants.excitatoryScale = $1 }
  ).eliseOnly().neutralAtDefault()

  public let inhibitoryConductance = ParameterKey<Double>(
    "inhibitory_conductance", unit: "1/ms", default: 6, .from(0),
    "inhibitory conductance of one scaffold edge at the full presynaptic rate",
    sets: { $0.constants.inhibitoryScale = $1 }
  ).eliseOnly().neutralAtDefault()

  public let rateSlope = ParameterKey<Double>(
    "rate_slope", unit: "1/mV", default: 0.3, .above(0),
    "slope of the rate function",
    sets: { $0.constants.rateSlope = $1 }
  ).eliseOnly().neutralAtDefault()

  public let heterogeneity = ParameterKey<Double>(
    "heterogeneity", default: 0, .from(0, through: 1),
    "relative standard deviation, over neurons, of rate_slope, of the distance from leak_potential to "
      + "rate_threshold, and of leak_conductance",
    sets: { $0.constants.heterogeneity = $1 }
  ).eliseOnly().neutralAtDefault()

  public let trainingTime = ParameterKey<Double?>(
    "training_time", unit: "s", default: nil, .above(0, through: 1_000_000_000),
    "length of training in simulated time, in the place of training_cycles, so that sequences of every "
      + "length are taught equally long: as many cycles as come closest; none for training_cycles"
  ).neutralAtDefault().shapingCost()

  public let robustnessDraws = ParameterKey<Int>(
    "robustness_draws", default: 1, .from(1, through: 1000),
    "number of random draws of each perturbation in robustness tests, whose mean is scored; with 8 or "
      + "more, differences between networks are not those between draws"
  ).neutralAtDefault().shapingCost()

  public let memoryInputs = ParameterKey<Int>(
    "memory_inputs", default: 1, .from(1, through: 1000),
    "number of random inputs with which linear_memory_capacity is measured; the score is the mean"
  ).neutralAtDefault().shapingCost()
}

extension ParameterTable {
  static let shared = ParameterTable()

  static let rows: [any AnyParameterKey] = Mirror(reflecting: shared).children.map { row in
    guard let key = row.value as? any AnyParameterKey else {
      preconditionFailure("\(row.label ?? "a row") is no parameter")
    }
    return key
  }
}

extension Parameter {
  /// Every parameter, in the order of the columns of all tables. The baselines' own come last.
  public static let all: [Parameter] = ParameterTable.rows.map(\.parameter) + ofBaselines

  static let ofBaselines: [Parameter] = Baselines.all.flatMap { baseline in
    baseline.settings.map { $0.owned(by: baseline.name) }
  }

  /// The parameter with a key; nil for an unknown one.
  public static func named(_ key: String) -> Parameter? { index[key].map { all[$0] } }

  /// The index of each key in ``all``.
  package static let index = Dictionary(
    uniqueKeysWithValues: all.enumerated().map { ($0.element.key, $0.offset) })

  /// The index of a row in ``all``.
  package static func index<Value>(of row: KeyPath<ParameterTable, ParameterKey<Value>>) -> Int {
    index[ParameterTable.shared[keyPath: row].parameter.key]!
  }

  static let model = index(of: \.model)

  /// The value of `pattern` for a random sequence instead of a file.
  public static let generatedPattern = ParameterValue.text("generated")

  /// The value in a trial of a model: a parameter that the model does not use becomes `none`, and
  /// `none` is replaced by its meaning.
  ///
  /// If the model does not use the parameter, a value other than the default stays; a ``CrossCheck``
  /// refuses it.
  func completed(_ value: ParameterValue, for model: String) -> ParameterValue {
    if applies(to: model) { return value == .absent ? valueOfNone : value }
    return value == defaultValue ? .absent : value
  }
}

extension [ParameterValue] {
  /// The values of a trial from the given ones, in the order of ``Parameter/all``.
  func completed() -> [ParameterValue] {
    guard case .text(let model) = self[Parameter.model] else { return self }
    return zip(Parameter.all, self).map { $0.completed($1, for: model) }
  }
}
