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
  ///   - rates: That of the first step; those of the others follow `stride` apart.
  @inline(__always)
  mutating func add(_ weight: Vector, _ rates: UnsafePointer<Scalar>, stride: Int) {
    s0.addProduct(weight, Vector(repeating: rates[0]))
    s1.addProduct(weight, Vector(repeating: rates[stride]))
    s2.addProduct(weight, Vector(repeating: rates[2 &* stride]))
    s3.addProduct(weight, Vector(repeating: rates[3 &* stride]))
    s4.addProduct(weight, Vector(repeating: rates[4 &* stride]))
    s5.addProduct(weight, Vector(repeating: rates[5 &* stride]))
    s6.addProduct(weight, Vector(repeating: rates[6 &* stride]))
    s7.addProduct(weight, Vector(repeating: rates[7 &* stride]))
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
