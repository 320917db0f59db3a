import NeuralCore
import SweepPlan

extension TrialModel {
  /// The ELiSe model; nil for every other one.
  public var elise: EliseModel? { model as? EliseModel }

  /// A learner of an ELiSe network that is given.
  ///
  /// - Throws: ``TrialModelError/sizesDisagree(of:network:parameters:)``.
  public func learner(of network: Network, in elise: EliseModel) throws -> EliseLearner {
    guard network.visible == task.visible else {
      throw TrialModelError.sizesDisagree(
        of: "visible", network: network.visible, parameters: task.visible)
    }
    guard network.latent == elise.network.latent else {
      throw TrialModelError.sizesDisagree(
        of: "latent", network: network.latent, parameters: elise.network.latent)
    }
    return elise.learner(of: network, for: task)
  }
}
