/// A block of 8 steps: the unit in which rates are transposed and stored.
///
/// Without learning, one pass over the weights serves a whole block: 8 sums and a weight fit into
/// registers.
///
/// The numbers of a block have one of two orders. In *columns*, shape `[neuron, step]`, the steps
/// of one neuron are adjacent. In *rows*, shape `[panel, step, lane]`, the neurons of one panel are
/// adjacent; a panel has as many neurons as a vector has lanes. Panels are apart (``PanelGap``).
enum StepBlock {
  /// Steps of one block.
  static let steps = 8

  /// Distance between the blocks of neighbouring panels in rows [vectors].
  static let panelStride = PanelGap.stride(steps)

  /// Number of blocks for a number of steps; the last block may be partly filled.
  static func count(steps: Int) -> Int { (steps + Self.steps - 1) / Self.steps }

  /// Index of a step's numbers of the first panel, in rows [vectors].
  ///
  /// - Parameter panels: The number of panels of a block.
  @inline(__always)
  static func place(ofStep step: Int, panels: Int) -> Int {
    let row = step & (steps - 1)
    return (step &- row) / steps &* panels &* panelStride &+ row
  }

  /// Index of a neuron's number for the first step, in rows. The numbers of 8 neighbours are
  /// adjacent if the first index is a multiple of 8; the next step follows after one vector.
  @inline(__always)
  static func place<Scalar: VectorScalar>(ofNeuron neuron: Int, _ type: Scalar.Type) -> Int {
    let lanes = Scalar.Vector.scalarCount
    return neuron / lanes * panelStride * lanes + neuron % lanes
  }
}

/// Two consecutive steps, which share one pass over the weights while synapses learn.
///
/// The surprise of a step does not depend on its own dendritic input, which changes the dendrite
/// only afterwards. So when a pair begins, the surprise of its first step and of the step before
/// are known. One pass over the weights adds both updates in their order and gives the dendritic
/// inputs of both steps; no update within the pair is left out. Longer runs of steps would need
/// sums over pairs of steps, with separate sums for each neuron that lacks synapses.
///
/// - SeeAlso: docs/model.md, *How the fast kernel works*.
enum StepPair {
  /// Steps of a pair.
  static let steps = 2
}

/// 8 by 8 numbers: the 8 steps of a block for 8 neighbouring neurons.
struct StepTile<Scalar: VectorScalar> {
  typealias Row = SIMD8<Scalar>

  var r0: Row
  var r1: Row
  var r2: Row
  var r3: Row
  var r4: Row
  var r5: Row
  var r6: Row
  var r7: Row

  /// Creates a tile from its rows.
  @inline(__always)
  init(_ r0: Row, _ r1: Row, _ r2: Row, _ r3: Row, _ r4: Row, _ r5: Row, _ r6: Row, _ r7: Row) {
    self.r0 = r0
    self.r1 = r1
    self.r2 = r2
    self.r3 = r3
    self.r4 = r4
    self.r5 = r5
    self.r6 = r6
    self.r7 = r7
  }

  /// Reads rows at multiples of `stride`; they need not be aligned.
  @inline(__always)
  init(_ rows: UnsafePointer<Scalar>, stride: Int) {
    self.init(
      Self.load(rows), Self.load(rows + stride), Self.load(rows + 2 &* stride),
      Self.load(rows + 3 &* stride), Self.load(rows + 4 &* stride),
      Self.load(rows + 5 &* stride), Self.load(rows + 6 &* stride),
      Self.load(rows + 7 &* stride))
  }

  /// Writes the rows at multiples of `stride`.
  @inline(__always)
  func store(_ rows: UnsafeMutablePointer<Scalar>, stride: Int) {
    Self.store(r0, to: rows)
    Self.store(r1, to: rows + stride)
    Self.store(r2, to: rows + 2 &* stride)
    Self.store(r3, to: rows + 3 &* stride)
    Self.store(r4, to: rows + 4 &* stride)
    Self.store(r5, to: rows + 5 &* stride)
    Self.store(r6, to: rows + 6 &* stride)
    Self.store(r7, to: rows + 7 &* stride)
  }

  /// Calls `body` with each row in turn.
  @inline(__always)
  func forEachRow(_ body: (Row) -> Void) {
    body(r0)
    body(r1)
    body(r2)
    body(r3)
    body(r4)
    body(r5)
    body(r6)
    body(r7)
  }

  /// The transposed tile.
  @inline(__always)
  var transposed: StepTile {
    var tile = self
    withUnsafeMutableBytes(of: &tile) { bytes in
      Scalar.transpose(bytes.baseAddress!.assumingMemoryBound(to: Scalar.self))
    }
    return tile
  }

  /// Reads 8 numbers, which need not be aligned.
  @inline(__always)
  static func load(_ numbers: UnsafePointer<Scalar>) -> Row {
    UnsafeRawPointer(numbers).loadUnaligned(as: Row.self)
  }

  /// Writes 8 numbers, which need not be aligned.
  @inline(__always)
  static func store(_ row: Row, to numbers: UnsafeMutablePointer<Scalar>) {
    UnsafeMutableRawPointer(numbers).storeBytes(of: row, as: Row.self)
  }
}
