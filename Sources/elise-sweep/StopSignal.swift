import Glibc
import Synchronization

/// Signals by which somebody asks the program to end: a batch system before its time limit, or
/// Ctrl-C. They only set a flag; the run saves what it can and leaves.
enum StopSignal {
  private static let received = Atomic<Int32>(0)

  /// Whether one has come.
  static var hasCome: Bool { received.load(ordering: .relaxed) != 0 }

  /// Takes the signals over. A second Ctrl-C ends the program at once.
  static func listen() {
    // Before the first signal, since a handler must not initialise anything.
    received.store(0, ordering: .relaxed)
    for number in [SIGTERM, SIGINT, SIGUSR1, SIGUSR2] {
      signal(number) { number in
        StopSignal.received.store(number, ordering: .relaxed)
        if number == SIGINT { signal(SIGINT, SIG_DFL) }
      }
    }
  }
}
