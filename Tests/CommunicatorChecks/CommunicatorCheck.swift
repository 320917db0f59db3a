import Glibc
import MPI

/// A check of one property of ``Communicator``, run by all ranks of a world together.
///
/// The same checks run on every kind of communicator: in threads of the test
/// process and in the program `communicator-checks` under `mpirun`.
public struct CommunicatorCheck: Sendable, CustomStringConvertible {
  /// The property that is checked.
  public let description: String

  private let body: @Sendable (any Communicator) throws -> Void

  init(_ description: String, _ body: @escaping @Sendable (any Communicator) throws -> Void) {
    self.description = description
    self.body = body
  }

  /// Runs the check on this rank. Every rank of the world must call it.
  public func run(on world: any Communicator) throws {
    do {
      try body(world)
      try world.barrier()
      if let extra = try world.receive() {
        throw CheckFailure("a message of rank \(extra.source) was not expected")
      }
      try world.barrier()
    } catch {
      throw CheckFailure("rank \(world.rank) of \(world.size), \(description): \(error)")
    }
  }

  public static let all = messages + largeMessages + collectives
}

/// A check that failed.
public struct CheckFailure: Error, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}

func expect(_ holds: Bool, _ claim: @autoclosure () -> String) throws {
  if !holds { throw CheckFailure("this does not hold: \(claim())") }
}

/// The content of a rank's message with the given number.
///
/// The bytes repeat after a prime number of bytes. A lost or doubled block is
/// therefore detected, and large messages are quick to create.
func pattern(_ length: Int, from rank: Int, number: Int = 0) -> [UInt8] {
  var state = UInt32(truncatingIfNeeded: 1 + rank + 31 * number)
  let block = (0..<min(length, 4099)).map { _ in
    state = state &* 1_664_525 &+ 1_013_904_223
    return UInt8(state >> 24)
  }
  var bytes: [UInt8] = []
  bytes.reserveCapacity(length)
  while bytes.count < length { bytes += block.prefix(length - bytes.count) }
  return bytes
}

extension Communicator {
  /// Returns the next message, or throws if none arrives within a time that is
  /// ample for a busy machine.
  public func next(within limit: Duration = .seconds(20)) throws -> Message {
    let deadline = ContinuousClock.now + limit
    var backoff = Backoff()
    while ContinuousClock.now < deadline {
      if let message = try receive() { return message }
      backoff.pause()
    }
    throw CheckFailure("no message arrived within \(limit)")
  }

  /// The rank with which this one exchanges messages: 0 with 1, 2 with 3, and a
  /// rank without a neighbour with itself.
  public var partner: Int {
    let neighbour = rank ^ 1
    return neighbour < size ? neighbour : rank
  }
}

/// The time of a clock that all processes of one machine share [ns].
func now() -> Int {
  nanoseconds(of: CLOCK_MONOTONIC)
}

/// Sleeps long enough for other ranks to be clearly earlier.
func sleepBriefly() {
  usleep(20_000)
}

/// Measures the part of a core that the body uses.
///
/// - Parameter wholeProcess: Whether to count all threads of the process, or only this one.
public func load(wholeProcess: Bool, during body: () throws -> Void) rethrows -> Double {
  let clock = wholeProcess ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_THREAD_CPUTIME_ID
  let start = (used: nanoseconds(of: clock), time: now())
  try body()
  return Double(nanoseconds(of: clock) - start.used) / Double(now() - start.time)
}

private func nanoseconds(of clock: clockid_t) -> Int {
  var time = timespec()
  clock_gettime(clock, &time)
  return time.tv_sec * 1_000_000_000 + time.tv_nsec
}
