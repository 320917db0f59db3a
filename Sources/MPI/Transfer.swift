internal import CMPI

/// A transfer in progress, with the memory that MPI reads or writes.
///
/// MPI keeps an address until the transfer is done, but a Swift array has no
/// fixed address. A transfer therefore allocates its own memory. All unsafe code
/// for message contents is in this file.
final class Transfer {
  private var memory: UnsafeMutableRawBufferPointer
  private var request = cmpi_request_null()
  private(set) var isDone = false

  private init(_ memory: UnsafeMutableRawBufferPointer) {
    self.memory = memory
  }

  deinit {
    // MPI may still access the memory of an unfinished transfer, so it is leaked.
    if isDone { memory.deallocate() }
  }

  /// Returns whether the transfer is done. The call also advances all other transfers.
  func test() throws(MPIError) -> Bool {
    if !isDone { isDone = try RawMPI.test(&request) }
    return isDone
  }

  /// The received bytes, after ``test()`` has returned true.
  var bytes: [UInt8] {
    precondition(isDone, "the transfer is not done")
    return [UInt8](memory)
  }

  // MARK: Kinds of transfer

  /// Starts to send a copy of the bytes.
  static func sending(_ bytes: [UInt8], to rank: Int, tag: Int) throws(MPIError) -> Transfer {
    let transfer = Transfer(copy(of: bytes))
    try RawMPI.send(transfer.memory, to: rank, tag: tag, &transfer.request)
    return transfer
  }

  /// Starts to receive the next message, if one is waiting.
  static func receivingNext() throws(MPIError) -> (transfer: Transfer, source: Int, tag: Int)? {
    let transfer = Transfer(allocate(0))
    let envelope = try RawMPI.receive(
      allocate: { length in
        transfer.memory.deallocate()
        transfer.memory = allocate(length)
        return transfer.memory
      }, &transfer.request)
    guard let envelope else {
      transfer.isDone = true
      return nil
    }
    return (transfer, envelope.source, envelope.tag)
  }

  /// Starts to broadcast a copy of the bytes. Ranks other than the root receive
  /// the same number of bytes.
  static func broadcasting(_ bytes: [UInt8], from root: Int) throws(MPIError) -> Transfer {
    let transfer = Transfer(copy(of: bytes))
    try RawMPI.broadcast(transfer.memory, from: root, &transfer.request)
    return transfer
  }

  /// Starts a barrier, which transfers no bytes.
  static func barrier() throws(MPIError) -> Transfer {
    let transfer = Transfer(allocate(0))
    try RawMPI.barrier(&transfer.request)
    return transfer
  }

  // MARK: Memory

  private static func allocate(_ length: Int) -> UnsafeMutableRawBufferPointer {
    .allocate(byteCount: length, alignment: MemoryLayout<UInt64>.alignment)
  }

  private static func copy(of bytes: [UInt8]) -> UnsafeMutableRawBufferPointer {
    let memory = allocate(bytes.count)
    memory.copyBytes(from: bytes)
    return memory
  }
}
