/// Runs a network of any model through the cycles of a schedule. No state is reset between cycles.
public struct Simulation {
  /// The rates of a cycle that are recorded.
  public enum Recording: Sendable {
    /// No rates.
    case none
    /// Rates of the visible neurons in every second step, as scores need them.
    case visible
    /// Rates of all neurons in every step.
    case everything
  }

  /// The state of a network is not finite.
  public struct Divergence: Error, CustomStringConvertible {
    /// The cycle at whose end the divergence was found.
    public let cycle: Cycle

    /// The quantity that is not finite: a potential, or a rate in models without potentials.
    public var quantity = "potential"

    public var description: String {
      "diverged: a \(quantity) is no finite number after \(cycle.phase) cycle \(cycle.number)"
    }
  }

  /// Distance between the samples for scores [steps].
  public static let sampleEvery = 2

  /// The network.
  public let learner: any Learner
  private let task: LearningTask
  private let schedule: TrainingSchedule
  private let firstCycle: Int

  /// Creates a simulation.
  ///
  /// - Parameters:
  ///   - learner: The network.
  ///   - task: The task, with one target per pattern of the schedule.
  ///   - schedule: The cycles to run.
  ///   - firstCycle: The training cycle that the network runs next.
  public init(
    of learner: any Learner, _ task: LearningTask, schedule: TrainingSchedule,
    from firstCycle: Int = -1
  ) {
    precondition(task.targets.count == schedule.patterns)
    precondition(task.visible == learner.visible)
    self.learner = learner
    self.task = task
    self.schedule = schedule
    self.firstCycle = firstCycle
  }

  /// Runs all cycles.
  ///
  /// - Parameters:
  ///   - control: What this thread does during each cycle.
  ///   - recording: Says which rates of a cycle to record. Called before each cycle.
  ///   - observe: Called after each cycle with its record; may throw to stop the run.
  /// - Throws: ``Divergence``, or an error of `observe` or `control`.
  public func run(
    control: CycleControl = CycleControl(), recording: (Cycle) -> Recording,
    observe: (Cycle, RateRecord?) throws -> Void
  ) throws {
    var visibleRecord: RateRecord? = RateRecord(
      neurons: learner.visible, every: Self.sampleEvery)
    var fullRecord: RateRecord? = RateRecord(neurons: learner.neurons, every: 1)
    var noRecord: RateRecord?
    for cycle in schedule.cycles(from: firstCycle) {
      var drive = drive(for: cycle)
      drive.control = control
      switch recording(cycle) {
      case .none: try run(drive, cycle, &noRecord, observe)
      case .visible: try run(drive, cycle, &visibleRecord, observe)
      case .everything: try run(drive, cycle, &fullRecord, observe)
      }
    }
  }

  private func drive(for cycle: Cycle) -> CycleDrive {
    let target = task.targets[cycle.pattern]
    var drive = CycleDrive(nudged: cycle.nudged)
    drive.target = cycle.pattern
    switch cycle.phase {
    case .training:
      if cycle.nudged, let noise = schedule.targetNoise {
        drive.potential = noise.potential(
          of: target, cycle: cycle.number, seed: task.seed, constants: task.constants)
      }
    case .rest:
      drive.plastic = false
      drive.holds = [
        SomaticHold(
          steps: 0..<target.steps, neurons: Array(0..<learner.neurons),
          potential: task.constants.leakPotential)
      ]
    case .replay:
      if cycle.nudged, let notes = schedule.cueNotes {
        drive.nudgedSteps = 0..<notes * target.stepsPerNote
      }
      drive.plastic = schedule.plasticReplay
      if cycle.number == Disruption.replayCycle { drive.holds = schedule.disruption }
    }
    return drive
  }

  private func run(
    _ drive: CycleDrive, _ cycle: Cycle, _ record: inout RateRecord?,
    _ observe: (Cycle, RateRecord?) throws -> Void
  ) throws {
    record?.removeAll()
    try learner.runCycle(drive, recordingInto: &record)
    guard learner.isFinite else {
      throw Divergence(cycle: cycle, quantity: learner.hasMembrane ? "potential" : "rate")
    }
    try observe(cycle, record)
  }
}
