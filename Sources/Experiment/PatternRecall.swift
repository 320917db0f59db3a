import NeuralCore
import Scores
import SweepPlan

/// Scores how well a network recalls one of its patterns, from the free tests and the replay.
struct PatternRecall {
  /// The scores of the replay.
  var replay: ReplayScores { scorer.scores }

  /// The notes of the last scored replay cycle; nil if there are none.
  var producedNotes: ProducedNotes? { scorer.producedNotes }

  /// The free tests so far.
  var freeTests: [FreeTest] = []

  /// The target of the network.
  let target: Target

  private let targetRates: TargetRates
  private let columns: [Bool]?
  private let model: TrialModel
  private var scorer: ReplayScorer

  /// Prepares the scores of one pattern of a trial.
  init(of target: Target, in model: TrialModel) {
    self.model = model
    self.target = target
    targetRates = TargetRates(target, model.constants)
    columns =
      target.pattern.isAnalog
      ? nil : (0..<target.pattern.notes).flatMap(target.pattern.column)
    scorer = Self.scorer(
      targetRates, columns, model, nudgedCycles: model.schedule.cuedReplayCycles)
  }

  /// A scorer of another replay of the same network, after a number of nudged cycles.
  func scorer(nudgedCycles: Int) -> ReplayScorer {
    Self.scorer(targetRates, columns, model, nudgedCycles: nudgedCycles)
  }

  private static func scorer(
    _ target: TargetRates, _ columns: [Bool]?, _ model: TrialModel, nudgedCycles: Int
  ) -> ReplayScorer {
    ReplayScorer(
      target: target, pattern: columns,
      sampleSpacing: Double(Simulation.sampleEvery) * model.constants.timeStep,
      nudgedCycles: nudgedCycles)
  }

  /// Takes in a free test or a cycle of the replay.
  mutating func observe(_ cycle: Cycle, _ record: RateRecord) {
    switch cycle.phase {
    case .training:
      let match = UnshiftedMatch(record, targetRates)
      freeTests.append(FreeTest(cycle: cycle.number, correlation: match.correlation))
    case .rest:
      preconditionFailure("a rest has no score")
    case .replay:
      scorer.append(record)
    }
  }

  /// The notes of a recorded cycle, in step with the teacher's clock; nil for an analog pattern.
  func notes(of cycle: Cycle, _ record: RateRecord) -> ProducedNotes? {
    columns == nil ? nil : ProducedNotes(cycle: cycle.number, record, target: targetRates)
  }

  /// The values of the columns that ``ScoreColumn/all`` lists for recall; missing ones left out.
  var scores: ScoreValues {
    let replay = scorer.scores
    let criterion = cyclesToCriterion
    let orders = noteOrders
    let chance = chance(orders)
    var scores = ScoreValues()
    scores.correlation = replay.correlation
    scores.meanSquaredError = replay.meanSquaredError
    scores.drift = replay.drift
    scores.noteAccuracy = replay.noteAccuracy
    scores.kappa = scorer.kappa(orders: orders)
    scores.soundingAccuracy = replay.soundingAccuracy
    scores[flag: \.recalled] = replay.recalled
    scores.recalledPatterns = replay.recalled.map { $0 ? 1 : 0 }
    scores.horizon = replay.horizon.map(Double.init)
    scores[flag: \.horizonCensored] = replay.horizonCensored
    scores.cyclesToCriterion = Double(criterion.value)
    scores[flag: \.cyclesToCriterionCensored] = criterion.isCensored
    scores.chance = chance?.mean
    scores.chance95 = chance?.percentile95
    scores.denoisingGain = denoisingGain(replay.meanSquaredError)
    return scores
  }

  /// The training cycle from which free tests were right.
  var cyclesToCriterion: CensoredCount {
    CensoredCount.cyclesToCriterion(freeTests, budget: model.schedule.trainingCycles)
  }

  /// `1 - MSE(replay, clean) / MSE(noisy target, clean)`, the noisy target being what the teacher
  /// asked for in the first training cycles; missing without noise on the target.
  private func denoisingGain(_ error: Double?) -> Double? {
    guard let noise = model.schedule.targetNoise, let error else { return nil }
    let errors = (1...Self.noisyCycles).map { cycle -> Double in
      let potential = noise.potential(
        of: target, cycle: cycle, seed: model.seed, constants: model.constants)
      let noisy = TargetRates.values(of: potential, target, model.constants)
      let squares = zip(noisy, targetRates.values).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      return squares / Double(noisy.count)
    }
    return 1 - error / (errors.reduce(0, +) / Double(errors.count))
  }

  /// How many cycles of noise the error of the noisy target is measured over.
  private static let noisyCycles = 20

  /// Random orders of the notes.
  private var noteOrders: [[Int]] {
    var random = RandomStream(seed: model.seed, purpose: .chance)
    return (0..<Chance.permutations).map { _ in random.permutation(of: target.pattern.notes) }
  }

  private func chance(_ orders: [[Int]]) -> Chance? {
    let permuted = orders.lazy.map { order in
      let permuted = Target(
        pattern: target.pattern.playing(order), stepsPerNote: target.stepsPerNote,
        constants: model.constants)
      return TargetRates(permuted, model.constants)
    }
    return Chance(of: targetRates, against: permuted)
  }
}

extension TargetRates {
  /// The target rates `r_v = phi(m_v)`, sampled as the produced ones are.
  init(_ target: Target, _ constants: ModelConstants) {
    self.init(
      values: Self.values(of: target.potential, target, constants), neurons: target.visible,
      notes: target.pattern.notes, stepsPerNote: target.stepsPerNote,
      every: Simulation.sampleEvery)
  }

  /// The sampled rates of potentials [mV] of shape `[step, neuron]`, shape `[neuron, sample]`.
  static func values(
    of potential: [Double], _ target: Target, _ constants: ModelConstants
  ) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(potential.count / Simulation.sampleEvery + target.visible)
    for neuron in 0..<target.visible {
      // Most samples of a pattern repeat the potential before them, and a rate costs an exponential.
      var last = (potential: 0.0, rate: constants.rate(0))
      for step in stride(from: 0, to: target.steps, by: Simulation.sampleEvery) {
        let potential = potential[step * target.visible + neuron]
        if potential != last.potential { last = (potential, constants.rate(potential)) }
        values.append(last.rate)
      }
    }
    return values
  }
}
