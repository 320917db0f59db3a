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

  /// Adds the updates of the latest block to `count` weights, and the products of these weights
  /// with the rates of this block to the sums.
  ///
  /// - Parameters:
  ///   - traces: Shape `[weight, step of the latest block]`.
  ///   - surprise: That of the latest block, a vector for each step; `learningRate` for these
  ///     weights.
  ///   - rates: Delayed rates, shape `[weight, step]`.
  @inline(__always)
  mutating func updateAndMultiply(
    _ weights: UnsafeMutablePointer<Vector>, count: Int, traces: UnsafePointer<Scalar>,
    surprise: UnsafePointer<Vector>, learningRate: Vector, rates: UnsafePointer<Scalar>
  ) {
    let c0 = learningRate * surprise[0]
    let c1 = learningRate * surprise[1]
    let c2 = learningRate * surprise[2]
    let c3 = learningRate * surprise[3]
    let c4 = learningRate * surprise[4]
    let c5 = learningRate * surprise[5]
    let c6 = learningRate * surprise[6]
    let c7 = learningRate * surprise[7]
    for index in 0..<count {
      let trace = traces + StepBlock.steps * index
      var weight = weights[index]
      weight.addProduct(c0, Vector(repeating: trace[0]))
      weight.addProduct(c1, Vector(repeating: trace[1]))
      weight.addProduct(c2, Vector(repeating: trace[2]))
      weight.addProduct(c3, Vector(repeating: trace[3]))
      weight.addProduct(c4, Vector(repeating: trace[4]))
      weight.addProduct(c5, Vector(repeating: trace[5]))
      weight.addProduct(c6, Vector(repeating: trace[6]))
      weight.addProduct(c7, Vector(repeating: trace[7]))
      weights[index] = weight
      add(weight, rates + StepBlock.steps * index)
    }
  }

  /// Adds the products of one vector of weights with the 8 rates of its presynaptic neuron.
  @inline(__always)
  mutating func add(_ weight: Vector, _ rate: UnsafePointer<Scalar>) {
    s0.addProduct(weight, Vector(repeating: rate[0]))
    s1.addProduct(weight, Vector(repeating: rate[1]))
    s2.addProduct(weight, Vector(repeating: rate[2]))
    s3.addProduct(weight, Vector(repeating: rate[3]))
    s4.addProduct(weight, Vector(repeating: rate[4]))
    s5.addProduct(weight, Vector(repeating: rate[5]))
    s6.addProduct(weight, Vector(repeating: rate[6]))
    s7.addProduct(weight, Vector(repeating: rate[7]))
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
