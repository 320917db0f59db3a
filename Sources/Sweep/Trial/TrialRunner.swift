import FoundationEssentials
import NeuralCore

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
    do {
      scores = try simulate(trial, steps: &steps)
    } catch let error as Simulation.Divergence {
      (status, reason) = (.diverged, "\(error)")
    } catch {
      (status, reason) = (.failed, "\(error)")
    }
    return (
      status,
      TrialContent(
        parameters: trial.parameters, inputs: trial.inputs, reason: reason, scores: scores,
        cost: TrialCost(
          rank: rank, host: host, start: start.timeIntervalSince1970,
          seconds: clock.duration(to: .now).inSeconds, steps: steps))
    )
  }

  private func simulate(_ trial: TrialAssignment, steps: inout Int) throws -> [String: Double] {
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
    if tests.contains(.robustness), recall.isRecalled {
      scores.merge(robustness(of: replaying, in: model, recall)) { $1 }
    }
    return scores
  }

  /// Robustness of the replay of each pattern, from the state in which it ended.
  private func robustness(
    of networks: [Network], in model: TrialModel, _ recall: RecallTest
  ) -> [String: Double] {
    ScoreColumn.together(
      zip(networks, recall.patterns).enumerated().map { pattern, replay in
        guard let chance = replay.1.scores["chance"] else { return [:] }
        return RobustnessTest(
          of: replay.0, in: model, pattern: pattern, recall: replay.1, chance: chance
        ).scores()
      })
  }

  private func text(_ hash: ContentHash?) -> String? {
    hash.map { hash in
      guard let text = files[hash] else { preconditionFailure("no file with hash \(hash)") }
      return text
    }
  }
}
