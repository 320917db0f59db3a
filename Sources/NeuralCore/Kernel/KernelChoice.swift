/// The kernels that there are, each in the precisions it has.
public enum KernelChoice: String, CaseIterable, Sendable {
  /// ``ReferenceKernel``, in double precision.
  case reference
  /// ``FusedKernel`` in double precision.
  case fusedDouble
  /// ``FusedKernel`` in single precision.
  case fusedSingle

  /// The type that implements the choice.
  public var type: any Kernel.Type {
    switch self {
    case .reference: ReferenceKernel.self
    case .fusedDouble: FusedKernel<Double>.self
    case .fusedSingle: FusedKernel<Float>.self
    }
  }

  /// Size of a number in the kernel's precision [bytes].
  public var bytesPerNumber: Int {
    switch self {
    case .reference, .fusedDouble: 8
    case .fusedSingle: 4
    }
  }
}
