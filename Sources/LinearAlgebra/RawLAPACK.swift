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
  /// The description that OpenBLAS gives of itself; nil for another library.
  ///
  /// The last words name the kernels, which OpenBLAS selects for the processor when the process starts
  /// (or by the variable `OPENBLAS_CORETYPE`). Different kernels add in a different order, so results
  /// agree to the last bit only between processors of one kind. The provenance of results therefore
  /// includes this line.
  ///
  /// The corresponding C function is `openblas_get_config`.
  public static var description: String? {
    library.withLock { _ in clapack_config().map { String(cString: $0) } }
  }
}

/// Converts a size to the library's integers.
func size(_ count: Int) -> Int32 {
  guard let size = Int32(exactly: count) else {
    preconditionFailure("got \(count) rows or columns; LAPACK allows at most \(Int32.max)")
  }
  return size
}
