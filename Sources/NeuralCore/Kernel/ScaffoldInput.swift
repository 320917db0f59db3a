/// Somatic conductances that the scaffold gives to latent neurons.
struct ScaffoldInput<Scalar: VectorScalar> {
  /// An edge, seen from the postsynaptic neuron.
  private struct Edge {
    var pre: Int
    var delay: Int  // excitatory pathway [steps]
    var interneuronDelay: Int  // inhibitory pathway [steps]
  }

  private var edges: [Edge] = []

  /// Where the edges onto a neuron end; those onto the next one begin there.
  private var ends: [Int] = []

  /// First neurons of the groups of 8 that have an edge, or a visible neuron, whose conductances
  /// others change.
  private let groups: [Int]

  private let excitatoryFactor: Scalar
  private let inhibitoryFactor: Scalar
  private let restingRate: Scalar
  private let sums: VectorBuffer<Scalar>

  init(_ network: Network, constants: ModelConstants) {
    let group = StepBlock.steps
    let padded = StepBlock.count(steps: network.neurons) * group
    var incoming = [[Edge]](repeating: [], count: padded)
    for edge in network.scaffold.edges {
      incoming[edge.post].append(
        Edge(
          pre: edge.pre, delay: network.scaffoldDelay[edge.pre],
          interneuronDelay: network.interneuronDelay[edge.pre]))
    }
    for neuron in 0..<padded {
      edges += incoming[neuron]
      ends.append(edges.count)
    }
    groups = stride(from: 0, to: padded, by: group).filter { first in
      first < network.visible || !incoming[first..<first + group].allSatisfy(\.isEmpty)
    }
    excitatoryFactor = Scalar(constants.timeStep * constants.excitatoryScale)
    inhibitoryFactor = Scalar(constants.timeStep * constants.inhibitoryScale)
    restingRate = Scalar(constants.restingRate)
    sums = VectorBuffer(scalars: 2 * group * StepBlock.steps)
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
    let offset = block * steps
    let rest = Steps(repeating: restingRate)
    let excitatoryFactor = Steps(repeating: excitatoryFactor)
    let inhibitoryFactor = Steps(repeating: inhibitoryFactor)
    let excitatorySums = sums.scalars
    let inhibitorySums = sums.scalars + steps * steps
    for first in groups {
      var index = first == 0 ? 0 : ends[first - 1]
      for lane in 0..<steps {
        var excitatory = Steps()
        var inhibitory = Steps()
        while index < ends[first + lane] {
          let edge = edges[index]
          let direct = UnsafeRawPointer(ring.block(edge.pre, delay: edge.delay, offset: offset))
            .loadUnaligned(as: Steps.self)
          let indirect = UnsafeRawPointer(
            ring.block(edge.pre, delay: edge.interneuronDelay, offset: offset)
          ).loadUnaligned(as: Steps.self)
          excitatory.addProduct(
            excitatoryFactor, direct.replacing(with: rest, where: direct .< rest))
          inhibitory.addProduct(
            inhibitoryFactor, indirect.replacing(with: rest, where: indirect .< rest))
          index += 1
        }
        UnsafeMutableRawPointer(excitatorySums + lane * steps)
          .storeBytes(of: excitatory, as: Steps.self)
        UnsafeMutableRawPointer(inhibitorySums + lane * steps)
          .storeBytes(of: inhibitory, as: Steps.self)
      }
      transpose8(
        excitatorySums, stride: steps, to: excitation + first, stride: paddedNeurons)
      transpose8(
        inhibitorySums, stride: steps, to: inhibition + first, stride: paddedNeurons)
    }
  }
}
