/// A network of some model that learns sequences, one cycle after another.
///
/// All that trains, replays, scores, disturbs or counts a network speaks to this protocol, so that
/// every model goes through the same experiment.
public protocol Learner: AnyObject {
  /// Number of visible neurons, which carry the sequence. Neurons count from the first of them.
  var visible: Int { get }

  /// Number of all other neurons.
  var latent: Int { get }

  /// How many of the task's steps one step of the learner's own takes; every cycle is a multiple.
  var stepLength: Int { get }

  /// Advances the network by one cycle of the target that the drive names.
  ///
  /// - Parameters:
  ///   - drive: What acts on the network from outside.
  ///   - record: Where given, takes the rates of the task's steps that it asks for.
  func runCycle(_ drive: CycleDrive, recordingInto record: inout RateRecord?)

  /// Whether all states and weights are finite numbers.
  var isFinite: Bool { get }

  /// The network as it stands, by name: enough to continue bit for bit.
  var sources: [String: NumberSource] { get }

  /// What the network costs.
  var footprint: Footprint { get }

  /// Whether its somata have a potential to which `CycleDrive.membraneNoise` can be added.
  var hasMembrane: Bool { get }
}

extension Learner {
  /// Number of neurons.
  public var neurons: Int { visible + latent }

  /// A copy of the network as it stands.
  public var state: LearnerState { LearnerState(sources) }

  /// A random part of the latent neurons; what a smaller part holds, a larger one holds too.
  public func lostLatentNeurons(_ fraction: Double, seed: UInt64) -> [Int] {
    var random = RandomStream(seed: seed, purpose: .latentLoss)
    let order = random.permutation(of: latent)
    return order.prefix(Int((fraction * Double(latent)).rounded())).map { visible + $0 }
  }
}

/// What can be damaged in a network between two cycles.
public enum NetworkDamage: Equatable, Sendable {
  /// A random part of the weights that can learn is lost: fraction, in [0, 1], rounded to whole
  /// weights. What a smaller part loses, a larger one loses too.
  case synapseLoss(Double)

  /// Every weight, learned or not, is multiplied by `1 + deviation · xi`.
  case weightNoise(Double)
}

/// What a network of any model shall learn.
public struct LearningTask: Sendable {
  /// What the visible neurons shall play: a target for each pattern, over all visible neurons.
  public let targets: [Target]

  /// Time step, resting state and rate function, in which targets are expressed.
  public let constants: ModelConstants

  /// The seed of everything random.
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

/// A model with its parameters: what networks are made of.
public protocol SequenceModel: Sendable {
  /// A new network, drawn from the seed of a task.
  ///
  /// - Throws: What the model's own draws throw, such as ``NetworkError``.
  func newLearner(for task: LearningTask) throws -> any Learner

  /// A network that continues from a state; nil where the state is not of such a network.
  ///
  /// - Parameter damage: What happens to the network before, drawn from the seed of the task.
  func learner(
    continuing state: consuming LearnerState, after damage: NetworkDamage?, for task: LearningTask
  ) -> (any Learner)?
}

/// What a network costs, counted in the same way for every model.
public struct Footprint: Equatable, Sendable {
  /// Visible and latent neurons.
  public var neurons: Int

  /// Numbers that learning changes: weights and, where a model learns them, biases.
  public var plasticParameters: Int

  /// All numbers that tell one network of its size from another, learned or not: weights, static
  /// connections, delays, biases.
  public var parameters: Int

  /// Static connections onto latent somata; nil where the model has no scaffold.
  public var scaffoldEdges: Int?

  /// Numbers that must be held to go on learning: parameters that are no mere index, states,
  /// delay lines, and what the learning rule keeps.
  public var stateNumbers: Int

  /// Size of one of them [bytes].
  public var bytesPerNumber: Int

  /// Multiply-adds of one step of its own while it learns.
  public var learningOperations: Int

  /// Multiply-adds of one step of its own while nothing is learned.
  public var frozenOperations: Int

  /// Whether a weight changes by what its own two neurons know and a signal that is broadcast.
  public var isLocal: Bool

  /// Creates a footprint.
  public init(
    neurons: Int, plasticParameters: Int, parameters: Int, scaffoldEdges: Int? = nil,
    stateNumbers: Int, bytesPerNumber: Int = 8, learningOperations: Int, frozenOperations: Int,
    isLocal: Bool
  ) {
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
