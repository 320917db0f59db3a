internal import CMPI

/// Throws what the MPI library says about a return code unless it is success.
package func check(_ code: Int32, _ call: String) throws(MPIError) {
  guard code != cmpi_success() else { return }
  throw .callFailed(code: code, call: call, text: RawMPI.errorText(code))
}

/// Every call into the MPI library, checked, in Swift's types and nothing more.
///
/// This is the one place where the library's pointers and macros appear. All
/// calls but ``libraryVersion()`` belong to the thread that called
/// ``initialize()``.
enum RawMPI {
  // MARK: Lifetime

  /// Whether MPI was ever started in this process, even if it has ended since.
  ///
  /// The corresponding C function is `MPI_Initialized`.
  static func wasInitialized() throws(MPIError) -> Bool {
    var flag: Int32 = 0
    try check(MPI_Initialized(&flag), "MPI_Initialized")
    return flag != 0
  }

  /// Starts MPI for a process in which only this thread will speak MPI.
  ///
  /// - Returns: Whether the library can do that.
  ///
  /// The corresponding C function is `MPI_Init_thread`.
  static func initialize() throws(MPIError) -> Bool {
    var provided: Int32 = 0
    try check(MPI_Init_thread(nil, nil, cmpi_thread_funneled(), &provided), "MPI_Init_thread")
    return provided >= cmpi_thread_funneled()
  }

  /// Makes failing calls return their code rather than end the process.
  ///
  /// The corresponding C function is `MPI_Comm_set_errhandler`.
  static func returnErrors() throws(MPIError) {
    for communicator in [cmpi_comm_world(), cmpi_comm_self()] {
      try check(
        MPI_Comm_set_errhandler(communicator, cmpi_errors_return()), "MPI_Comm_set_errhandler")
    }
  }

  /// The corresponding C function is `MPI_Finalize`.
  static func finalize() throws(MPIError) {
    try check(MPI_Finalize(), "MPI_Finalize")
  }

  /// Ends all ranks. Returns only if the library failed even at that.
  ///
  /// The corresponding C function is `MPI_Abort`.
  static func abort(exitCode: Int32) {
    _ = MPI_Abort(cmpi_comm_world(), exitCode)
  }

  // MARK: The world

  /// The corresponding C function is `MPI_Comm_rank`.
  static func rank() throws(MPIError) -> Int {
    var rank: Int32 = 0
    try check(MPI_Comm_rank(cmpi_comm_world(), &rank), "MPI_Comm_rank")
    return Int(rank)
  }

  /// The corresponding C function is `MPI_Comm_size`.
  static func size() throws(MPIError) -> Int {
    var size: Int32 = 0
    try check(MPI_Comm_size(cmpi_comm_world(), &size), "MPI_Comm_size")
    return Int(size)
  }

  // MARK: Transfers, which must keep `memory` in place until `test` says true

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

  /// Starts to receive the next message of any source and tag, if there is one.
  ///
  /// - Parameters:
  ///   - allocate: Provides memory for a message of that length [bytes].
  ///   - request: The receive that was started.
  /// - Returns: Source and tag of the message, or nil if none is waiting.
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

  /// The corresponding C function is `MPI_Ibarrier`.
  static func barrier(_ request: inout cmpi_request) throws(MPIError) {
    try check(MPI_Ibarrier(cmpi_comm_world(), &request.handle), "MPI_Ibarrier")
  }

  /// Whether a transfer is done; also lets all others get on.
  ///
  /// The corresponding C function is `MPI_Test`.
  static func test(_ request: inout cmpi_request) throws(MPIError) -> Bool {
    var done: Int32 = 0
    try check(MPI_Test(&request.handle, &done, cmpi_status_ignore()), "MPI_Test")
    return done != 0
  }

  // MARK: Texts

  /// The corresponding C function is `MPI_Error_string`.
  static func errorText(_ code: Int32) -> String {
    text(capacity: cmpi_max_error_string()) { MPI_Error_string(code, $0, $1) }
  }

  /// The only call that is allowed at any time, even before MPI is started.
  ///
  /// The corresponding C function is `MPI_Get_library_version`.
  static func libraryVersion() -> String {
    text(capacity: cmpi_max_library_version_string()) { MPI_Get_library_version($0, $1) }
  }

  /// Reads a text that a call writes with its length; empty if the call fails.
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
