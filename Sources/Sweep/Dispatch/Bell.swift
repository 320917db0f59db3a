import Dispatch
import Synchronization

/// Lets a thread sleep for some time, unless another one wakes it.
final class Bell: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)
  private let isRung = Atomic(false)

  /// Wakes the thread that sleeps, or that will sleep next.
  func ring() {
    if !isRung.exchange(true, ordering: .acquiringAndReleasing) { semaphore.signal() }
  }

  /// Sleeps until the bell rings, or for some time.
  func wait(for time: Duration) {
    let nanoseconds = Int((time.inSeconds * 1e9).rounded())
    if semaphore.wait(timeout: .now() + .nanoseconds(nanoseconds)) == .success {
      isRung.store(false, ordering: .releasing)
    }
  }
}
