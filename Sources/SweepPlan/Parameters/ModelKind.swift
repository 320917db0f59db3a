import Baselines
import NeuralCore
import Parameters

/// A model that the parameter `model` can name: a variant of ELiSe or a baseline.
///
/// Everything else in a trial is the same for every model.
public struct ModelKind: Sendable {
  /// The value of `model`.
  public let name: String

  /// A description in a few words.
  public let meaning: String

  /// Whether networks learn in replay too.
  let learnsInReplay: @Sendable (ParameterSet) -> Bool

  /// The length of a step [ms].
  package let step: @Sendable (ParameterSet) -> Double

  /// A rough number of multiply-adds of one learning step.
  package let operations: @Sendable (_ visible: Int, _ latent: Int) -> Int

  /// The memory of one network in double precision, with a number of steps in each cycle [bytes]. The
  /// numbers may be too large for integers.
  let networkBytes:
    @Sendable (ParameterSet, _ visible: Double, _ latent: Double, _ steps: Double) -> Double

  /// Makes the model of a task.
  package let make: @Sendable (ParameterSet, LearningTask) -> any SequenceModel

  public static let all: [ModelKind] =
    ModelVariant.allCases.map(ModelKind.init) + Baselines.all.map(ModelKind.init)

  package static let eliseNames = ModelVariant.allCases.map(\.rawValue)

  /// The model with a name; nil for an unknown one.
  package static func named(_ name: String) -> ModelKind? { index[name] }

  private static let index = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}

extension ModelKind {
  private init(_ variant: ModelVariant) {
    name = variant.rawValue
    meaning =
      switch variant {
      case .elise: "learns at every dendrite"
      case .reservoir: "keeps dendritic synapses onto latent neurons as they were drawn"
      case .somaOnly: "latent neurons have no dendrite"
      }
    learnsInReplay = { $0[dynamicMember: \.plasticReplay] }
    step = { $0[dynamicMember: \.timeStep] }
    operations = { 2 * ($0 + $1) * ($0 + $1) }
    // A weight and a mark for each pair of neurons, both as drawn and as learned.
    networkBytes = { _, visible, latent, _ in 18 * (visible + latent) * (visible + latent) }
    make = { EliseModel(variant, $0, $1) }
  }

  private init(_ baseline: Baseline) {
    name = baseline.name
    meaning = baseline.meaning
    learnsInReplay = { _ in false }
    @Sendable func settings(_ parameters: ParameterSet) -> Settings {
      Settings(
        baseline.settings.map { setting in
          let key = Parameter.key(setting.key, of: baseline.name)
          guard let number = parameters[key].number else {
            preconditionFailure("\(key) is no number")
          }
          return (setting.key, number)
        })
    }
    step = { settings($0)[Parameter.step.key] }
    operations = baseline.operations
    // A quarter for work arrays, as measured.
    networkBytes = { 10 * baseline.stateNumbers(settings($0), $1, $2, $3) }
    make = { parameters, _ in baseline.model(settings(parameters), parameters.latent) }
  }
}

extension EliseModel {
  fileprivate init(_ variant: ModelVariant, _ parameters: ParameterSet, _ task: LearningTask) {
    let core = parameters.core
    let learning = LearningRule(
      visible: core.learningRateVisible, latent: core.learningRateLatent, variant: variant)
    let steps = task.constants.steps
    var network = NetworkParameters(visible: task.visible, latent: parameters.latent)
    network.growth = parameters.scaffold ? core.growth : nil
    network.connectivity = core.connectivity
    network.connectivity.latentDendrites = learning.latentHasDendrite
    network.delay = steps(parameters.delayMin)...steps(parameters.delayMax)
    network.interneuronDelay = steps(parameters.interneuronDelay)
    network.weightMean = core.weightMean
    network.weightDeviation = core.weightDeviation
    let kernel =
      switch (parameters.kernel, parameters.precision) {
      case ("reference", _): KernelChoice.reference
      case (_, "single"): KernelChoice.windowedSingle
      default: KernelChoice.windowedDouble
      }
    self.init(learning: learning, network: network, kernel: kernel)
  }
}

extension ModelConstants {
  /// The number of steps of a duration [ms].
  package func steps(_ duration: Double) -> Int { Int((duration / timeStep).rounded()) }
}
