@testable import NeuralCore

extension Simulation {
  /// The experiment with an ELiSe network.
  init(
    network: Network, targets: [Target], learning: LearningRule, schedule: TrainingSchedule,
    constants: ModelConstants, kernel: KernelChoice, seed: UInt64 = 0
  ) {
    let task = LearningTask(targets: targets, constants: constants, seed: seed)
    self.init(
      of: EliseLearner(network, for: task, learning: learning, kernel: kernel), task,
      schedule: schedule, from: network.cycle)
  }

  /// The ELiSe network as it stands.
  func network(beforeCycle cycle: Int) -> Network {
    (learner as! EliseLearner).network(beforeCycle: cycle)
  }
}
