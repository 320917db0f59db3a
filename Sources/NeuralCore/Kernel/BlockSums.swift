/// Dendritic inputs of the neurons of one panel in the 8 steps of a block.
///
/// Lives in registers while a pass walks over the weights of the panel.
struct BlockSums<Scalar: VectorScalar> {
  typealias Vector = Scalar.Vector

  private var s0 = Vector()
  private var s1 = Vector()
  private var s2 = Vector()
  private var s3 = Vector()
  private var s4 = Vector()
  private var s5 = Vector()
  private var s6 = Vector()
  private var s7 = Vector()

  /// Adds the products of one vector of weights with the 8 rates of its presynaptic neuron.
  ///
  /// - Parameters:
  ///   - record: That of the neuron for the first pair of steps, as in ``StepPair/record``.
  ///   - stride: From one pair to the next.
  @inline(__always)
  mutating func add(_ weight: Vector, _ record: UnsafePointer<Scalar>, stride: Int) {
    let first = record + StepPair.rates
    let second = first + stride
    let third = second + stride
    let fourth = third + stride
    s0.addProduct(weight, Vector(repeating: first[0]))
    s1.addProduct(weight, Vector(repeating: first[1]))
    s2.addProduct(weight, Vector(repeating: second[0]))
    s3.addProduct(weight, Vector(repeating: second[1]))
    s4.addProduct(weight, Vector(repeating: third[0]))
    s5.addProduct(weight, Vector(repeating: third[1]))
    s6.addProduct(weight, Vector(repeating: fourth[0]))
    s7.addProduct(weight, Vector(repeating: fourth[1]))
  }

  /// Writes the sums, a vector for each step.
  @inline(__always)
  func store(_ input: UnsafeMutablePointer<Vector>) {
    input[0] = s0
    input[1] = s1
    input[2] = s2
    input[3] = s3
    input[4] = s4
    input[5] = s5
    input[6] = s6
    input[7] = s7
  }
}
