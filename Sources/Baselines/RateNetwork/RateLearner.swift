public import NeuralCore
import Parameters

/// A rate network and its learning rule, in the same experiment as every other model.
///
/// A step of the network spans ``stepLength`` steps of the task. The rates of the visible neurons
/// at the end of the last of them are compared with the target there. In between, recorded rates
/// are interpolated linearly. The read-out is linear, so rates may lie slightly outside [0, 1].
public final class RateLearner<Rule: RateRule>: Learner {
  /// The network.
  public internal(set) var network: RateNetwork
  /// The learning rule and its memory.
  public internal(set) var rule: Rule
  /// Number of cycles so far; each cycle has its own noise.
  var cycles = 0

  public let stepLength: Int
  private let task: LearningTask
  /// How often a cycle asks whether it must end [steps of the network].
  private static var stepsBetweenChecks: Int { 16 }
  /// The target rates of each target, shape `[step, visible]`.
  private let goals: [[Double]]

  /// Draws a new network.
  ///
  /// - Parameters:
  ///   - settings: The settings of the rule, `Parameter.step`, which divides every note, and
  ///     `Parameter.delays`.
  ///   - latent: Number of units.
  ///   - task: The task to learn.
  public init(_ settings: Settings, latent: Int, task: LearningTask) {
    self.task = task
    let stepLength = Int((settings[Parameter.step.key] / task.constants.timeStep).rounded())
    self.stepLength = stepLength
    precondition(task.targets.allSatisfy { $0.stepsPerNote.isMultiple(of: stepLength) })
    network = Rule.network(settings, visible: task.visible, latent: latent, seed: task.seed)
    for neuron in network.emitted.indices { network.emitted[neuron] = task.constants.restingRate }
    network.drawDelays(from: settings.delays, seed: task.seed)
    rule = Rule(settings, for: network, seed: task.seed)
    goals = task.targets.map {
      Self.goals($0.potential, visible: task.visible, stepLength, task.constants)
    }
  }

  /// Length of a step of the network [ms].
  var stepDuration: Double { Double(stepLength) * task.constants.timeStep }

  /// Length of the longest cycle [steps of the network].
  var longestCycle: Int { task.targets.map { $0.steps / stepLength }.max()! }

  public var visible: Int { network.visible }
  public var latent: Int { network.latent }
  public var hasMembrane: Bool { false }
  public var isFinite: Bool { network.isFinite }

  public func runCycle(_ drive: CycleDrive, recordingInto record: inout RateRecord?) throws {
    let goals =
      drive.potential.map { Self.goals($0, visible: visible, stepLength, task.constants) }
      ?? self.goals[drive.target]
    let steps = task.targets[drive.target].steps / stepLength
    var random = RandomStream(seed: task.seed, purpose: .stateNoise, index: cycles)
    var output = [Double](repeating: 0, count: visible)
    let learning = drive.plastic && !drive.nudgedSteps.isEmpty
    rule.begin(&network, learning: learning)
    for step in 0..<steps {
      let last = (step + 1) * stepLength - 1
      let isTaught = drive.nudgedSteps.contains(last)
      let before = record.map { Array(rates($0.neurons)) }
      network.advance()
      if isTaught && learning && rule.stateNoise > 0 {
        for unit in 0..<latent {
          network.set(unit, state: network.state[unit] + rule.stateNoise * random.normal())
        }
      }
      hold(drive.holds, at: last) { neuron, _ in
        if neuron >= visible { network.set(neuron - visible, state: 0) }
      }
      network.output(into: &output)
      let goal = goals[step * visible..<(step + 1) * visible]
      if isTaught && learning { rule.learn(&network, output: output, goal: goal) }
      let forcing = !isTaught ? 0 : learning ? rule.teacherForcing : 1
      for neuron in 0..<visible {
        output[neuron] =
          forcing * goal[goal.startIndex + neuron] + (1 - forcing) * output[neuron]
      }
      hold(drive.holds, at: last) { neuron, potential in
        if neuron < visible { output[neuron] = task.constants.rate(potential) }
      }
      network.emit(output)
      if let before { record?.append(from: before, to: rates(before.count), step, stepLength) }
      if (step + 1).isMultiple(of: Self.stepsBetweenChecks) {
        try drive.control.checkForStop?((step + 1) * stepLength, steps * stepLength)
      }
    }
    rule.end(&network)
    cycles += 1
  }

  /// The rates of the first `count` neurons, visible neurons first.
  private func rates(_ count: Int) -> ArraySlice<Double> {
    count <= visible ? network.emitted[..<count] : (network.emitted + network.rate)[..<count]
  }

  private func hold(_ holds: [SomaticHold], at step: Int, _ act: (Int, Double) -> Void) {
    for hold in holds where hold.steps.contains(step) {
      for neuron in hold.neurons { act(neuron, hold.potential) }
    }
  }

  /// The target rates at the end of each step of the network, shape `[step, visible]`.
  private static func goals(
    _ potential: [Double], visible: Int, _ stepLength: Int, _ constants: ModelConstants
  ) -> [Double] {
    let steps = potential.count / visible
    return stride(from: stepLength - 1, to: steps, by: stepLength).flatMap { step in
      (0..<visible).map { constants.rate(potential[step * visible + $0]) }
    }
  }
}

extension RateRecord {
  /// Adds the samples within one step of the network, interpolated from the rates before it to
  /// those after.
  fileprivate mutating func append(
    from before: [Double], to after: ArraySlice<Double>, _ step: Int, _ length: Int
  ) {
    for part in 0..<length where (step * length + part).isMultiple(of: every) {
      if part == length - 1 {
        append(after)
      } else {
        let share = Double(part + 1) / Double(length)
        append(zip(before, after).map { $0 + share * ($1 - $0) })
      }
    }
  }
}
