/// A network of some model that learns sequences, one cycle after another.
///
/// Training, replay, scores, perturbations and cost counts use only this protocol, so that every
/// model runs through the same experiment.
public protocol Learner: AnyObject {
  /// Number of visible neurons, which carry the sequence. They have the lowest indices.
  var visible: Int { get }

  /// Number of all other neurons.
  var latent: Int { get }

  /// Number of steps of the task in one step of the learner; it divides every cycle.
  var stepLength: Int { get }

  /// Advances the network by one cycle of the target that the drive names.
  ///
  /// - Parameters:
  ///   - drive: The external influences on the network.
  ///   - record: Receives the rates at every ``RateRecord/every``th step of the task; nil for no
  ///     recording.
  /// - Throws: Only what ``CycleControl/checkForStop`` of the drive throws.
  func runCycle(_ drive: CycleDrive, recordingInto record: inout RateRecord?) throws

  /// Whether all states and weights are finite.
  var isFinite: Bool { get }

  /// The arrays of the current network by name: enough to continue bit for bit.
  var sources: [String: NumberSource] { get }

  /// The weights of the current network as files show them to readers. Its states, too, if the model has
  /// no file of its own, as ELiSe has.
  var arrays: [NetworkArray] { get }

  /// The cost of the network.
  var footprint: Footprint { get }

  /// Whether the neurons have a membrane potential, to which ``CycleDrive/membraneNoise`` is added.
  var hasMembrane: Bool { get }
}

extension Learner {
  /// Number of neurons.
  public var neurons: Int { visible + latent }

  /// A copy of the current network.
  public var state: LearnerState { LearnerState(sources) }

  /// Indices of a random fraction of the latent neurons. A smaller fraction is a subset of a larger
  /// one.
  ///
  /// - Parameters:
  ///   - fraction: In [0, 1], rounded to whole neurons.
  ///   - draw: Distinguishes independent draws with one seed.
  public func lostLatentNeurons(_ fraction: Double, seed: UInt64, draw: Int = 0) -> [Int] {
    var random = RandomStream(seed: seed, purpose: .latentLoss, index: draw)
    let order = random.permutation(of: latent)
    return order.prefix(LatentLoss.count(fraction, of: latent)).map { visible + $0 }
  }
}

/// The loss of a fraction of the latent neurons.
public enum LatentLoss {
  /// The number of lost neurons: the fraction, rounded to whole neurons.
  ///
  /// - Parameter fraction: In [0, 1].
  public static func count(_ fraction: Double, of latent: Int) -> Int {
    Int((fraction * Double(latent)).rounded())
  }
}

/// Damage to a network between two cycles. `draw` distinguishes independent draws with one seed.
public enum NetworkDamage: Equatable, Sendable {
  /// A random fraction, in [0, 1], of the plastic weights is lost, rounded to whole weights. The
  /// losses of a smaller fraction are a subset of those of a larger one.
  case synapseLoss(Double, draw: Int = 0)

  /// Every weight, plastic or not, is multiplied by `1 + deviation · xi`, with a standard normal
  /// `xi`.
  case weightNoise(Double, draw: Int = 0)
}

/// The task that a network of any model learns.
public struct LearningTask: Sendable {
  /// One target per pattern, each over all visible neurons.
  public let targets: [Target]

  /// Time step, resting state and rate function of the targets.
  public let constants: ModelConstants

  /// The seed of all random draws.
  public let seed: UInt64

  /// Creates a task.
  ///
  /// - Parameter targets: At least one; all with the same visible neurons.
  public init(targets: [Target], constants: ModelConstants, seed: UInt64) {
    precondition(!targets.isEmpty)
    precondition(targets.allSatisfy { $0.visible == targets[0].visible })
    self.targets = targets
    self.constants = constants
    self.seed = seed
  }

  /// Number of visible neurons.
  public var visible: Int { targets[0].visible }
}

/// A model with its parameters, which creates networks.
public protocol SequenceModel: Sendable {
  /// A new network, drawn from the seed of a task.
  ///
  /// - Throws: An error of the model if it cannot draw a network, such as ``NetworkError``.
  func newLearner(for task: LearningTask) throws -> any Learner

  /// A network that continues from a state; nil if the state does not belong to such a network.
  ///
  /// - Parameters:
  ///   - state: The state, as ``Learner/state`` gives it.
  ///   - damage: Damage to the network before it continues, drawn from the seed of the task.
  ///   - task: The task to learn.
  func learner(
    continuing state: consuming LearnerState, after damage: NetworkDamage?, for task: LearningTask
  ) -> (any Learner)?
}

/// The cost of a network, counted in the same way for every model.
public struct Footprint: Equatable, Sendable {
  /// Number of visible and latent neurons.
  public var neurons: Int

  /// Number of parameters that learning changes: weights and, if the model learns them, biases.
  public var plasticParameters: Int

  /// Number of all parameters in which networks of one size differ, learned or not: weights, static
  /// connections, delays, biases.
  public var parameters: Int

  /// Number of static connections onto latent somata; nil if the model has no scaffold.
  public var scaffoldEdges: Int?

  /// Number of values in memory that learning needs: parameters except indices, states, delay
  /// lines, and the memory of the learning rule.
  public var stateNumbers: Int

  /// Size of such a value [bytes].
  public var bytesPerNumber: Int

  /// Multiply-adds per step of the learner (``Learner/stepLength``) while it learns; a rounded mean
  /// if it does not learn in every step.
  public var learningOperations: Int

  /// Multiply-adds per step of the learner without learning.
  public var frozenOperations: Int

  /// Number of values that change in a replay without learning: potentials or states, rates, delay
  /// lines.
  public var replayNumbers: Int

  /// Evaluations of an activation function, such as an exponential or tanh, per step of the learner
  /// while it learns.
  public var activations: Int

  /// Whether each weight changes only with quantities of its own two neurons and a broadcast
  /// signal.
  public var isLocal: Bool

  /// Creates a footprint.
  public init(
    neurons: Int, plasticParameters: Int, parameters: Int, scaffoldEdges: Int? = nil,
    stateNumbers: Int, bytesPerNumber: Int = 8, learningOperations: Int, frozenOperations: Int,
    replayNumbers: Int, activations: Int, isLocal: Bool
  ) {
    self.replayNumbers = replayNumbers
    self.activations = activations
    self.neurons = neurons
    self.plasticParameters = plasticParameters
    self.parameters = parameters
    self.scaffoldEdges = scaffoldEdges
    self.stateNumbers = stateNumbers
    self.bytesPerNumber = bytesPerNumber
    self.learningOperations = learningOperations
    self.frozenOperations = frozenOperations
    self.isLocal = isLocal
  }
}
