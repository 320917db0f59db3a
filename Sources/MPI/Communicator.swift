/// A group of ranks that exchange messages, seen from one of them.
///
/// The sweep uses only this protocol. The same code therefore runs with MPI on
/// many nodes (``MPICommunicator``) and without MPI in one process
/// (``LocalCommunicator``). Sending and receiving never wait for another rank.
/// The three operations that wait (``broadcast(_:from:)``, ``barrier()``,
/// ``flush()``) sleep between polls and receive messages meanwhile. Two ranks
/// that wait for each other's large message therefore do not deadlock.
///
/// All ranks must call the collective operations in the same order.
///
/// - Important: Only one thread per rank may use a communicator. For
///   ``MPICommunicator`` it is the thread that initialised MPI
///   (`MPI_THREAD_FUNNELED`).
public protocol Communicator: AnyObject {
  /// The number of this rank, in `0..<size`.
  var rank: Int { get }

  /// The number of ranks.
  var size: Int { get }

  /// The number of ranks on the machine of this rank.
  var nodeSize: Int { get }

  /// Sends a message without waiting for its receiver.
  ///
  /// The content is copied, and the copy lives until the message has left. A
  /// rank may send to itself.
  ///
  /// - Parameters:
  ///   - bytes: The content; may be empty.
  ///   - rank: The receiver, in `0..<size`.
  ///   - tag: The kind of message, in ``Message/tags``.
  /// - Throws: ``MPIError/noSuchRank(rank:size:)``,
  ///   ``MPIError/tagOutOfRange(tag:)``, ``MPIError/messageTooLong(length:)``, or
  ///   ``MPIError/callFailed(code:call:text:)``.
  func send(_ bytes: [UInt8], to rank: Int, tag: Int) throws

  /// Returns the next message that has arrived completely, or nil if there is none.
  ///
  /// Never waits. Messages from one sender arrive in the order sent, whatever
  /// their tags and lengths. Messages from different senders have no fixed order.
  ///
  /// - Throws: ``MPIError/callFailed(code:call:text:)``.
  func receive() throws -> Message?

  /// Sends the bytes of one rank to all ranks. Collective.
  ///
  /// - Parameters:
  ///   - bytes: The content; ignored on all ranks but `root`.
  ///   - root: The rank whose bytes are sent; the same on every rank.
  /// - Returns: The bytes of `root`, on every rank.
  /// - Throws: On every rank, ``MPIError/noSuchRank(rank:size:)`` or
  ///   ``MPIError/messageTooLong(length:)``; or
  ///   ``MPIError/callFailed(code:call:text:)``.
  func broadcast(_ bytes: [UInt8], from root: Int) throws -> [UInt8]

  /// Waits until every rank has called this function. Collective.
  ///
  /// - Throws: ``MPIError/callFailed(code:call:text:)``.
  func barrier() throws

  /// Waits until every rank has called a barrier, but not for ever. Collective.
  ///
  /// - Parameter limit: The longest wait.
  /// - Returns: Whether all ranks came in time. If not, ``end(exitCode:)`` is all that is left.
  /// - Throws: ``MPIError/callFailed(code:call:text:)``.
  func barrier(within limit: Duration) throws -> Bool

  /// Waits until every message sent by this rank has left the process.
  ///
  /// The receiver may not have received the message yet.
  ///
  /// - Throws: ``MPIError/callFailed(code:call:text:)``.
  func flush() throws

  /// Ends all ranks without waiting for any of them: for a job some of whose ranks no longer answer.
  ///
  /// - Parameter exitCode: The exit code of this process, and of the job if the launcher allows.
  func end(exitCode: Int32) -> Never
}

extension Communicator {
  public func barrier(within limit: Duration) throws -> Bool {
    try barrier()
    return true
  }

  /// Throws unless every kind of communicator can carry the message.
  func validate(length: Int, to receiver: Int, tag: Int) throws(MPIError) {
    try validate(rank: receiver)
    guard Message.tags.contains(tag) else { throw .tagOutOfRange(tag: tag) }
    guard length <= Message.longest else { throw .messageTooLong(length: length) }
  }

  /// Throws unless the rank exists.
  func validate(rank: Int) throws(MPIError) {
    guard (0..<size).contains(rank) else { throw .noSuchRank(rank: rank, size: size) }
  }
}
