import Glibc
import Synchronization

/// Ranks inside one process, without MPI.
///
/// A run without a launcher uses one rank. Several ranks, each used from a
/// thread of its own, behave as ``MPICommunicator`` does, so that tests can run
/// a whole job in one process.
///
/// - Important: If one rank fails, the others keep waiting in ``barrier()`` and
///   ``broadcast(_:from:)``.
public final class LocalCommunicator: Communicator, Sendable {
  public let rank: Int
  public var size: Int { shared.size }
  public var nodeSize: Int { shared.size }

  private let shared: LocalWorld

  private init(rank: Int, shared: LocalWorld) {
    self.rank = rank
    self.shared = shared
  }

  /// Creates a world of one rank.
  public convenience init() {
    self.init(rank: 0, shared: LocalWorld(size: 1))
  }

  /// Creates a world and returns all its ranks, in order; each is for one thread.
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
    let operation = shared.enter(
      .broadcast(root: root), rank: rank, bytes: rank == root ? bytes : nil)
    let content = shared.leave(operation) { $0.bytes != nil }.bytes!
    // Every rank throws, as with MPI.
    guard content.count <= Message.longest else {
      throw MPIError.messageTooLong(length: content.count)
    }
    return content
  }

  public func barrier() throws {
    let size = size
    let operation = shared.enter(.barrier, rank: rank, bytes: nil)
    _ = shared.leave(operation) { $0.entered == size }
  }

  /// Returns immediately: a local message leaves when it is sent.
  public func flush() throws {}

  public func end(exitCode: Int32) -> Never { exit(exitCode) }
}

/// The state that the ranks of one ``LocalCommunicator`` world share.
///
/// Locks are held for a few instructions only. A rank that has to wait polls
/// with a ``Backoff``, as the ranks of an MPI job do.
private final class LocalWorld: Sendable {
  let size: Int

  private let mailboxes: [Mailbox]
  private let collectives: Mutex<Collectives>

  init(size: Int) {
    self.size = size
    mailboxes = (0..<size).map { _ in Mailbox() }
    collectives = Mutex(Collectives(next: Array(repeating: 0, count: size)))
  }

  // MARK: Messages

  /// The messages that were sent to one rank and not received yet.
  private final class Mailbox: Sendable {
    let messages = Mutex(Queue<Message>())
  }

  func deliver(_ message: Message, to rank: Int) {
    mailboxes[rank].messages.withLock { $0.append(message) }
  }

  func nextMessage(for rank: Int) -> Message? {
    mailboxes[rank].messages.withLock { $0.popFirst() }
  }

  // MARK: Collective operations

  /// One collective operation, which all ranks enter and leave.
  struct Collective {
    enum Kind: Equatable {
      case barrier
      case broadcast(root: Int)
    }

    let kind: Kind
    var entered = 0
    var left = 0
    var bytes: [UInt8]?
  }

  private struct Collectives {
    /// The number of each rank's next operation. All ranks call the collective
    /// operations in the same order, so equal numbers mean the same operation.
    var next: [Int]

    /// The operations that some rank has entered and not all have left.
    var open: [Int: Collective] = [:]
  }

  /// Enters the next collective operation of a rank.
  ///
  /// - Parameter bytes: The content of a broadcast, from its root.
  /// - Returns: The number of the operation.
  func enter(_ kind: Collective.Kind, rank: Int, bytes: [UInt8]?) -> Int {
    collectives.withLock { collectives in
      let number = collectives.next[rank]
      collectives.next[rank] += 1
      var operation = collectives.open[number] ?? Collective(kind: kind)
      precondition(
        operation.kind == kind,
        "rank \(rank) calls \(kind), but another rank calls \(operation.kind)")
      operation.entered += 1
      if let bytes { operation.bytes = bytes }
      collectives.open[number] = operation
      return number
    }
  }

  /// Waits until an operation is ready, and leaves it. The last rank to leave removes it.
  ///
  /// - Returns: The operation as it was when it became ready.
  func leave(_ number: Int, when isReady: @Sendable (Collective) -> Bool) -> Collective {
    var backoff = Backoff()
    while true {
      let ready: Collective? = collectives.withLock { collectives in
        guard var operation = collectives.open[number], isReady(operation) else { return nil }
        operation.left += 1
        collectives.open[number] = operation.left == size ? nil : operation
        return operation
      }
      if let ready { return ready }
      backoff.pause()
    }
  }
}
