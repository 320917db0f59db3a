@testable import NeuralCore

/// The largest distance between two arrays of numbers.
///
/// Infinite if they differ in length, or if only one of two numbers is finite: such a comparison must
/// fail for every bound.
func deviation(_ found: some Collection<Double>, _ expected: some Collection<Double>) -> Double {
  guard found.count == expected.count else { return .infinity }
  return zip(found, expected).reduce(0) { largest, pair in
    if pair.0.bitPattern == pair.1.bitPattern { return largest }
    let distance = abs(pair.0 - pair.1)
    return distance.isNaN ? .infinity : max(largest, distance)
  }
}

/// The bits of numbers, in which 0 and -0, or two kinds of NaN, differ.
func bits(_ values: [Double]) -> [UInt64] { values.map(\.bitPattern) }

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

  /// A copy of the current ELiSe network.
  func network(beforeCycle cycle: Int) -> Network {
    (learner as! EliseLearner).network(beforeCycle: cycle)
  }
}

/// Whether two kernels hold the same network, bit for bit.
func sameBits(_ first: any Kernel, _ second: any Kernel) -> Bool {
  let first = first.network(beforeCycle: 0)
  let second = second.network(beforeCycle: 0)
  return first == second
    && bits(first.dendriticWeight.doubles) == bits(second.dendriticWeight.doubles)
    && bits(first.state.somaticPotential) == bits(second.state.somaticPotential)
    && bits(first.state.dendriticPotential) == bits(second.state.dendriticPotential)
    && bits(first.state.trace) == bits(second.state.trace)
    && bits(first.state.rateHistory.doubles) == bits(second.state.rateHistory.doubles)
}
