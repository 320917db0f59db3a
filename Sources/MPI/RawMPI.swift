internal import CMPI

/// Throws an error with the library's description of a return code, except for success.
private func check(_ code: Int32, _ call: String) throws(MPIError) {
  guard code != cmpi_success() else { return }
  throw .callFailed(code: code, call: call, text: RawMPI.errorText(code))
}

/// The calls of the MPI library, checked, with Swift's types.
///
/// The library's pointers and macros appear only here. The thread that called
/// ``initialize()`` must make all calls but ``libraryVersion()``.
enum RawMPI {
  // MARK: Lifetime

  /// Returns whether MPI was started in this process, even if it has ended since.
  ///
  /// The corresponding C function is `MPI_Initialized`.
  static func wasInitialized() throws(MPIError) -> Bool {
    var flag: Int32 = 0
    try check(MPI_Initialized(&flag), "MPI_Initialized")
    return flag != 0
  }

  /// Starts MPI for a process in which only this thread calls MPI.
  ///
  /// - Returns: Whether the library supports this.
  ///
  /// The corresponding C function is `MPI_Init_thread`.
  static func initialize() throws(MPIError) -> Bool {
    var provided: Int32 = 0
    try check(MPI_Init_thread(nil, nil, cmpi_thread_funneled(), &provided), "MPI_Init_thread")
    return provided >= cmpi_thread_funneled()
  }

  /// Makes failing calls return a code instead of ending the process.
  ///
  /// The corresponding C function is `MPI_Comm_set_errhandler`.
  static func returnErrors() throws(MPIError) {
    for communicator in [cmpi_comm_world(), cmpi_comm_self()] {
      try check(
        MPI_Comm_set_errhandler(communicator, cmpi_errors_return()), "MPI_Comm_set_errhandler")
    }
  }

  /// Ends MPI in this process.
  ///
  /// The corresponding C function is `MPI_Finalize`.
  static func finalize() throws(MPIError) {
    try check(MPI_Finalize(), "MPI_Finalize")
  }

  /// Ends all ranks. Returns only if the call fails.
  ///
  /// The corresponding C function is `MPI_Abort`.
  static func abort(exitCode: Int32) {
    _ = MPI_Abort(cmpi_comm_world(), exitCode)
  }

  // MARK: The world

  /// Returns the number of this rank.
  ///
  /// The corresponding C function is `MPI_Comm_rank`.
  static func rank() throws(MPIError) -> Int {
    var rank: Int32 = 0
    try check(MPI_Comm_rank(cmpi_comm_world(), &rank), "MPI_Comm_rank")
    return Int(rank)
  }

  /// Returns the number of ranks.
  ///
  /// The corresponding C function is `MPI_Comm_size`.
  static func size() throws(MPIError) -> Int {
    var size: Int32 = 0
    try check(MPI_Comm_size(cmpi_comm_world(), &size), "MPI_Comm_size")
    return Int(size)
  }

  /// Returns the number of ranks on the node of this rank, and the number of cores that at least one of
  /// them may use. Collective.
  ///
  /// The corresponding C functions are `MPI_Comm_split_type` and `MPI_Allreduce`.
  static func node() throws(MPIError) -> (ranks: Int, cores: Int) {
    var (ranks, cores): (Int32, Int32) = (0, 0)
    try check(cmpi_node(&ranks, &cores), "MPI_Comm_split_type")
    return (Int(ranks), Int(cores))
  }

  // MARK: Transfers; `memory` must stay valid until `test` returns true

  /// Starts to send.
  ///
  /// The corresponding C function is `MPI_Isend`.
  static func send(
    _ memory: UnsafeMutableRawBufferPointer, to rank: Int, tag: Int, _ request: inout cmpi_request
  ) throws(MPIError) {
    try check(
      MPI_Isend(
        memory.baseAddress, Int32(memory.count), cmpi_byte(), Int32(rank), Int32(tag),
        cmpi_comm_world(), &request.handle),
      "MPI_Isend")
  }

  /// Starts to receive the next message from any source with any tag, if there is one.
  ///
  /// - Parameters:
  ///   - allocate: Allocates memory for a message of the given length [bytes].
  ///   - request: The receive that was started.
  /// - Returns: The source and the tag of the message, or nil if there is none.
  ///
  /// The corresponding C functions are `MPI_Improbe`, `MPI_Get_count` and
  /// `MPI_Imrecv`.
  static func receive(
    allocate: (Int) -> UnsafeMutableRawBufferPointer, _ request: inout cmpi_request
  ) throws(MPIError) -> (source: Int, tag: Int)? {
    var found: Int32 = 0
    var message = cmpi_message_null()
    var status = MPI_Status()
    try check(
      MPI_Improbe(
        cmpi_any_source(), cmpi_any_tag(), cmpi_comm_world(), &found, &message, &status),
      "MPI_Improbe")
    guard found != 0 else { return nil }
    var length: Int32 = 0
    try check(MPI_Get_count(&status, cmpi_byte(), &length), "MPI_Get_count")
    let memory = allocate(Int(length))
    try check(
      MPI_Imrecv(memory.baseAddress, length, cmpi_byte(), &message, &request.handle),
      "MPI_Imrecv")
    return (Int(status.MPI_SOURCE), Int(status.MPI_TAG))
  }

  /// Starts to broadcast from the root, or to receive its broadcast.
  ///
  /// The corresponding C function is `MPI_Ibcast`.
  static func broadcast(
    _ memory: UnsafeMutableRawBufferPointer, from root: Int, _ request: inout cmpi_request
  ) throws(MPIError) {
    try check(
      MPI_Ibcast(
        memory.baseAddress, Int32(memory.count), cmpi_byte(), Int32(root), cmpi_comm_world(),
        &request.handle),
      "MPI_Ibcast")
  }

  /// Starts a barrier.
  ///
  /// The corresponding C function is `MPI_Ibarrier`.
  static func barrier(_ request: inout cmpi_request) throws(MPIError) {
    try check(MPI_Ibarrier(cmpi_comm_world(), &request.handle), "MPI_Ibarrier")
  }

  /// Returns whether a transfer is done. The call also advances all other transfers.
  ///
  /// The corresponding C function is `MPI_Test`.
  static func test(_ request: inout cmpi_request) throws(MPIError) -> Bool {
    var done: Int32 = 0
    try check(MPI_Test(&request.handle, &done, cmpi_status_ignore()), "MPI_Test")
    return done != 0
  }

  // MARK: Texts

  /// Returns the library's description of a return code.
  ///
  /// The corresponding C function is `MPI_Error_string`.
  static func errorText(_ code: Int32) -> String {
    text(capacity: cmpi_max_error_string()) { MPI_Error_string(code, $0, $1) }
  }

  /// Returns the library's description of itself. Allowed at any time, even before MPI starts.
  ///
  /// The corresponding C function is `MPI_Get_library_version`.
  static func libraryVersion() -> String {
    text(capacity: cmpi_max_library_version_string()) { MPI_Get_library_version($0, $1) }
  }

  /// Returns the text that a call writes, or an empty string if the call fails.
  private static func text(
    capacity: Int32,
    _ call: (UnsafeMutablePointer<CChar>, UnsafeMutablePointer<Int32>) -> Int32
  ) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(capacity) + 1) { buffer in
      buffer.initialize(repeating: 0)
      var length: Int32 = 0
      guard call(buffer.baseAddress!, &length) == cmpi_success() else { return "" }
      return String(cString: buffer.baseAddress!)
    }
  }
}

/// The MPI library that this process uses.
public enum MPILibrary {
  /// The library's description of itself in one line, such as `Open MPI v4.1.4, package: …`.
  /// Available whether or not MPI has been started.
  ///
  /// The corresponding C function is `MPI_Get_library_version`.
  public static var version: String {
    RawMPI.libraryVersion()
      .split { $0.isNewline || $0 == "\t" }
      .joined(separator: " ")
  }
}
