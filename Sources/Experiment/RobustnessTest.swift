import NeuralCore
import Scores
import SweepPlan

/// Disturbs a trained network in five ways and scores how much of its replay is left.
///
/// Every run starts from the same saved state, next to an undisturbed twin.
package struct RobustnessTest {
  /// Cycles of a run.
  package static let cycles = 20
  /// The quality of a run is the mean correlation of this number of last scored cycles.
  static let qualityCycles = 5
  /// Where in the cycle a silence begins, as a part of it.
  package static let onsets = [0, 0.25, 0.5, 0.75]
  /// Where silent somata are held, above the leak potential [mV].
  package static let offsets = [0.0, 15.0]

  private let model: TrialModel
  private let network: LearnerState
  private let pattern: Int
  private let recall: PatternRecall
  private let chance: Double
  private let draws: Int
  private let control: CycleControl

  /// Prepares the battery.
  ///
  /// - Parameters:
  ///   - network: The network after its replay of the pattern has settled; it fits the model.
  ///   - pattern: Which of the trial's patterns it replays.
  ///   - recall: The test that it passed undisturbed.
  ///   - chance: The correlation that is expected by chance.
  ///   - draws: The number of random draws of each perturbation.
  ///   - control: Says whether the test must end.
  init(
    of network: LearnerState, in model: TrialModel, pattern: Int, recall: PatternRecall,
    chance: Double, draws: Int = 1, control: CycleControl = CycleControl()
  ) {
    self.draws = draws
    self.control = control
    self.pattern = pattern
    self.network = network
    self.model = model
    self.recall = recall
    self.chance = chance
  }

  /// The results of the battery.
  struct Outcome {
    /// The values of the robustness columns of ``ScoreColumn/all``.
    var scores = ScoreValues()
    /// The curves behind them.
    var curves: [RobustnessKind: RobustnessCurve] = [:]
  }

  /// Runs the battery; empty if the twin itself does not stay above chance.
  func outcome() throws -> Outcome {
    let twin = try run()
    guard let undisturbed = quality(twin), undisturbed > chance else { return Outcome() }
    var scores = ScoreValues()
    var curves: [RobustnessKind: RobustnessCurve] = [:]
    var areasOfDraws: [[Double]] = []
    for kind in RobustnessKind.allCases where isPossible(kind) {
      func curve(_ correlations: [Double?]) -> RobustnessCurve {
        RobustnessCurve(
          severities: kind.severities, correlations: correlations, undisturbed: undisturbed,
          chance: chance)
      }
      let correlations: [Double?]
      if kind == .silence {
        correlations = try silence(twin, undisturbed, &scores)
      } else {
        // Shape [draw, severity].
        let drawn = try (0..<draws).map { draw in
          try kind.severities.map { quality(try disturbed(kind, $0, draw: draw)) }
        }
        areasOfDraws.append(drawn.map { curve($0).robustness })
        scores[ScoreTable.shared[kind].drawSD!] = standardDeviation(of: areasOfDraws.last!)
        correlations = kind.severities.indices.map { severity in
          mean(drawn.map { $0[severity] })
        }
      }
      let curve = curve(correlations)
      curves[kind] = curve
      let columns = ScoreTable.shared[kind]
      scores[columns.robustness] = curve.robustness
      scores[columns.robustnessOverLog] = curve.robustnessOverLog
      scores[columns.halfSeverity] = curve.halfSeverity.value
      scores[columns.halfSeverityCensored] = curve.halfSeverity.isCensored ? 1 : 0
    }
    scores.robustnessDrawSD = RobustnessCurve.standardDeviation(ofDraws: areasOfDraws)
    // A mean over other kinds would be no mean to compare with.
    if curves.count == RobustnessKind.allCases.count {
      func mean(_ area: (RobustnessCurve) -> Double) -> Double {
        RobustnessKind.allCases.reduce(0) { $0 + area(curves[$1]!) } / Double(curves.count)
      }
      scores.robustness = mean(\.robustness)
      scores.robustnessOverLog = mean(\.robustnessOverLog)
    }
    return Outcome(scores: scores, curves: curves)
  }

  /// Mean correlation of the last scored cycles; missing if the network diverged.
  private func quality(_ cycles: [ReplayScores.Cycle]) -> Double? {
    let last = cycles.suffix(Self.qualityCycles).compactMap { $0.match.correlation?.value }
    guard last.count == Self.qualityCycles else { return nil }
    return last.reduce(0, +) / Double(last.count)
  }

  /// The mean quality of runs; a run without a quality counts as chance.
  private func mean(_ qualities: [Double?]) -> Double {
    qualities.reduce(0) { $0 + ($1 ?? chance) } / Double(qualities.count)
  }

  /// Whether a kind of disturbance can act on the model.
  private func isPossible(_ kind: RobustnessKind) -> Bool {
    kind != .membraneNoise || model.learner(continuing: network)?.hasMembrane == true
  }

  /// Runs the network freely, each cycle with what `prepare` adds to its drive.
  ///
  /// - Parameters:
  ///   - damage: The damage before the run.
  ///   - scored: How many cycles are scored, the last ones that have a successor.
  private func run(
    after damage: NetworkDamage? = nil, scored: Int = qualityCycles,
    _ prepare: (inout CycleDrive, Int, any Learner) -> Void = { _, _, _ in }
  ) throws -> [ReplayScores.Cycle] {
    guard let learner = model.learner(continuing: network, after: damage) else { return [] }
    var scorer = recall.scorer(nudgedCycles: Self.cycles - 1 - scored)
    var record: RateRecord? = RateRecord(
      neurons: learner.visible, every: Simulation.sampleEvery)
    for cycle in 0..<Self.cycles {
      var drive = CycleDrive(nudged: false)
      drive.target = pattern
      drive.plastic = model.schedule.plasticReplay
      drive.control = control
      prepare(&drive, cycle, learner)
      record?.removeAll()
      try learner.runCycle(drive, recordingInto: &record)
      guard learner.isFinite, let record else { return [] }
      scorer.append(record)
      try control.checkAfterCycle?()
    }
    return scorer.scores.cycles
  }

  /// Silences of all lengths, onsets and depths: the quality for each length, and what recovery
  /// took on the mean over all of them.
  private func silence(
    _ twin: [ReplayScores.Cycle], _ undisturbed: Double, _ scores: inout ScoreValues
  ) throws -> [Double?] {
    var silenced: [(recovery: CensoredCount, shift: Int?)] = []
    let correlations = try RobustnessKind.silence.severities.map { length -> Double? in
      let runs = try Self.onsets.flatMap { onset in
        try Self.offsets.map { offset in
          try self.silenced(onset: onset, length: length, offset: offset)
        }
      }
      silenced += runs.map { cycles in
        let correlations = cycles.map { $0.match.correlation?.value }
        return (
          Recovery.cycles(correlations, undisturbed: undisturbed),
          cycles.last?.match.correlation?.shift
        )
      }
      return mean(runs.map(quality))
    }
    let recoveries = silenced.map(\.recovery)
    scores.recoveryCycles =
      recoveries.reduce(0) { $0 + Double($1.value) } / Double(recoveries.count)
    scores[flag: \.recoveryCyclesCensored] = recoveries.contains(where: \.isCensored)
    scores.recoveredSilences =
      Double(recoveries.count { !$0.isCensored }) / Double(recoveries.count)
    scores.recoveredPhaseShift = twin.last?.match.correlation.flatMap {
      Recovery.meanPhaseShift(
        silenced, twin: $0.shift, samples: recall.target.steps / Simulation.sampleEvery)
    }
    return correlations
  }

  /// A run in which the visible somata are held from an onset on.
  ///
  /// - Parameters:
  ///   - onset: Begin, as a part of the first cycle.
  ///   - length: Duration [cycles].
  ///   - offset: Where they are held, above the leak potential [mV].
  private func silenced(
    onset: Double, length: Double, offset: Double
  ) throws -> [ReplayScores.Cycle] {
    let steps = recall.target.steps
    let start = Int((onset * Double(steps)).rounded())
    let end = start + Int((length * Double(steps)).rounded())
    return try run(scored: Self.cycles - 1) { drive, cycle, _ in
      let first = max(start - cycle * steps, 0)
      let last = min(end - cycle * steps, steps)
      guard first < last else { return }
      drive.holds = [
        SomaticHold(
          steps: first..<last, neurons: Array(0..<model.task.visible),
          potential: model.constants.leakPotential + offset)
      ]
    }
  }

  private func disturbed(
    _ kind: RobustnessKind, _ severity: Double, draw: Int
  ) throws -> [ReplayScores.Cycle] {
    switch kind {
    case .silence:
      preconditionFailure("silences have onsets and depths of their own")
    case .membraneNoise:
      return try run { drive, cycle, _ in
        drive.membraneNoise = MembraneNoise(
          strength: severity, seed: model.seed, cycle: draw * Self.cycles + cycle)
      }
    case .synapseLoss:
      return try run(after: .synapseLoss(severity, draw: draw))
    case .weightNoise:
      return try run(after: .weightNoise(severity, draw: draw))
    case .latentLoss:
      return try run { drive, _, learner in
        drive.holds = [
          SomaticHold(
            steps: 0..<recall.target.steps,
            neurons: learner.lostLatentNeurons(severity, seed: model.seed, draw: draw),
            potential: model.constants.leakPotential)
        ]
      }
    }
  }
}
