import NeuralCore
import Parameters
import TestSupport
import Testing

@testable import Baselines
@testable import SweepPlan

@Suite struct ModelKindTests {
  private static let baselines = Baselines.all.map(\.name)

  private static func parameters(
    _ model: String, _ values: [String: ParameterValue] = [:]
  ) throws -> ParameterSet {
    try ParameterSet(
      ["pattern": .text("tiny.txt"), "model": .text(model)].merging(values) { $1 })
  }

  /// If this fails, a model cannot be named, or an old name means something else.
  @Test func modelsHaveTheirNames() {
    #expect(
      ModelKind.all.map(\.name) == [
        "elise", "reservoir", "soma_only", "esn", "force", "rflo", "bptt",
      ])
  }

  /// If this fails, a value that is swept has no effect, and a comparison compares nothing.
  @Test("What one model does not know is refused with it", arguments: baselines)
  func foreignParametersAreRefused(model: String) throws {
    for parameter in Parameter.all where parameter.models == [model] {
      let value = try #require(parameter.resolvedDefault)
      #expect(try Self.parameters(model, [parameter.key: value])[parameter.key] == value)
      #expect(throws: ParameterError.self) {
        try Self.parameters("elise", [parameter.key: value])
      }
    }
    for (key, value) in [
      ("scaffold", ParameterValue.boolean(false)), ("weight_sd", .real(1)),
      ("precision", .text("single")), ("plastic_replay", .boolean(false)),
    ] {
      #expect(throws: ParameterError.self) { try Self.parameters(model, [key: value]) }
    }
    let set = try Self.parameters(model)
    #expect(set["scaffold"] == .absent && set["precision"] == .absent)
    #expect(!set.plasticReplay)
    let error = try #require(
      throws: ParameterError.self,
      performing: { try Self.parameters(model, ["nudging": .real(0.5)]) })
    #expect(
      error.description == "got nudging 0.5 and model \(model); nudging is for model elise, "
        + "reservoir, soma_only alone and must be left at its default with another model; "
        + "blocks of the grid, or zip, give each model its own values")
  }

  /// If this fails, trials of ELiSe that are done run again because some other model changed.
  @Test func elisesIdentityKnowsNoOtherModel() throws {
    let set = try Self.parameters("elise")
    for parameter in Parameter.ofBaselines {
      #expect(set[parameter.key] == .absent)
      #expect(!set.canonicalText.contains(parameter.key))
    }
  }

  /// If this fails, a changed default leaves old results in new tables.
  @Test("A default of a baseline is part of its trials' identity", arguments: baselines)
  func defaultsAreSpelledOut(model: String) throws {
    let inputs = TrialInputs(pattern: ContentHash(of: Array("a pattern".utf8)))
    let set = try Self.parameters(model)
    for parameter in Parameter.all where parameter.models == [model] {
      let value = try #require(parameter.resolvedDefault)
      #expect(set[parameter.key] == value)
      // A value that older results had without the parameter adds nothing.
      #expect(
        set.canonicalText.contains("\"\(parameter.key)\":") == (value != parameter.neutralValue))
      #expect(
        try Self.parameters(model, [parameter.key: value]).id(inputs) == set.id(inputs))
      #expect(
        try Self.parameters(model, [parameter.key: .absent]).id(inputs) == set.id(inputs))
    }
    #expect(!set.canonicalText.contains("scaffold"))
    #expect(try set.id(inputs) != Self.parameters("elise").id(inputs))
  }

  /// If this fails, results from before there were delays run again, or pass for results with delays.
  @Test("No delay is no part of a trial's identity", arguments: baselines)
  func delaysAreNeutral(model: String) throws {
    let inputs = TrialInputs(pattern: ContentHash(of: Array("a pattern".utf8)))
    let plain = try Self.parameters(model)
    #expect(!plain.canonicalText.contains("delay"))
    let delayed = try Self.parameters(model, ["\(model)_delay_max": .real(15)])
    #expect(plain.id(inputs) != delayed.id(inputs))
    #expect(delayed.canonicalText.contains("\"\(model)_delay_max\":15"))
    #expect(!delayed.canonicalText.contains("delay_min"))
  }

  /// If this fails, a trial fails that would fit, or a run ends in the middle because there is no memory
  /// left.
  @Test(
    "The memory of a trial is what its own model takes [GB]",
    arguments: [("elise", 1.02), ("esn", 0.85), ("force", 1.13), ("rflo", 1.13), ("bptt", 1.75)])
  func memory(model: String, gigabytes: Double) throws {
    func memory(latent: Int, _ fixed: String = "", scores: String = "[recall]") throws -> Double {
      let text =
        "name: s\nfixed: {pattern: ../patterns/fuer_elise.txt, model: \(model)\(fixed)}\n"
        + "grid: {latent: [5, \(latent)]}\nscores: \(scores)\n"
      let sweep = try readSweep(text)
      let plan = try Plan(sweep)
      let trial = plan.trial(at: plan.count - 1)
      let memory = plan.memory(of: trial, scoreGroups: sweep.scoreGroups)
      #expect(memory.neurons == latent + 13)
      // Ranks other than 0 know the text of the pattern only.
      let sizes = try PatternSize.all(
        trial.parameters, text: trial.inputs.pattern.flatMap { plan.texts[$0] })
      #expect(
        TrialMemory(trial.parameters, patterns: sizes, scoreGroups: sweep.scoreGroups) == memory)
      return memory.bytes / 1e9
    }
    let plain = try memory(latent: 7500)
    #expect(abs(plain / gigabytes - 1) < 0.01, "\(plain)")
    #expect(try memory(latent: 100_000) > 24)
    #expect(try memory(latent: 7500, scores: "[recall, capacity]") > plain + 0.9)
    #expect(try memory(latent: 7500, scores: "[recall, robustness]") > plain + 0.4)
    if model != "elise" {
      // 18,000 rates of 2013 neurons.
      let lines = ", \(model)_delay_max: 9000, \(model)_step: 0.5"
      #expect(try memory(latent: 2000, lines) > memory(latent: 2000) + 0.2)
    }
    // What happened in each step of a cycle is held by backpropagation alone.
    let slow = ", note_duration: 4000, \(model)_step: 0.1"
    if model != "elise" {
      #expect(try (memory(latent: 2000, slow) > 2) == (model == "bptt"))
    } else {
      #expect(try memory(latent: 7500, ", precision: single") < 0.6 * plain)
    }
  }
}
