/// Ranks inside one process, without MPI.
///
/// One rank is what a run without a launcher uses. Several ranks, each used
/// from a thread of its own, behave as ``MPICommunicator`` does, so tests can
/// run a whole job in one process.
///
/// - Important: No one ends the other ranks when one fails: a rank that stops
///   leaves the others waiting in ``barrier()`` and ``broadcast(_:from:)``.
public final class LocalCommunicator: Communicator, Sendable {
  public let rank: Int
  public var size: Int { shared.size }

  private let shared: LocalWorld

  private init(rank: Int, shared: LocalWorld) {
    self.rank = rank
    self.shared = shared
  }

  /// A world of one.
  public convenience init() {
    self.init(rank: 0, shared: LocalWorld(size: 1))
  }

  /// All ranks of a new world, in order; each is for one thread.
  public static func world(size: Int) -> [LocalCommunicator] {
    precondition(size >= 1, "a world has at least one rank")
    let shared = LocalWorld(size: size)
    return (0..<size).map { LocalCommunicator(rank: $0, shared: shared) }
  }

  public func send(_ bytes: [UInt8], to rank: Int, tag: Int) throws {
    try validate(length: bytes.count, to: rank, tag: tag)
    shared.deliver(Message(source: self.rank, tag: tag, bytes: bytes), to: rank)
  }

  public func receive() throws -> Message? {
    shared.nextMessage(for: rank)
  }

  public func broadcast(_ bytes: [UInt8], from root: Int) throws -> [UInt8] {
    try validate(rank: root)
    let meeting = shared.enter(
      .broadcast(root: root), rank: rank, bringing: rank == root ? bytes : nil)
    let content = shared.leave(meeting) { $0.bytes != nil }.bytes!
    // Every rank learns of the mistake, as with MPI.
    guard content.count <= Message.longest else {
      throw MPIError.messageTooLong(length: content.count)
    }
    return content
  }

  public func barrier() throws {
    let size = size
    let meeting = shared.enter(.barrier, rank: rank, bringing: nil)
    _ = shared.leave(meeting) { $0.entered == size }
  }

  /// Returns at once: a local message has left as soon as it is sent.
  public func flush() throws {}
}
