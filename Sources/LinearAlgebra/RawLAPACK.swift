import CLAPACK
import Synchronization

/// Guards the library: not every build of OpenBLAS may be called by two threads at once, and a
/// build for one thread least of all.
private let library = Mutex(())

/// Calls the library, in this thread alone.
///
/// One thread at a time, and that one without helpers: compute threads and ranks already fill the
/// cores, and how a sum is split among threads changes its last bits. The setting is repeated
/// before every call, because builds with OpenMP keep it per calling thread.
///
/// - Parameter body: Calls `clapack_…` and returns LAPACK's `info`, or 0.
func locked(_ body: () -> Int32) -> Int32 {
  library.withLock { _ in
    clapack_use_one_thread()
    return body()
  }
}

/// The linear algebra library that this process runs with.
public enum LAPACKLibrary {
  /// What OpenBLAS says of itself; nil for another library.
  ///
  /// The last words name the kernels, which it chooses by the processor when the process starts
  /// (or by the variable `OPENBLAS_CORETYPE`). Different kernels add in a different order, so
  /// results agree to the last bit only between processors of one kind: this line belongs into the
  /// record of where results came from.
  ///
  /// The corresponding C function is `openblas_get_config`.
  public static var description: String? {
    library.withLock { _ in clapack_config().map { String(cString: $0) } }
  }
}

/// A size in the library's integers.
func size(_ count: Int) -> Int32 {
  guard let size = Int32(exactly: count) else {
    preconditionFailure("a matrix with \(count) rows or columns is too large for LAPACK")
  }
  return size
}
