/// Half a block: the steps that the fast kernel takes through memory at once where synapses are
/// missing.
///
/// There, what one step's update adds to the input of a later step differs from neuron to neuron, so
/// that every pair of steps needs a sum of its own over the synapses. Four steps have 6 pairs, beside
/// 4 updates and 4 inputs. Additions run beside multiply-adds on most processors, so that these sums
/// cost little; the 28 pairs of a whole block would cost more than all else.
enum StepQuad {
  /// Steps of a quad.
  static let steps = 4

  /// Number of the pairs of an earlier and a later step: 01, 02, 03, 12, 13, 23.
  static let pairs = 6

  /// Size of what a pass over the weights needs of one presynaptic neuron: the traces of the four
  /// steps before, the delayed rates of these four, and for each pair the trace of the earlier step
  /// times the rate of the later one. The rest is unused.
  static let record = 16

  /// Writes a record.
  ///
  /// - Parameters:
  ///   - latest: Traces of the four steps before.
  ///   - traces: Traces of the four steps.
  ///   - rates: Delayed rates of the four steps.
  @inline(__always)
  static func write<Scalar: VectorScalar>(
    latest: UnsafePointer<Scalar>, traces: UnsafePointer<Scalar>, rates: UnsafePointer<Scalar>,
    to record: UnsafeMutablePointer<Scalar>
  ) {
    for step in 0..<steps {
      record[step] = latest[step]
      record[steps + step] = rates[step]
    }
    let products = record + 2 * steps
    products[0] = traces[0] * rates[1]
    products[1] = traces[0] * rates[2]
    products[2] = traces[0] * rates[3]
    products[3] = traces[1] * rates[2]
    products[4] = traces[1] * rates[3]
    products[5] = traces[2] * rates[3]
  }

  /// The sum over the earlier steps of a quad of their surprise times the interaction with one of
  /// its steps.
  ///
  /// - Parameters:
  ///   - surprise: That of the block which the quad belongs to.
  ///   - interactions: The sums of the pairs.
  ///   - step: The step of the block.
  @inline(__always)
  static func sum<Vector: SIMD>(
    _ surprise: UnsafePointer<Vector>, _ interactions: UnsafePointer<Vector>, step: Int
  ) -> Vector where Vector.Scalar: VectorScalar, Vector.Scalar.Vector == Vector {
    let first = surprise + step / steps * steps
    switch step % steps {
    case 0:
      return Vector()
    case 1:
      return first[0] * interactions[0]
    case 2:
      return (first[0] * interactions[1]).addingProduct(first[1], interactions[3])
    default:
      return (first[0] * interactions[2]).addingProduct(first[1], interactions[4])
        .addingProduct(first[2], interactions[5])
    }
  }
}
