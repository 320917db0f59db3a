import Glibc

/// Lets a thread sleep for some time, unless another one wakes it.
///
/// It uses the monotonic clock. The semaphores of Dispatch use the wall clock on Linux: if that is
/// set back by an hour, a rank would sleep for an hour.
package final class WakeableSleep: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  /// Guarded by the mutex.
  private var isWoken = false

  package init() {
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Wakes the sleeping thread, or the next one that would sleep.
  package func wake() {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    isWoken = true
    pthread_cond_signal(condition)
  }

  /// Sleeps until ``wake()`` is called.
  package func sleep() {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while !isWoken { pthread_cond_wait(condition, mutex) }
    isWoken = false
  }

  /// Sleeps for some time, or until ``wake()`` is called.
  package func sleep(for time: Duration) {
    var end = timespec()
    clock_gettime(CLOCK_MONOTONIC, &end)
    let (seconds, attoseconds) = time.components
    let nanoseconds = end.tv_nsec + Int(attoseconds / 1_000_000_000)
    end.tv_sec += Int(seconds) + nanoseconds / 1_000_000_000
    end.tv_nsec = nanoseconds % 1_000_000_000
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while !isWoken, pthread_cond_timedwait(condition, mutex, &end) == 0 {}
    isWoken = false
  }
}
