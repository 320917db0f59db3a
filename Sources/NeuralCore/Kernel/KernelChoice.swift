/// The kernels that there are, each in the precisions it has.
public enum KernelChoice: String, CaseIterable, Sendable {
  /// ``ReferenceKernel``, in double precision.
  case reference
  /// ``WindowedKernel`` in double precision.
  case windowedDouble
  /// ``WindowedKernel`` in single precision.
  case windowedSingle

  /// The type that implements the choice.
  public var type: any Kernel.Type {
    switch self {
    case .reference: ReferenceKernel.self
    case .windowedDouble: WindowedKernel<Double>.self
    case .windowedSingle: WindowedKernel<Float>.self
    }
  }

  /// Size of a number in the kernel's precision [bytes].
  public var bytesPerNumber: Int {
    switch self {
    case .reference, .windowedDouble: 8
    case .windowedSingle: 4
    }
  }
}
