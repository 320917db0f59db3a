/// Runs a kernel through the cycles of a schedule. Nothing is ever reset between cycles.
public struct Simulation {
  /// What an observer wants recorded of a cycle.
  public enum Recording: Sendable {
    /// Nothing.
    case none
    /// Rates of the visible neurons, every second step: what scores are made from.
    case visible
    /// Rates of all neurons in every step.
    case everything
  }

  /// The state did not stay finite.
  public struct Divergence: Error, CustomStringConvertible {
    /// The cycle at whose end it was found.
    public let cycle: Cycle

    public var description: String {
      "diverged: a potential is no finite number after \(cycle.phase) cycle \(cycle.number)"
    }
  }

  /// Steps between the samples that scores are made from.
  public static let sampleEvery = 2

  /// The kernel with the network in it.
  public let kernel: any Kernel
  private let schedule: TrainingSchedule
  private let visible: Int
  private let neurons: Int
  private let firstCycle: Int
  private let targets: [Target]
  private let constants: ModelConstants
  private let seed: UInt64

  /// Prepares a network.
  ///
  /// - Parameters:
  ///   - targets: One for each pattern of the schedule.
  ///   - seed: Drives the noise on the target, where the schedule asks for any.
  public init(
    network: Network, targets: [Target], learning: LearningRule, schedule: TrainingSchedule,
    constants: ModelConstants, kernel: KernelChoice, seed: UInt64 = 0
  ) {
    precondition(targets.count == schedule.patterns)
    precondition(targets.allSatisfy { $0.visible == network.visible })
    self.kernel = kernel.type.init(
      network: network, targets: targets, learning: learning, constants: constants)
    self.schedule = schedule
    visible = network.visible
    neurons = network.neurons
    firstCycle = network.cycle
    self.targets = targets
    self.constants = constants
    self.seed = seed
  }

  /// Runs all cycles.
  ///
  /// - Parameters:
  ///   - recording: What to record of a cycle.
  ///   - observe: Called after each cycle with its record; may throw to stop.
  /// - Throws: ``Divergence``, or what `observe` throws.
  public func run(
    recording: (Cycle) -> Recording, observe: (Cycle, RateRecord?) throws -> Void
  ) throws {
    var visibleRecord: RateRecord? = RateRecord(neurons: visible, every: Self.sampleEvery)
    var fullRecord: RateRecord? = RateRecord(neurons: neurons, every: 1)
    var noRecord: RateRecord?
    for cycle in schedule.cycles(from: firstCycle) {
      let drive = drive(for: cycle)
      switch recording(cycle) {
      case .none: try run(drive, cycle, &noRecord, observe)
      case .visible: try run(drive, cycle, &visibleRecord, observe)
      case .everything: try run(drive, cycle, &fullRecord, observe)
      }
    }
  }

  private func drive(for cycle: Cycle) -> CycleDrive {
    let target = targets[cycle.pattern]
    var drive = CycleDrive(nudged: cycle.nudged)
    drive.target = cycle.pattern
    switch cycle.phase {
    case .training:
      if cycle.nudged, let noise = schedule.targetNoise {
        drive.potential = noise.potential(
          of: target, cycle: cycle.number, seed: seed, constants: constants)
      }
    case .rest:
      drive.plastic = false
      drive.holds = [
        SomaticHold(
          steps: 0..<target.steps, neurons: Array(0..<neurons),
          potential: constants.leakPotential)
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
    kernel.runCycle(drive, recordingInto: &record)
    guard kernel.isFinite else { throw Divergence(cycle: cycle) }
    try observe(cycle, record)
  }

  /// The network as it stands after the last cycle that was run.
  public func network(beforeCycle cycle: Int) -> Network {
    kernel.network(beforeCycle: cycle)
  }
}
