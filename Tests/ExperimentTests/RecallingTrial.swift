import NeuralCore
import Parameters
import Scores
import TestSupport

@testable import Experiment
@testable import SweepPlan

/// A trial that takes a fraction of a second and whose network recalls its sequence: four notes,
/// two neurons each, and learning rates that suit so few cycles.
enum RecallingTrial {
  static let pattern = """
    # name: four nNeurons: 4 nSteps: 4
    1 0 0 1
    1 1 0 0
    0 1 1 0
    0 0 1 1

    """

  static let hash = ContentHash(of: Array(pattern.utf8))

  static func parameters(_ values: [String: ParameterValue] = [:]) throws -> ParameterSet {
    let own: [String: ParameterValue] = [
      "pattern": .text("four.txt"), "latent": .integer(20), "training_cycles": .integer(500),
      "learning_rate_latent": .real(0.02), "replay_cycles": .integer(30),
    ]
    return try ParameterSet(own.merging(values) { $1 })
  }

  static func model(_ values: [String: ParameterValue] = [:]) throws -> TrialModel {
    try TrialModel(parameters(values), pattern: pattern)
  }

  /// What is left of a trial when its replay has ended.
  struct Trained {
    let model: TrialModel
    let network: Network
    let recall: RecallTest
  }

  /// Trains a network and lets it replay.
  static func trained(_ values: [String: ParameterValue] = [:]) throws -> Trained {
    let model = try model(values)
    let simulation = try model.simulation(of: model.newNetwork())
    var recall = RecallTest(model)
    try simulation.run {
      recall.needs($0) ? .visible : .none
    } observe: { cycle, record in
      if let record { recall.observe(cycle, record) }
    }
    return Trained(
      model: model, network: simulation.network(beforeCycle: model.schedule.trainingCycles),
      recall: recall)
  }

  /// The row of such a trial, with a few scores.
  static func content() throws -> TrialRecord {
    TrialRecord(
      parameters: try parameters(), inputs: TrialInputs(pattern: hash), reason: nil,
      scores: ["correlation": 0.975, "recalled": 1],
      cost: TrialCost(rank: 0, host: "node", start: 1_785_000_000.25, seconds: 1.5, steps: 200_000))
  }
}

/// The hash of `Fixtures.tinyPattern`.
let tinyPatternHash = ContentHash(of: Array(Fixtures.tinyPattern.utf8))
