import CKernels
import CLAPACK
import Synchronization

/// Guards the library: not every build of OpenBLAS allows calls from two threads at once, and a build
/// for one thread never does.
private let library = Mutex(())

/// Calls the library while no other thread does.
///
/// The library uses no threads of its own: compute threads and ranks already fill the cores, and the
/// division of a sum among threads changes its last bits. The setting is repeated before each call,
/// because builds with OpenMP store it per calling thread.
///
/// - Parameter body: Calls `clapack_…`.
/// - Returns: The result of the body.
func locked<Result: Sendable>(_ body: () -> Result) -> Result {
  library.withLock { _ in
    clapack_use_one_thread()
    return body()
  }
}

/// The linear algebra library that this process uses.
public enum LAPACKLibrary {
  /// The description that OpenBLAS gives of itself, or the `pkg-config` name of another library, for the
  /// provenance of results.
  ///
  /// The corresponding C function is `openblas_get_config`.
  public static var description: String {
    library.withLock { _ in String(cString: clapack_config() ?? elise_lapack()) }
  }

  /// The library, if its results can differ in the last bits from those of OpenBLAS with its kernels for
  /// Haswell; nil if they cannot.
  ///
  /// Every x86-64 processor with AVX2 and FMA uses these kernels, whatever the environment says.
  ///
  /// The corresponding C function is `openblas_get_corename`.
  public static let variant: String? = {
    guard let kernels = clapack_kernels() else { return String(cString: elise_lapack()) }
    let name = String(cString: kernels)
    return name == "Haswell" ? nil : "openblas for \(name)"
  }()
}

/// Converts a size to the library's integers.
func size(_ count: Int) -> Int32 {
  guard let size = Int32(exactly: count) else {
    preconditionFailure("got \(count) rows or columns; LAPACK allows at most \(Int32.max)")
  }
  return size
}
