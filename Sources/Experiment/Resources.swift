import NeuralCore
import SweepPlan

/// What a network costs: the other side of every comparison.
enum Resources {
  /// The values of the resource columns of ``ScoreColumn/all``; missing ones left out.
  ///
  /// - Parameter recall: Says when the criterion was met.
  static func values(
    of learner: any Learner, in model: TrialModel, recall: RecallTest
  ) -> ScoreValues {
    let footprint = learner.footprint
    let operations = footprint.learningOperations
    let criterion = recall.cyclesToCriterion
    let steps = (-1..<criterion.value).reduce(0) {
      $0 + model.targets[model.schedule.pattern(inTrainingCycle: $1)].steps
    }
    let step = Double(learner.stepLength) * model.constants.timeStep  // [ms]
    var scores = ScoreValues()
    scores.neurons = Double(footprint.neurons)
    scores.plasticSynapses = Double(footprint.plasticParameters)
    scores.scaffoldEdges = footprint.scaffoldEdges.map(Double.init)
    scores.stateBytes = Double(footprint.stateNumbers * footprint.bytesPerNumber)
    scores.multiplyAddsPerStep = Double(operations)
    scores.multiplyAddsPerReplayStep = Double(
      model.schedule.plasticReplay ? operations : footprint.frozenOperations)
    scores.multiplyAddsToCriterion = Double(operations) * Double(steps / learner.stepLength)
    scores[flag: \.multiplyAddsToCriterionCensored] = criterion.isCensored
    scores.parameters = Double(footprint.parameters)
    scores.multiplyAddsPerMs = Double(operations) / step
    scores[flag: \.localRule] = footprint.isLocal
    return scores
  }
}
