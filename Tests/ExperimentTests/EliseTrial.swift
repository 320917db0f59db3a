import NeuralCore

@testable import Experiment
@testable import SweepPlan

// Tests of ELiSe itself look into its model and its networks.

extension TrialModel {
  var learning: LearningRule { elise!.learning }
  var network: NetworkParameters { elise!.network }
  var kernel: KernelChoice { elise!.kernel }

  /// A new network, grown from the seed.
  func newNetwork() throws -> Network { try elise!.newNetwork(for: task) }

  /// The experiment with a network.
  func simulation(of network: Network) throws -> Simulation {
    simulation(of: try learner(of: network, in: elise!), from: network.cycle)
  }

  /// A learner of a network.
  func learner(of network: Network) -> EliseLearner { elise!.learner(of: network, for: task) }
}

extension Simulation {
  /// The ELiSe network as it stands.
  func network(beforeCycle cycle: Int) -> Network {
    (learner as! EliseLearner).network(beforeCycle: cycle)
  }
}
