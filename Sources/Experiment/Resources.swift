import NeuralCore
import SweepPlan

/// What a network costs: the other side of every comparison.
enum Resources {
  /// The values of the resource columns of ``ScoreColumn/all``; missing ones left out.
  ///
  /// - Parameter recall: Says when the criterion was met.
  static func values(
    of learner: any Learner, in model: TrialModel, recall: RecallTest
  ) -> [String: Double] {
    let footprint = learner.footprint
    let operations = footprint.learningOperations
    let criterion = recall.cyclesToCriterion
    let steps = (-1..<criterion.value).reduce(0) {
      $0 + model.targets[model.schedule.pattern(inTrainingCycle: $1)].steps
    }
    let step = Double(learner.stepLength) * model.constants.timeStep  // [ms]
    let values: [String: Double?] = [
      "neurons": Double(footprint.neurons),
      "plastic_synapses": Double(footprint.plasticParameters),
      "scaffold_edges": footprint.scaffoldEdges.map(Double.init),
      "state_bytes": Double(footprint.stateNumbers * footprint.bytesPerNumber),
      "operations_per_step": Double(operations),
      "operations_per_replay_step": Double(
        model.schedule.plasticReplay ? operations : footprint.frozenOperations),
      "operations_to_criterion": Double(operations) * Double(steps / learner.stepLength),
      "operations_to_criterion_censored": criterion.isCensored ? 1 : 0,
      "parameters": Double(footprint.parameters),
      "operations_per_ms": Double(operations) / step,
      "local_rule": footprint.isLocal ? 1 : 0,
    ]
    return values.compactMapValues { $0 }
  }
}
