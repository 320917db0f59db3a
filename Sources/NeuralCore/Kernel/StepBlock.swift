/// The number of steps that the fast kernel takes through memory at once.
///
/// A block of 8 steps makes the most of the registers: 8 sums, 8 updates and a weight fit into the
/// 32 of AVX-512, and every weight that is loaded serves 16 multiply-adds.
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
