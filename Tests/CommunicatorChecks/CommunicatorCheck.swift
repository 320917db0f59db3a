import MPI

/// One promise of ``Communicator``, checked by all ranks of a world together.
///
/// The same checks run on every kind of communicator: in threads of the test
/// process and in the program `communicator-checks` under `mpirun`.
public struct CommunicatorCheck: Sendable, CustomStringConvertible {
  /// What the user loses when the check fails.
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
        throw CheckFailure("a message of rank \(extra.source) was left over")
      }
      try world.barrier()
    } catch {
      throw CheckFailure("rank \(world.rank) of \(world.size), \(description): \(error)")
    }
  }

  public static let all = messages + largeMessages + collectives
}

/// A promise that was not kept.
public struct CheckFailure: Error, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}

func expect(_ holds: Bool, _ claim: @autoclosure () -> String) throws {
  if !holds { throw CheckFailure("not so: \(claim())") }
}

/// The bytes that a rank sends as its message of that number; all differ.
///
/// They repeat after a prime number of bytes, so that a block which is lost or
/// comes twice is noticed; large messages then take no time to make.
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
  /// The next message; fails if none comes in a time that is ample for a busy
  /// machine.
  public func next(within limit: Duration = .seconds(20)) throws -> Message {
    let deadline = ContinuousClock.now + limit
    var backoff = Backoff()
    while ContinuousClock.now < deadline {
      if let message = try receive() { return message }
      backoff.pause()
    }
    throw CheckFailure("no message came within \(limit)")
  }

  /// The rank this one exchanges messages with: 0 with 1, 2 with 3, and a rank
  /// without neighbour with itself.
  public var partner: Int {
    let neighbour = rank ^ 1
    return neighbour < size ? neighbour : rank
  }
}
