import NeuralCore
import Testing

@testable import Experiment
@testable import SweepPlan

@Suite struct ResourcesTests {
  /// Three visible and two latent neurons, three synapses and two scaffold edges.
  ///
  /// If this fails, scores per resource are per something else.
  @Test(arguments: [("double", 8), ("single", 4)])
  func smallNetworkIsCountedByHand(precision: String, bytesPerNumber: Int) throws {
    var synapse = [Bool](repeating: false, count: 25)
    for index in [1, 5, 19] { synapse[index] = true }
    let network = try Network(
      visible: 3, latent: 2,
      scaffold: Scaffold(edges: [.init(pre: 0, post: 3), .init(pre: 3, post: 4)]),
      dendriticDelay: [5, 6, 7, 8, 5], scaffoldDelay: [3, 3, 3, 3, 3],
      interneuronDelay: [9, 9, 10, 9, 9], dendriticSynapse: SynapseMask(synapse),
      dendriticWeight: NumberArray(Array(repeating: 0, count: 25)),
      state: NetworkState(neurons: 5))
    let model = try TrialModelTests.model([
      "latent": .integer(2), "precision": .text(precision), "plastic_replay": .boolean(false),
    ])
    #expect(
      Resources.values(
        of: model.learner(of: network), in: model, recall: RecallTest(model)) == [
          "neurons": 5, "plastic_synapses": 3, "scaffold_edges": 2,
          // 5 neurons with two potentials, a trace and 10 past rates, and 3 weights.
          "state_bytes": Double((5 * 13 + 3) * bytesPerNumber),
          "multiply_adds_per_step": 10, "multiply_adds_per_replay_step": 7,
          // Nothing was observed: the whole training of 301 cycles counts, as a lower bound.
          "multiply_adds_to_criterion": Double(10 * 10_001 * model.targets[0].steps),
          "multiply_adds_to_criterion_censored": 1,
          // Three delays of each neuron besides synapses and edges; ten steps in a millisecond.
          "parameters": 3 + 2 + 15, "multiply_adds_per_ms": 100, "local_rule": 1,
          // Without traces and weights.
          "replay_state_bytes": Double(5 * 12 * bytesPerNumber),
          // Ten steps with the rates of soma and dendrite.
          "activations_per_ms": 100,
          "distinct_notes": 3, "sequence_order": 2, "ambiguous_after_1": 0.5,
          "ambiguous_after_2": 0, "ambiguous_after_3": 0,
        ])
  }

  /// If this fails, a reservoir's fixed synapses count as learned ones.
  @Test func reservoirLearnsOnlyItsReadout() throws {
    let model = try TrialModelTests.model([
      "latent": .integer(5), "model": .text("reservoir"),
    ])
    let values = Resources.values(
      of: try model.newLearner(), in: model, recall: RecallTest(model))
    // 3 visible neurons with 7 synapses each; 8 · 7 synapses in all.
    #expect(values["plastic_synapses"] == 21)
    #expect(values["multiply_adds_per_step"]! - 2 * values["scaffold_edges"]! == 56 + 21)
  }

  /// If this fails, dendrites that latent neurons of `soma_only` do not have are counted.
  @Test(arguments: [("elise", 16), ("soma_only", 11)])
  func eachSomaAndDendriteHasARate(variant: String, rates: Double) throws {
    let model = try TrialModelTests.model(["latent": .integer(5), "model": .text(variant)])
    let values = Resources.values(
      of: try model.newLearner(), in: model, recall: RecallTest(model))
    // 8 neurons, of which 3 are visible, and ten steps in a millisecond.
    #expect(abs(values.activationsPerMs! - 10 * rates) < 1e-9)
  }

  /// If this fails, neurons that each have a slope, a threshold and a leak count as equal ones.
  @Test func ownConstantsCount() throws {
    let values = try [0.0, 0.1].map { heterogeneity in
      let model = try TrialModelTests.model([
        "latent": .integer(5), "heterogeneity": .real(heterogeneity),
      ])
      return Resources.values(of: try model.newLearner(), in: model, recall: RecallTest(model))
    }
    #expect(values[1].parameters! - values[0].parameters! == 3 * 8)
    #expect(values[1].stateBytes! - values[0].stateBytes! == 3 * 8 * 8)
  }

  /// A full network has a synapse from every neuron to every other one.
  @Test func newNetworkIsFull() throws {
    let model = try TrialModelTests.model(["latent": .integer(5)])
    let values = Resources.values(
      of: try model.newLearner(), in: model, recall: RecallTest(model))
    #expect(values["neurons"] == 8)
    #expect(values["plastic_synapses"] == 56)
  }
}
