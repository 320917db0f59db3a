import NeuralCore
import Testing

@testable import Baselines

/// Small tasks for baselines.
enum Tasks {
  /// Three visible neurons, four notes.
  static func small(stepsPerNote: Int = 30, seed: UInt64 = 1) -> LearningTask {
    let pattern = Pattern(
      name: "small",
      columns: [
        [true, false, false], [false, true, false], [false, false, true], [true, true, false],
      ])
    let constants = ModelConstants()
    return LearningTask(
      targets: [Target(pattern: pattern, stepsPerNote: stepsPerNote, constants: constants)],
      constants: constants, seed: seed)
  }

  /// The defaults of a baseline, but without a washout, which would cover a short cycle.
  static func settings(_ baseline: Baseline, _ changed: [String: Double] = [:]) -> Settings {
    Settings(defaultsOf: baseline.settings, changed.merging(["washout": 0]) { own, _ in own })
  }

  /// A learner of a baseline with these settings and some changes.
  static func learner(
    _ baseline: Baseline, _ changed: [String: Double] = [:], latent: Int = 11,
    task: LearningTask = small()
  ) throws -> any Learner {
    try baseline.model(settings(baseline, changed), latent).newLearner(for: task)
  }

  /// The rates of one cycle, shape `[sample, neuron]`.
  static func rates(
    _ learner: any Learner, _ drive: CycleDrive, neurons: Int? = nil, every: Int = 2
  ) -> RateRecord {
    var record: RateRecord? = RateRecord(neurons: neurons ?? learner.visible, every: every)
    try! learner.runCycle(drive, recordingInto: &record)
    return record!
  }
}

extension Baseline: CustomTestStringConvertible {
  public var testDescription: String { name }
}
