import Glibc

/// Pauses that grow while nothing happens.
///
/// MPI's own waiting spins at full load and takes a core from the trials. A
/// loop that polls and sleeps instead answers within microseconds while there
/// is work, and when idle wakes at most 500 times a second, which costs about
/// 1 % of a core:
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

  /// Pauses that double from the shortest to the longest.
  public init(
    from shortest: Duration = .microseconds(20), to longest: Duration = .milliseconds(2)
  ) {
    precondition(.zero < shortest && shortest <= longest)
    self.shortest = shortest
    self.longest = longest
    self.next = shortest
  }

  /// Starts again with the shortest pause. To be called upon progress.
  public mutating func reset() {
    next = shortest
  }

  /// Sleeps for the next pause; a signal that is handled ends the sleep early.
  public mutating func pause() {
    let (seconds, attoseconds) = nextPause().components
    var time = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
    nanosleep(&time, nil)
  }

  /// The length of the next pause, which makes the one after it longer.
  public mutating func nextPause() -> Duration {
    defer { next = min(next * 2, longest) }
    return next
  }

  /// Polls a condition, with growing pauses in between, until it holds.
  mutating func wait(until condition: () throws -> Bool) rethrows {
    reset()
    while try !condition() { pause() }
  }
}
