/// How much the surprise of the earlier steps of a block counts in one of its steps.
struct StepInteractions<Scalar: VectorScalar, Step: BlockStep> {
  typealias Vector = Scalar.Vector

  private let g0: Vector
  private let g1: Vector
  private let g2: Vector
  private let g3: Vector
  private let g4: Vector
  private let g5: Vector
  private let g6: Vector

  /// Takes the interactions with a step from those of its block, shape `[k, t]`.
  @inline(__always)
  init(_ block: UnsafePointer<Scalar>) {
    let step = Step.number
    @inline(__always)
    func gain(_ earlier: Int) -> Vector {
      earlier < step
        ? Vector(repeating: block[earlier &* StepBlock.steps &+ step]) : Vector()
    }
    g0 = gain(0)
    g1 = gain(1)
    g2 = gain(2)
    g3 = gain(3)
    g4 = gain(4)
    g5 = gain(5)
    g6 = gain(6)
  }

  /// The sum over the earlier steps of their surprise, which lies side by side, times these.
  @inline(__always)
  func sum(_ surprise: UnsafePointer<Vector>) -> Vector {
    let step = Step.number
    guard step > 0 else { return Vector() }
    var sum = surprise[0] * g0
    if step > 1 { sum.addProduct(surprise[1], g1) }
    if step > 2 { sum.addProduct(surprise[2], g2) }
    if step > 3 { sum.addProduct(surprise[3], g3) }
    if step > 4 { sum.addProduct(surprise[4], g4) }
    if step > 5 { sum.addProduct(surprise[5], g5) }
    if step > 6 { sum.addProduct(surprise[6], g6) }
    return sum
  }
}
