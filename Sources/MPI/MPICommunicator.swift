import Glibc

/// All ranks of an MPI job (`MPI_COMM_WORLD`).
///
/// Made by ``withWorld(environment:onFailure:_:)``, which starts and ends MPI
/// around it. No operation waits inside the MPI library, because Open MPI waits
/// at full load: every one starts a transfer and polls it with a ``Backoff``.
public final class MPICommunicator: Communicator {
  public let rank: Int
  public let size: Int

  /// The only thread that may call MPI.
  private let thread = pthread_self()

  /// Sends that have not left yet; they own their memory.
  private var leaving: [Transfer] = []

  /// How many sends may pile up before ``send(_:to:tag:)`` looks after them.
  private var sweepThreshold = 64

  /// Messages that have begun to arrive, in the order MPI matched them.
  private var arriving: [Arrival] = []

  /// Messages that are complete and wait for ``receive()``.
  private var arrived = Queue<Message>()

  private struct Arrival {
    let source: Int
    let tag: Int
    let transfer: Transfer
  }

  /// The world of a process in which MPI runs.
  init() throws(MPIError) {
    rank = try RawMPI.rank()
    size = try RawMPI.size()
  }

  // MARK: Messages

  public func send(_ bytes: [UInt8], to rank: Int, tag: Int) throws {
    try validate(length: bytes.count, to: rank, tag: tag)
    try startSending(bytes, to: rank, tag: tag)
  }

  /// Sends without looking at the arguments first; MPI does that as well.
  package func startSending(_ bytes: [UInt8], to rank: Int, tag: Int) throws {
    requireMainThread()
    let transfer = try Transfer.sending(bytes, to: rank, tag: tag)
    if try transfer.test() { return }
    leaving.append(transfer)
    // Looking after all of them each time would be quadratic.
    if leaving.count >= sweepThreshold {
      try releaseSent()
      sweepThreshold = max(64, 2 * leaving.count)
    }
  }

  public func receive() throws -> Message? {
    requireMainThread()
    if let message = arrived.popFirst() { return message }
    try releaseSent()
    _ = try acceptNext()
    try collectArrived()
    return arrived.popFirst()
  }

  public func flush() throws {
    try wait { leaving.isEmpty }
  }

  // MARK: Collective operations

  public func broadcast(_ bytes: [UInt8], from root: Int) throws -> [UInt8] {
    try validate(rank: root)
    // Every rank learns the length first, so that all refuse one that is too
    // long. The wait for the root may be long; that for the bytes is not.
    let announced = try complete(.broadcasting(encode(bytes.count), from: root)).bytes
    let length = decode(announced)
    guard length <= Message.longest else { throw MPIError.messageTooLong(length: length) }
    guard length > 0, size > 1 else { return rank == root ? bytes : [] }
    let content = rank == root ? bytes : [UInt8](repeating: 0, count: length)
    let transfer = try complete(
      .broadcasting(content, from: root), longestPause: .microseconds(160))
    return rank == root ? bytes : transfer.bytes
  }

  public func barrier() throws {
    _ = try complete(.barrier())
  }

  /// Waits for all ranks, so that MPI can end without losing a message that is
  /// on its way, and without spinning until the slowest rank is done.
  func close() throws {
    try flush()
    try barrier()
    try wait { arriving.isEmpty }
  }

  private func complete(
    _ transfer: Transfer, longestPause: Duration = .milliseconds(2)
  ) throws -> Transfer {
    try wait(longestPause: longestPause) { try transfer.test() }
    return transfer
  }

  // MARK: Progress

  /// Polls until the condition holds and lets all messages get on meanwhile.
  ///
  /// A large message leaves only once its receiver takes it, so a rank that
  /// waited without taking in messages could wait for ever for one that waits
  /// for it.
  private func wait(
    longestPause: Duration = .milliseconds(2), until condition: () throws -> Bool
  ) throws {
    requireMainThread()
    var backoff = Backoff(to: longestPause)
    try backoff.wait {
      try releaseSent()
      while try acceptNext() {}
      try collectArrived()
      return try condition()
    }
  }

  /// Gives up the memory of messages that have left.
  private func releaseSent() throws {
    try leaving.removeAll { try $0.test() }
  }

  /// Starts to receive the next message, if one is waiting.
  private func acceptNext() throws -> Bool {
    guard let (transfer, source, tag) = try Transfer.receivingNext() else { return false }
    arriving.append(Arrival(source: source, tag: tag, transfer: transfer))
    return true
  }

  /// Moves complete messages on, but none past an earlier one of its sender.
  private func collectArrived() throws {
    guard !arriving.isEmpty else { return }
    var delayed = Set<Int>()
    try arriving.removeAll { arrival in
      guard !delayed.contains(arrival.source), try arrival.transfer.test() else {
        delayed.insert(arrival.source)
        return false
      }
      arrived.append(
        Message(source: arrival.source, tag: arrival.tag, bytes: arrival.transfer.bytes))
      return true
    }
  }

  private func requireMainThread() {
    precondition(
      pthread_equal(thread, pthread_self()) != 0, "only the main thread may speak MPI")
  }
}

// The length of a broadcast travels as eight bytes, the least significant first.

private func encode(_ length: Int) -> [UInt8] {
  (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
}

private func decode(_ bytes: [UInt8]) -> Int {
  bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
}
