/// Delayed rates of all neurons in steps that follow each other, and the traces after the step before
/// each of them, a row for each step.
public struct PresynapticRows<Scalar: VectorScalar> {
  /// Delayed rates in the first step, shape `[neuron]`.
  var rates: UnsafePointer<Scalar>

  /// Traces before the first step, shape `[neuron]`.
  var traces: UnsafePointer<Scalar>

  /// From one row to the next.
  var stride: Int
}
