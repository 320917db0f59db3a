/// Somatic conductances that the scaffold gives to latent neurons.
final class ScaffoldInput<Scalar: VectorScalar> {
  /// An edge, seen from the postsynaptic neuron.
  private struct Edge {
    var pre: Int
    var post: Int
    var delay: Int  // excitatory pathway [steps]
    var interneuronDelay: Int  // inhibitory pathway [steps]

    /// What of the sums of the edge before counts: 1 where it leads to the same neuron, else 0.
    var kept: Scalar
  }

  // Sorted by the postsynaptic neuron.
  private let edges: [Edge]

  /// First neurons of the groups of 8 that have an edge, or a visible neuron, whose conductances
  /// others change.
  private let groups: [Int]

  private let excitatoryFactor: Scalar
  private let inhibitoryFactor: Scalar
  private let restingRate: Scalar

  // Shape [neuron, step of the block]; zero for neurons without an edge.
  private let excitatorySums: VectorBuffer<Scalar>
  private let inhibitorySums: VectorBuffer<Scalar>

  init(_ network: Network, constants: ModelConstants) {
    let group = StepBlock.steps
    let padded = StepBlock.count(steps: network.neurons) * group
    var incoming = [[Edge]](repeating: [], count: padded)
    for edge in network.scaffold.edges {
      incoming[edge.post].append(
        Edge(
          pre: edge.pre, post: edge.post, delay: network.scaffoldDelay[edge.pre],
          interneuronDelay: network.interneuronDelay[edge.pre],
          kept: incoming[edge.post].isEmpty ? 0 : 1))
    }
    edges = incoming.flatMap { $0 }
    groups = stride(from: 0, to: padded, by: group).filter { first in
      first < network.visible || !incoming[first..<first + group].allSatisfy(\.isEmpty)
    }
    excitatoryFactor = Scalar(constants.timeStep * constants.excitatoryScale)
    inhibitoryFactor = Scalar(constants.timeStep * constants.inhibitoryScale)
    restingRate = Scalar(constants.restingRate)
    excitatorySums = VectorBuffer(scalars: padded * StepBlock.steps)
    inhibitorySums = VectorBuffer(scalars: padded * StepBlock.steps)
  }

  /// Writes the conductances of a block times the time step, shape `[step, paddedNeuron]`.
  ///
  /// The sums are taken neuron by neuron, where steps lie side by side, and turned over at the end.
  func write(
    block: Int, from ring: RateRing<Scalar>, excitation: UnsafeMutablePointer<Scalar>,
    inhibition: UnsafeMutablePointer<Scalar>, paddedNeurons: Int
  ) {
    typealias Steps = SIMD8<Scalar>
    let steps = StepBlock.steps
    let delayed = ring.blocks(offset: block * steps)
    let excitatoryFactor = Steps(repeating: excitatoryFactor)
    let inhibitoryFactor = Steps(repeating: inhibitoryFactor)
    let excitatorySums = excitatorySums.scalars
    let inhibitorySums = inhibitorySums.scalars
    var excitatory = Steps()
    var inhibitory = Steps()
    // Which edges share a neuron has no rule that a processor could foresee. So there is no branch:
    // every edge writes its sum, and that of a neuron's last edge stays.
    for edge in edges {
      let direct = StepBlock.load(delayed.block(edge.pre, delay: edge.delay))
      let indirect = StepBlock.load(delayed.block(edge.pre, delay: edge.interneuronDelay))
      let kept = Steps(repeating: edge.kept)
      excitatory = (excitatoryFactor * Scalar.maximum(direct, restingRate))
        .addingProduct(excitatory, kept)
      inhibitory = (inhibitoryFactor * Scalar.maximum(indirect, restingRate))
        .addingProduct(inhibitory, kept)
      StepBlock.store(excitatory, to: excitatorySums + edge.post * steps)
      StepBlock.store(inhibitory, to: inhibitorySums + edge.post * steps)
    }
    for first in groups {
      Scalar.transpose(
        excitatorySums + first * steps, stride: steps, to: excitation + first,
        stride: paddedNeurons)
      Scalar.transpose(
        inhibitorySums + first * steps, stride: steps, to: inhibition + first,
        stride: paddedNeurons)
    }
  }
}
