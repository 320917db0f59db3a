import Dispatch
import Glibc
import SweepPlan
import Synchronization

/// Makes what was written to a file survive a power cut, while its writer goes on: on some file
/// systems that takes seconds.
final class FileSynchroniser: Sendable {
  private let descriptor: Int32
  private let queue = DispatchQueue(label: "fsync")
  private let isBusy = Atomic(false)
  /// The error number of a synchronisation that failed; 0 where none did.
  private let failure = Atomic<Int32>(0)

  /// - Parameter descriptor: The file, which must stay open until ``finish()`` has returned.
  init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// Begins to synchronise, unless that is going on.
  ///
  /// - Returns: Whether all that has been written until now is taken care of.
  func start() -> Bool {
    guard !isBusy.exchange(true, ordering: .acquiring) else { return false }
    queue.async { [self] in
      // Some file systems know no synchronisation.
      if fsync(descriptor) != 0 && errno != EINVAL && errno != EROFS {
        failure.store(errno, ordering: .relaxed)
      }
      isBusy.store(false, ordering: .releasing)
    }
    return true
  }

  /// Waits until nothing is going on.
  func finish() {
    queue.sync {}
  }

  /// The error number of a synchronisation that failed; nil where none did.
  var failedWith: Int32? {
    let number = failure.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }
}
