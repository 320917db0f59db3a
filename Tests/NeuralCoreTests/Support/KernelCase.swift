import NeuralCore
import Testing

/// A seeded network, target and course of cycles that kernels are compared on.
struct KernelCase: CustomTestStringConvertible, Sendable {
  /// What the scaffold of the network looks like.
  enum Edges: Sendable {
    case none
    /// Every latent neuron receives up to two edges, from anywhere.
    case random
    /// Every latent neuron receives the same edge twice.
    case repeated
  }

  var visible: Int
  var latent: Int
  var delay = 50...150  // [steps]
  var interneuronDelay = 250  // later than the excitatory pathway [steps]
  var stepsPerNote = 20
  var notes = 4
  var edges = Edges.random
  var learning = LearningRule()
  var density = 1.0
  /// Whether the teacher is on, cycle by cycle.
  var nudged = [true, false, true, false]
  var seed: UInt64 = 1

  var testDescription: String {
    "\(visible)+\(latent) neurons, delays \(delay), \(notes) notes of \(stepsPerNote), "
      + "scaffold \(edges), density \(density), rates \(learning.visible) \(learning.latent)"
  }

  /// The target: a random pattern.
  var target: Target {
    var random = RandomStream(seed: seed, purpose: .chance)
    let columns = (0..<notes).map { _ in (0..<visible).map { _ in random.uniform() < 0.4 } }
    return Target(pattern: Pattern(name: "random", columns: columns), stepsPerNote: stepsPerNote)
  }

  /// A network far from rest, so that every term of the equations counts from the first step on.
  func network() throws -> Network {
    var random = RandomStream(seed: seed, purpose: .bootstrap)
    let neurons = visible + latent
    func draw(_ count: Int, _ value: (inout RandomStream) -> Double) -> [Double] {
      (0..<count).map { _ in value(&random) }
    }
    func delays() -> [Int] {
      (0..<neurons).map { _ in delay.lowerBound + random.integer(below: delay.count) }
    }
    let synapse = (0..<neurons * neurons).map { index in
      index / neurons != index % neurons && random.uniform() < density
    }
    let weight = synapse.map { $0 ? random.normal() : 0 }
    let scaffoldDelay = delays()
    let history = random.integer(below: 2 * delay.upperBound)
    return try Network(
      visible: visible, latent: latent, scaffold: Scaffold(edges: grownEdges(&random)),
      dendriticDelay: delays(), scaffoldDelay: scaffoldDelay,
      interneuronDelay: scaffoldDelay.map { $0 + interneuronDelay },
      dendriticSynapse: synapse, dendriticWeight: weight,
      state: NetworkState(
        somaticPotential: draw(neurons) { -75 + 25 * $0.uniform() },
        dendriticPotential: draw(neurons) { -75 + 25 * $0.uniform() },
        trace: draw(neurons) { 0.1 * $0.uniform() },
        rateHistory: draw(history * neurons) { $0.uniform() }))
  }

  /// A kernel with the network in it, before its first cycle.
  func start(_ kernel: KernelChoice, from network: Network? = nil) throws -> any Kernel {
    kernel.type.init(
      network: try network ?? self.network(), target: target, learning: learning,
      constants: ModelConstants())
  }

  private func grownEdges(_ random: inout RandomStream) -> [Scaffold.Edge] {
    (visible..<visible + latent).flatMap { post in
      switch edges {
      case .none: [Scaffold.Edge]()
      case .repeated:
        [Scaffold.Edge](
          repeating: Scaffold.Edge(pre: random.integer(below: visible), post: post), count: 2)
      case .random:
        (0..<random.integer(below: 3)).map { _ in
          Scaffold.Edge(pre: random.integer(below: visible + latent), post: post)
        }
      }
    }
  }
}

extension Kernel {
  /// Runs one cycle and returns the rates of all neurons in every step, shape `[step, neuron]`.
  func rates(ofCycle nudged: Bool, neurons: Int) -> [Double] {
    var record: RateRecord? = RateRecord(neurons: neurons)
    runCycle(CycleDrive(nudged: nudged), recordingInto: &record)
    return record!.values
  }
}
