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
