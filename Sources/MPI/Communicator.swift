/// A group of ranks that exchange messages, seen from one of them.
///
/// The sweep is written against this protocol alone, so the same path runs with
/// MPI over many nodes (``MPICommunicator``) and without it in one process
/// (``LocalCommunicator``). A rank never blocks on another by accident: sending
/// returns at once, receiving takes what is there, and the three operations
/// that do wait (``broadcast(_:from:)``, ``barrier()``, ``flush()``) sleep
/// between polls and keep taking in messages meanwhile, so two ranks that wait
/// for each other's large message both get on.
///
/// Collective operations must be called by all ranks, in the same order.
///
/// - Important: One thread per rank speaks. For ``MPICommunicator`` it is the
///   thread that initialised MPI (`MPI_THREAD_FUNNELED`).
public protocol Communicator: AnyObject {
  /// The number of this member, in `0..<size`.
  var rank: Int { get }

  /// The number of members.
  var size: Int { get }

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

  /// The next message that has arrived completely, or nil if there is none.
  ///
  /// Never waits. Messages from one sender come in the order they were sent,
  /// whatever their tags and lengths; between senders no order is promised.
  func receive() throws -> Message?

  /// Gives every rank the bytes of one rank. Collective.
  ///
  /// - Parameters:
  ///   - bytes: The content, which counts only on `root`.
  ///   - root: The rank whose bytes all others get; the same on every rank.
  /// - Returns: The bytes of `root`, on every rank.
  func broadcast(_ bytes: [UInt8], from root: Int) throws -> [UInt8]

  /// Waits until every rank has called it. Collective.
  func barrier() throws

  /// Waits until every message sent from here has left this process.
  ///
  /// That is no receipt: the receiver may not have asked for the message yet.
  func flush() throws
}

extension Communicator {
  /// Refuses a message that not every kind of communicator could carry.
  func validate(length: Int, to receiver: Int, tag: Int) throws(MPIError) {
    try validate(rank: receiver)
    guard Message.tags.contains(tag) else { throw .tagOutOfRange(tag: tag) }
    guard length <= Message.longest else { throw .messageTooLong(length: length) }
  }

  /// Refuses a rank that is not a member.
  func validate(rank: Int) throws(MPIError) {
    guard (0..<size).contains(rank) else { throw .noSuchRank(rank: rank, size: size) }
  }
}
