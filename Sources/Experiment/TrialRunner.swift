import NeuralCore
import Scores
import SweepPlan

/// Runs one trial: grows the network, trains it, lets it replay, scores it.
package struct TrialRunner: Sendable {
  private let scoreGroups: Set<ScoreGroup>
  private let files: [ContentHash: String]
  private let rank: Int
  private let host: String
  private let control: TrialControl

  /// Creates a runner.
  ///
  /// - Parameters:
  ///   - tests: Which scores are wanted.
  ///   - files: The contents of the input files.
  ///   - rank: This rank, for the record; `host` likewise.
  ///   - control: Stop and checkpoint controls.
  package init(
    scoreGroups: [ScoreGroup], files: [ContentHash: String], rank: Int, host: String,
    control: TrialControl = TrialControl()
  ) {
    self.scoreGroups = Set(scoreGroups)
    self.files = files
    self.rank = rank
    self.host = host
    self.control = control
  }

  /// Runs a trial. An error in it becomes its status and reason.
  ///
  /// - Returns: Nil if the run ended first; the trial was saved if it had run for long.
  package func run(_ trial: Trial) -> (status: TrialStatus, content: TrialRecord)? {
    let attempt = TrialAttempt(trial, control)
    var status = TrialStatus.done
    var reason: String?
    var scores = ScoreValues()
    var details: TrialCurves?
    do {
      (scores, details) = try simulate(trial, attempt)
    } catch is TrialInterruption {
      attempt.leave()
      return nil
    } catch let error as Simulation.Divergence {
      (status, reason) = (.diverged, "\(error)")
    } catch let error as TrialTimeout {
      (status, reason) = (.timedOut, "\(error)")
    } catch {
      (status, reason) = (.failed, "\(error)")
    }
    attempt.forget()
    return (status, record(of: trial, attempt, reason: reason, scores, details))
  }

  /// The result of a trial that must not run.
  package func refuse(
    _ trial: Trial, because error: any Error
  ) -> (status: TrialStatus, content: TrialRecord) {
    let attempt = TrialAttempt(trial, control)
    return (.failed, record(of: trial, attempt, reason: "\(error)", ScoreValues(), nil))
  }

  private func record(
    of trial: Trial, _ attempt: TrialAttempt, reason: String?, _ scores: ScoreValues,
    _ details: TrialCurves?
  ) -> TrialRecord {
    TrialRecord(
      parameters: trial.parameters, inputs: trial.inputs, reason: reason, scores: scores,
      details: details,
      cost: TrialCost(
        rank: rank, host: host, start: attempt.start, seconds: attempt.seconds,
        steps: attempt.steps,
        coreSeconds: attempt.coreSeconds))
  }

  private func simulate(
    _ trial: Trial, _ attempt: TrialAttempt
  ) throws -> (scores: ScoreValues, details: TrialCurves) {
    let model = try TrialModel(
      trial.parameters, pattern: text(trial.inputs.pattern),
      disruption: text(trial.inputs.disruption))
    let trained = try train(model, memoryInputs: trial.parameters.memoryInputs, attempt)
    let recall = trained.recall
    var scores = trained.scores
    var curves: [RobustnessKind: RobustnessCurve] = [:]
    if scoreGroups.contains(.robustness), recall.isRecalled {
      let outcomes = try robustness(
        of: trained, in: model, draws: trial.parameters.robustnessDraws, attempt)
      scores.merge(ScoreColumn.together(outcomes.map(\.scores)))
      curves = outcomes[0].curves
    }
    return (scores, TrialCurves(recall.patterns[0], robustness: curves))
  }

  /// The results of training and replay. The network itself is gone, to make room for disturbed ones.
  private struct Trained {
    var recall: RecallTest

    /// For each pattern.
    var recallScores: [ScoreValues]

    /// All but those of robustness.
    var scores: ScoreValues

    /// The network at the end of the replay of each pattern, if robustness is asked for.
    var replaying: [LearnerState]
  }

  /// Trains a network, lets it replay, and scores that.
  private func train(
    _ model: TrialModel, memoryInputs: Int, _ attempt: TrialAttempt
  ) throws -> Trained {
    // Every test builds on recall.
    var recall = RecallTest(model)
    let learner: any Learner
    var firstCycle = -1
    if let (saved, continued) = attempt.saved(of: model) {
      recall = RecallTest(model, freeTests: saved.freeTests)
      learner = continued
      firstCycle = saved.cycle
    } else {
      learner = try model.newLearner()
    }
    var replaying: [LearnerState] = []
    try model.simulation(of: learner, from: firstCycle).run(control: attempt.ofCycles) { cycle in
      attempt.begin(cycle, stepLength: learner.stepLength)
      return recall.needs(cycle) ? .visible : .none
    } observe: { cycle, record in
      attempt.end(steps: model.targets[cycle.pattern].steps)
      if let record { recall.observe(cycle, record) }
      if cycle.phase == .training {
        try attempt.checkForStop(
          savingWith: {
            TrialCheckpoint(
              network: learner.sources, cycle: cycle.number + 1,
              freeTests: recall.patterns.map(\.freeTests), steps: $0, seconds: $1)
          }, isLast: cycle.number == model.schedule.trainingCycles - 1)
      } else {
        try attempt.checkForStop()
      }
      if scoreGroups.contains(.robustness), model.schedule.endsReplay(cycle) {
        replaying.append(learner.state)
      }
    }

    // Once: their chance level takes a while.
    let recalls = recall.patterns.map(\.scores)
    var scores = ScoreColumn.together(recalls)
    let resources = Resources.values(of: learner, in: model, recall: recall)
    scores.merge(resources)
    if scoreGroups.contains(.capacity) {
      scores.merge(
        try CapacityTest(
          of: learner, in: model, recall: recall, resources: resources, inputs: memoryInputs,
          control: attempt.ofCycles
        ).scores)
    }
    return Trained(
      recall: recall, recallScores: recalls, scores: scores, replaying: replaying)
  }

  /// Robustness of the replay of each pattern, from the state in which it ended.
  private func robustness(
    of trained: Trained, in model: TrialModel, draws: Int, _ attempt: TrialAttempt
  ) throws -> [RobustnessTest.Outcome] {
    try trained.replaying.enumerated().map { pattern, network in
      guard let chance = trained.recallScores[pattern].chance else {
        return RobustnessTest.Outcome()
      }
      return try RobustnessTest(
        of: network, in: model, pattern: pattern, recall: trained.recall.patterns[pattern],
        chance: chance, draws: draws, control: attempt.ofCycles
      ).outcome()
    }
  }

  private func text(_ hash: ContentHash?) -> String? {
    hash.map { hash in
      guard let text = files[hash] else { preconditionFailure("no file with hash \(hash)") }
      return text
    }
  }
}
