import Baselines
import NeuralCore
import Parameters

/// A rule for several parameters together.
struct CrossCheck: Sendable {
  let keys: [String]

  /// The rule, as the end of a sentence.
  let rule: String

  /// Whether values satisfy the rule.
  let holds: @Sendable (PartialValues) -> Bool

  static let all: [CrossCheck] =
    [
      numbers(["delay_min", "delay_max"], rule: "delay_min must be at most delay_max") {
        $0[0] <= $0[1]
      },
      numbers(
        ["nudged_replay_cycles", "replay_cycles"],
        rule: "nudged_replay_cycles must be at most replay_cycles, unless that is 0"
      ) { $0[0] <= $0[1] || $0[1] == 0 },
      CrossCheck(
        keys: ["training_time", "training_cycles"],
        rule: "training_cycles must be left at its default if training_time is given"
      ) { values in
        values["training_time"] == .absent
          || values["training_cycles"]
            == ParameterTable.shared.trainingCycles.parameter.defaultValue
      },
      CrossCheck(
        keys: ["kernel", "precision"], rule: "kernel reference needs precision double"
      ) { $0.kernel != "reference" || $0.precision != "single" },
    ] + durations + delays + neuron + generated + models

  /// Durations are whole numbers of time steps.
  private static let durations: [CrossCheck] =
    [("note_duration", 3), ("delay_min", 2), ("delay_max", 2), ("interneuron_delay", 0)].map {
      (key, least) in
      let atLeast = least == 0 ? "" : ", at least \(least) of them"
      return CrossCheck(
        keys: [key, "time_step"], rule: "\(key) must be a multiple of time_step\(atLeast)"
      ) { values in
        guard let duration = values[key].number else { return true }
        let steps = duration / values.constants.timeStep
        return steps.rounded() >= Double(least) && isWhole(steps)
      }
    }

  /// Delays of baselines are a range of whole numbers of their steps.
  private static let delays: [CrossCheck] = Baselines.all.flatMap { baseline -> [CrossCheck] in
    let settings = Parameter.delays
    guard settings.allSatisfy(baseline.settings.contains) else { return [] }
    let keys = settings.map { Parameter.key($0.key, of: baseline.name) }
    let step = Parameter.key(Parameter.step.key, of: baseline.name)
    return [numbers(keys, rule: "\(keys[0]) must be at most \(keys[1])") { $0[0] <= $0[1] }]
      + keys.map { key in
        numbers([key, step], rule: "\(key) must be a multiple of \(step)") {
          isWhole($0[0] / $0[1])
        }
      }
  }

  /// Whether a number of steps is whole, up to errors of rounding.
  private static func isWhole(_ steps: Double) -> Bool {
    abs(steps - steps.rounded()) < 1e-9 * max(1, steps)
  }

  /// The ranges of the neuron's constants that keep the Euler step stable and the teacher's conductances
  /// positive.
  private static let neuron: [CrossCheck] = [
    numbers(
      ["time_step", "leak_conductance", "dendrite_conductance"],
      rule:
        "time_step * (leak_conductance + dendrite_conductance) must be at most 1, or the Euler step "
        + "overshoots"
    ) { $0[0] * ($0[1] + $0[2]) <= 1 },
    numbers(
      [
        "time_step", "leak_conductance", "dendrite_conductance", "excitatory_conductance",
        "inhibitory_conductance",
      ],
      rule: "time_step * (leak_conductance + dendrite_conductance + excitatory_conductance + "
        + "inhibitory_conductance) must be below 2, or the Euler step is unstable"
    ) { $0[0] * ($0[1] + $0[2] + $0[3] + $0[4]) < 2 },
    numbers(
      ["time_step", "leak_conductance", "heterogeneity", "dendrite_conductance"],
      rule:
        "time_step * (leak_conductance * (1 + 8.6 * heterogeneity) + dendrite_conductance) must be at "
        + "most 1, or the Euler step of the leakiest neuron may overshoot"
    ) { $0[0] * ($0[1] * ModelConstants.largestFactor($0[2]) + $0[3]) <= 1 },
    numbers(
      [
        "time_step", "leak_conductance", "heterogeneity", "dendrite_conductance",
        "excitatory_conductance", "inhibitory_conductance",
      ],
      rule: "time_step * (leak_conductance * (1 + 8.6 * heterogeneity) + dendrite_conductance + "
        + "excitatory_conductance + inhibitory_conductance) must be below 2, or the Euler step of the "
        + "leakiest neuron may be unstable"
    ) { $0[0] * ($0[1] * ModelConstants.largestFactor($0[2]) + $0[3] + $0[4] + $0[5]) < 2 },
    numbers(
      ["inhibitory_potential", "leak_potential"],
      rule: "inhibitory_potential must be at most leak_potential"
    ) { $0[0] <= $0[1] },
    numbers(
      ["leak_potential", "target_elevation", "excitatory_potential"],
      rule: "leak_potential + target_elevation must be at most excitatory_potential"
    ) { $0[0] + $0[1] <= $0[2] },
  ]

  /// A rule for numbers, in the order of the keys. It holds if one of them has no value.
  private static func numbers(
    _ keys: [String], rule: String, _ holds: @escaping @Sendable ([Double]) -> Bool
  ) -> CrossCheck {
    CrossCheck(keys: keys, rule: rule) { values in
      let numbers = keys.compactMap { values[$0].number }
      return numbers.count < keys.count || holds(numbers)
    }
  }

  /// A parameter that a model does not use keeps its default.
  private static let models: [CrossCheck] = Parameter.all.compactMap { parameter in
    guard let models = parameter.models else { return nil }
    let names = models.joined(separator: ", ")
    let others =
      parameter.isOptional
      ? "must be none with another model" : "must be left at its default with another model"
    return CrossCheck(
      keys: [parameter.key, "model"],
      rule:
        "\(parameter.key) is for model \(names) alone and \(others); blocks of the grid, or zip, "
        + "give each model its own values"
    ) { values in
      if let model = values.model, parameter.applies(to: model) { return true }
      return values[parameter.key] == .absent
    }
  }

  /// The rules of `pattern: generated`.
  private static let generated: [CrossCheck] =
    ["sequence_length", "vocabulary", "order"].map { key in
      CrossCheck(keys: [key, "pattern"], rule: "\(key) must be named if pattern is generated") {
        $0[key] != .absent || !$0.isGenerated
      }
    }
    + ["vocabulary", "order", "visible", "pattern_seed"].map { key in
      CrossCheck(
        keys: [key, "pattern"],
        rule: "\(key) is for pattern generated alone and must be none with a pattern file"
      ) { $0[key] == .absent || $0.isGenerated }
    }
    + [
      CrossCheck(
        keys: ["visible", "vocabulary"],
        rule: "visible must be at least vocabulary, one neuron for each symbol"
      ) { values in
        guard let visible = values.visible, let vocabulary = values.vocabulary else { return true }
        return visible >= vocabulary
      }
    ]

  /// The error for values that break the rule.
  func conflict(_ values: PartialValues) -> ParameterError {
    .conflict(keys: keys, values: keys.map { values[$0] }, rule: rule)
  }
}

extension PartialValues {
  /// The constants with the time step; other models than ELiSe have the default one for their targets.
  var constants: ModelConstants {
    var constants = ModelConstants()
    constants.timeStep = self.timeStep ?? constants.timeStep
    return constants
  }

  var isGenerated: Bool { self["pattern"] == Parameter.generatedPattern }
}
