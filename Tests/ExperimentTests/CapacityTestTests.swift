import Foundation
import Parameters
import Scores
import TestSupport
import Testing

@testable import Experiment
@testable import NeuralCore
@testable import SweepPlan

/// Recordings made by hand of the tiny pattern: four notes, three distinct columns.
@Suite struct CapacityTestTests {
  /// The scores of a network that produces, cycle after cycle, what another pattern asks for.
  private static func scores(
    producing pattern: String, cycles: Int = 20, _ values: [String: ParameterValue] = [:]
  ) throws -> (scores: ScoreValues, accuracy: Double?, synapses: Int) {
    let small = ["latent": ParameterValue.integer(2)].merging(values) { $1 }
    let model = try TrialModelTests.model(small)
    let produced = try TrialModel(TrialModelTests.parameters(small), pattern: pattern)
    var recall = RecallTest(model)
    for number in 0..<cycles {
      recall.observe(
        Cycle(phase: .replay, number: number, nudged: number < 3),
        RecallTestTests.perfect(produced))
    }
    let network = try model.newNetwork()
    return (
      try CapacityTest(
        of: model.learner(of: network), in: model, recall: recall,
        resources: [
          "multiply_adds_to_criterion": 1000, "multiply_adds_to_criterion_censored": 0,
          "neurons": 5,
          "plastic_synapses": Double(network.plasticSynapses(model.learning)),
        ]
      ).scores,
      recall.patterns[0].replay.noteAccuracy,
      network.plasticSynapses(model.learning)
    )
  }

  /// 4 log2 3. If this fails, what a network holds is over- or understated.
  @Test func perfectRecallHoldsTheWholeSequence() throws {
    let (scores, accuracy, synapses) = try Self.scores(producing: Fixtures.tinyPattern)
    #expect(accuracy == 1 && synapses == 5 * 4)
    #expect(abs(try #require(scores["recalled_bits"]) - 6.339850002884624) < 1e-12)
    #expect(abs(try #require(scores["bits_per_synapse"]) - 0.3169925001442312) < 1e-13)
    #expect(abs(try #require(scores["bits_per_neuron"]) - 1.2679700005769248) < 1e-13)
    #expect(abs(try #require(scores["bits_per_multiply_add_spent"]) - 6.339850002884624e-3) < 1e-15)
  }

  /// One of four notes is wrong: 4 (log2 3 + 3/4 log2 3/4 + 1/4 log2 1/8).
  @Test func wrongNoteCostsBits() throws {
    let (scores, accuracy, _) = try Self.scores(
      producing: "# name: wrong nNeurons: 3 nSteps: 4\n1 0 0 1\n0 1 0 0\n0 0 0 0\n")
    try #require(accuracy == 0.75)
    let expected = 4 * (log2(3.0) + 0.75 * log2(0.75) - 0.75)
    #expect(abs(try #require(scores["recalled_bits"]) - expected) < 1e-12)
    #expect(abs(expected - 2.0947) < 1e-4)
  }

  /// If this fails, the synapses that a reservoir never learns count as its memory.
  @Test func bitsArePerPlasticSynapse() throws {
    let (scores, _, synapses) = try Self.scores(
      producing: Fixtures.tinyPattern, ["model": .text("reservoir")])
    #expect(synapses == 3 * 4)
    #expect(abs(try #require(scores["bits_per_synapse"]) - 6.339850002884624 / 12) < 1e-13)
  }

  /// If this fails, a replay too short to be scored counts as one that holds nothing.
  @Test func shortReplayMissesBits() throws {
    let (scores, _, _) = try Self.scores(producing: Fixtures.tinyPattern, cycles: 5)
    #expect(Set(scores.keys) == ["linear_memory_capacity"])
    #expect((0...5).contains(try #require(scores["linear_memory_capacity"])))
  }
}
