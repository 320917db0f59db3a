import Glibc

/// A thread that runs a function.
///
/// Unlike the queues of Dispatch, it says if it cannot be started: at a limit such as `ulimit -u` these try
/// again for ever.
package struct RunningThread: @unchecked Sendable {
  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private let id: pthread_t

  /// Starts a thread; nil if the system allows no more.
  ///
  /// The corresponding C function is `pthread_create`.
  package init?(_ run: @escaping @Sendable () -> Void) {
    let body = Unmanaged.passRetained(Body(run))
    var id = pthread_t()
    let code = pthread_create(
      &id, nil,
      { body in
        Unmanaged<Body>.fromOpaque(body!).takeRetainedValue().run()
        return nil
      }, body.toOpaque())
    guard code == 0 else {
      body.release()
      return nil
    }
    self.id = id
  }

  /// Lets the thread end by itself. Call either this or ``join()``, once.
  package func detach() { pthread_detach(id) }

  /// Waits until the function has returned.
  package func join() { pthread_join(id, nil) }
}
