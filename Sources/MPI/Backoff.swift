import Glibc

/// Pauses between polls, which grow while nothing happens.
///
/// A wait inside MPI uses a whole core, which the trials need. A loop that polls
/// and sleeps answers within microseconds while there is work. When idle, it
/// wakes at most 500 times a second, which costs about 1 % of a core:
///
/// ```swift
/// var backoff = Backoff()
/// while !finished {
///   if let message = try world.receive() {
///     handle(message)
///     backoff.reset()
///   } else {
///     backoff.pause()
///   }
/// }
/// ```
public struct Backoff: Sendable {
  private let shortest: Duration
  private let longest: Duration
  private var next: Duration

  /// Creates pauses that double from the shortest to the longest.
  public init(
    from shortest: Duration = .microseconds(20), to longest: Duration = .milliseconds(2)
  ) {
    precondition(.zero < shortest && shortest <= longest)
    self.shortest = shortest
    self.longest = longest
    self.next = shortest
  }

  /// Returns to the shortest pause. Call this after progress.
  public mutating func reset() {
    next = shortest
  }

  /// Sleeps for the next pause. A handled signal ends the sleep early.
  ///
  /// The corresponding C function is `nanosleep`.
  public mutating func pause() {
    let (seconds, attoseconds) = nextPause().components
    var time = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
    nanosleep(&time, nil)
  }

  /// Returns the length of the next pause and doubles the one after it.
  public mutating func nextPause() -> Duration {
    defer { next = min(next * 2, longest) }
    return next
  }

  /// Polls a condition with growing pauses until it holds.
  mutating func wait(until condition: () throws -> Bool) rethrows {
    reset()
    while try !condition() { pause() }
  }
}
