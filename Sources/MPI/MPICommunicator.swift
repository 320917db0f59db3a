import Glibc

/// All ranks of an MPI job (`MPI_COMM_WORLD`).
///
/// ``withWorld(environment:onFailure:_:)`` creates it between starting and ending
/// MPI. No operation waits inside the MPI library, because Open MPI uses a whole
/// core while it waits. Each operation starts a transfer and polls it with a
/// ``Backoff``.
public final class MPICommunicator: Communicator {
  public let rank: Int
  public let size: Int
  public let nodeSize: Int
  /// The number of cores that at least one rank of this machine may use.
  public let nodeCores: Int

  /// The only thread that may call MPI.
  private let thread = pthread_self()

  /// The sends in progress, which own their memory.
  private var leaving: [Transfer] = []

  /// The number of sends in progress at which ``send(_:to:tag:)`` polls them.
  private var sweepThreshold = 64

  /// The messages that are being received, in the order in which MPI matched them.
  private var arriving: [Arrival] = []

  /// The complete messages, for ``receive()``.
  private var arrived = Queue<Message>()

  private struct Arrival {
    let source: Int
    let tag: Int
    let transfer: Transfer
  }

  /// Creates the world of a process in which MPI is running.
  init() throws(MPIError) {
    rank = try RawMPI.rank()
    size = try RawMPI.size()
    (nodeSize, nodeCores) = try RawMPI.node()
  }

  // MARK: Messages

  public func send(_ bytes: [UInt8], to rank: Int, tag: Int) throws {
    try validate(length: bytes.count, to: rank, tag: tag)
    try startSending(bytes, to: rank, tag: tag)
  }

  /// Sends without validating the arguments, which MPI does as well.
  package func startSending(_ bytes: [UInt8], to rank: Int, tag: Int) throws {
    requireMainThread()
    let transfer = try Transfer.sending(bytes, to: rank, tag: tag)
    if try transfer.test() { return }
    leaving.append(transfer)
    // Polling all of them each time would take quadratic time.
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

  /// The corresponding C function is `MPI_Abort`.
  public func end(exitCode: Int32) -> Never {
    fflush(nil)  // MPI_Abort discards unwritten output.
    RawMPI.abort(exitCode: exitCode)
    exit(exitCode)
  }

  // MARK: Collective operations

  public func broadcast(_ bytes: [UInt8], from root: Int) throws -> [UInt8] {
    try validate(rank: root)
    // The length is broadcast first, so that every rank throws if it is too great.
    // The wait for the root may be long; the wait for the bytes is short.
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

  public func barrier(within limit: Duration) throws -> Bool {
    let transfer = try Transfer.barrier()
    let begin = ContinuousClock.now
    try wait { try transfer.test() || begin.duration(to: .now) > limit }
    return transfer.isDone
  }

  /// Waits for all ranks and all messages. MPI can then end without losing a
  /// message and without using a core until the slowest rank is done.
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

  /// Polls until the condition holds, and advances all messages meanwhile.
  ///
  /// A large message leaves only when its receiver accepts it. Two ranks that
  /// waited for each other without accepting messages would deadlock.
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

  /// Frees the memory of messages that have left.
  private func releaseSent() throws {
    try leaving.removeAll { try $0.test() }
  }

  /// Starts to receive the next message. Returns whether there is one.
  private func acceptNext() throws -> Bool {
    guard let (transfer, source, tag) = try Transfer.receivingNext() else { return false }
    arriving.append(Arrival(source: source, tag: tag, transfer: transfer))
    return true
  }

  /// Moves complete messages to `arrived`, in the order of each sender.
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
      pthread_equal(thread, pthread_self()) != 0, "only the thread that started MPI may use it")
  }
}

// The length of a broadcast is sent as eight bytes, the least significant first.

private func encode(_ length: Int) -> [UInt8] {
  (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
}

private func decode(_ bytes: [UInt8]) -> Int {
  bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
}
