/// The steps that neurons are turned over in, from one after the other to side by side and back.
///
/// Where nothing learns, a pass over the weights serves a whole block: 8 sums and a weight fit into
/// registers.
///
/// What belongs to a block lies in one of two orders. In *columns*, shape `[neuron, step]`, the steps
/// of one neuron lie side by side; in *rows*, shape `[panel, step, lane]`, the neurons of one panel
/// do, as many as a vector holds.
enum StepBlock {
  /// Steps of one block.
  static let steps = 8

  /// Number of blocks that hold so many steps; the last one may be partly filled.
  static func count(steps: Int) -> Int { (steps + Self.steps - 1) / Self.steps }

  /// Where the number of a neuron in the first step stands in rows. Those of 8 neighbours lie side
  /// by side, if the first one is a multiple of 8; the next step follows after a vector.
  @inline(__always)
  static func place<Scalar: VectorScalar>(ofNeuron neuron: Int, _ type: Scalar.Type) -> Int {
    let lanes = Scalar.Vector.scalarCount
    return (neuron / lanes * steps) * lanes + neuron % lanes
  }
}
