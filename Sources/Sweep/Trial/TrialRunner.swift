import FoundationEssentials
import NeuralCore
import Scores

/// Runs one trial: grows the network, trains it, lets it replay, scores it.
struct TrialRunner: Sendable {
  private let tests: Set<SweepTest>
  private let files: [ContentHash: String]
  private let rank: Int
  private let host: String

  /// Creates a runner.
  ///
  /// - Parameters:
  ///   - tests: Which scores are wanted.
  ///   - files: The contents of the input files.
  ///   - rank: This rank, for the record; `host` likewise.
  init(
    tests: [SweepTest], files: [ContentHash: String], rank: Int, host: String
  ) {
    self.tests = Set(tests)
    self.files = files
    self.rank = rank
    self.host = host
  }

  /// Runs a trial. What goes wrong with it becomes its status and reason.
  func run(_ trial: TrialAssignment) -> (status: TrialStatus, content: TrialContent) {
    let start = Date()
    let clock = ContinuousClock.now
    var steps = 0
    var status = TrialStatus.done
    var reason: String?
    var scores: [String: Double] = [:]
    var details: TrialDetails?
    do {
      (scores, details) = try simulate(trial, steps: &steps)
    } catch let error as Simulation.Divergence {
      (status, reason) = (.diverged, "\(error)")
    } catch {
      (status, reason) = (.failed, "\(error)")
    }
    return (
      status,
      TrialContent(
        parameters: trial.parameters, inputs: trial.inputs, reason: reason, scores: scores,
        details: details,
        cost: TrialCost(
          rank: rank, host: host, start: start.timeIntervalSince1970,
          seconds: clock.duration(to: .now).inSeconds, steps: steps))
    )
  }

  private func simulate(
    _ trial: TrialAssignment, steps: inout Int
  ) throws -> (scores: [String: Double], details: TrialDetails) {
    let model = try TrialModel(
      trial.parameters, pattern: text(trial.inputs.pattern),
      disruption: text(trial.inputs.disruption))
    let grown = try model.newNetwork()
    let simulation = try model.simulation(of: grown)
    // Every test builds on recall.
    var recall = RecallTest(model)
    var replaying: [Network] = []
    try simulation.run { cycle in
      recall.needs(cycle) ? .visible : .none
    } observe: { cycle, record in
      steps += model.targets[cycle.pattern].steps
      if let record { recall.observe(cycle, record) }
      if tests.contains(.robustness), model.schedule.endsReplay(cycle) {
        replaying.append(simulation.network(beforeCycle: model.schedule.trainingCycles))
      }
    }
    let trained = simulation.network(beforeCycle: model.schedule.trainingCycles)

    var scores = recall.scores
    let resources = Resources.values(of: grown, in: model, recall: recall)
    scores.merge(resources) { $1 }
    if tests.contains(.capacity) {
      scores.merge(
        CapacityTest(
          of: trained, in: model, recall: recall, resources: resources
        ).scores
      ) { $1 }
    }
    var curves: [RobustnessKind: RobustnessCurve] = [:]
    if tests.contains(.robustness), recall.isRecalled {
      let outcomes = robustness(of: replaying, in: model, recall)
      scores.merge(ScoreColumn.together(outcomes.map(\.scores))) { $1 }
      curves = outcomes[0].curves
    }
    return (scores, TrialDetails(recall.patterns[0], robustness: curves))
  }

  /// Robustness of the replay of each pattern, from the state in which it ended.
  private func robustness(
    of networks: [Network], in model: TrialModel, _ recall: RecallTest
  ) -> [RobustnessTest.Outcome] {
    zip(networks, recall.patterns).enumerated().map { pattern, replay in
      guard let chance = replay.1.scores["chance"] else { return RobustnessTest.Outcome() }
      return RobustnessTest(
        of: replay.0, in: model, pattern: pattern, recall: replay.1, chance: chance
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
