/// An error in the communication between ranks.
public enum MPIError: Error, Hashable {
  /// A call of the MPI library failed.
  ///
  /// - Parameters:
  ///   - code: The return code.
  ///   - call: The name of the C function, such as `MPI_Isend`.
  ///   - text: The library's description of the code.
  case callFailed(code: Int32, call: String, text: String)

  /// The receiver of a message or the root of a broadcast does not exist.
  case noSuchRank(rank: Int, size: Int)

  /// A tag lies outside ``Message/tags``.
  case tagOutOfRange(tag: Int)

  /// A message is longer than ``Message/longest`` [bytes].
  case messageTooLong(length: Int)

  /// The library does not work in a process with other threads.
  case threadsUnsupported(library: String)

  /// MPI was started a second time in one process, which no library allows.
  case worldUsedTwice

  /// Several processes were started together, but each is alone in its world
  /// and would do the whole work.
  ///
  /// - Parameters:
  ///   - tasks: The number of processes that were started.
  ///   - evidence: The environment variables that show it.
  case separateWorlds(tasks: Int, evidence: String)
}

extension MPIError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .callFailed(let code, let call, let text):
      "\(call) failed with code \(code): \(text)"
    case .noSuchRank(let rank, let size):
      "got rank \(rank) in a world of \(size); expected 0 to \(size - 1)"
    case .tagOutOfRange(let tag):
      "got message tag \(tag); expected \(Message.tags.lowerBound) to \(Message.tags.upperBound)"
    case .messageTooLong(let length):
      "got a message of \(length) bytes; expected at most \(Message.longest) bytes"
    case .threadsUnsupported(let library):
      "got \(library) without support for threads; expected one with MPI_THREAD_FUNNELED"
    case .worldUsedTwice:
      "MPI can be started only once in a process"
    case .separateWorlds(let tasks, let evidence):
      "this process is one of \(tasks) that were started together (\(evidence)), but MPI "
        + "does not connect it to the others: each would do the whole work. "
        + "Start it with `srun --mpi=pmix` or with the `mpirun` of the MPI library it was "
        + "built with"
    }
  }
}
