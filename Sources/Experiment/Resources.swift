import NeuralCore
import SweepPlan

/// The cost of a network: the other side of every comparison.
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
    scores.replayStateBytes = Double(footprint.replayNumbers * footprint.bytesPerNumber)
    scores.activationsPerMs = Double(footprint.activations) / step
    scores.merge(ScoreColumn.together(model.targets.map { ambiguity(of: $0.pattern) }))
    return scores
  }

  /// How hard a sequence is to continue: the values of its columns; none for an analog pattern.
  private static func ambiguity(of pattern: Pattern) -> ScoreValues {
    var scores = ScoreValues()
    guard !pattern.isAnalog else { return scores }
    scores.distinctNotes = Double(pattern.distinctColumns)
    scores.sequenceOrder = pattern.order.map(Double.init)
    scores.ambiguousAfter1 = pattern.ambiguity(after: 1)
    scores.ambiguousAfter2 = pattern.ambiguity(after: 2)
    scores.ambiguousAfter3 = pattern.ambiguity(after: 3)
    return scores
  }
}
