/// What can go wrong between ranks.
public enum MPIError: Error, Hashable {
  /// A call of the MPI library failed.
  ///
  /// - Parameters:
  ///   - code: What the call returned.
  ///   - call: Its name, such as `MPI_Isend`.
  ///   - text: The library's own words for the code.
  case callFailed(code: Int32, call: String, text: String)

  /// A message or broadcast names a rank that the world does not have.
  case noSuchRank(rank: Int, size: Int)

  /// A tag lies outside ``Message/tags``.
  case tagOutOfRange(tag: Int)

  /// A message is longer than ``Message/longest``.
  case messageTooLong(length: Int)

  /// The library cannot be used in a process that has other threads.
  case threadsUnsupported(library: String)

  /// MPI was started a second time in one process, which no library allows.
  case worldUsedTwice

  /// Several processes were started together, yet each one is alone in its
  /// world and would do the whole work.
  ///
  /// - Parameters:
  ///   - tasks: How many processes were started.
  ///   - evidence: The environment variables that say so.
  case separateWorlds(tasks: Int, evidence: String)
}

extension MPIError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .callFailed(let code, let call, let text):
      "\(call) failed with code \(code): \(text)"
    case .noSuchRank(let rank, let size):
      "there is no rank \(rank) in a world of \(size); allowed are 0 to \(size - 1)"
    case .tagOutOfRange(let tag):
      "message tag \(tag) is out of range; allowed are \(Message.tags.lowerBound) "
        + "to \(Message.tags.upperBound)"
    case .messageTooLong(let length):
      "a message of \(length) bytes is too long; MPI carries at most "
        + "\(Message.longest) bytes at once"
    case .threadsUnsupported(let library):
      "\(library) was built without support for threads (MPI_THREAD_FUNNELED)"
    case .worldUsedTwice:
      "MPI can be started only once in a process"
    case .separateWorlds(let tasks, let evidence):
      "this process is one of \(tasks) that were started together (\(evidence)), but MPI "
        + "connects it to none of the others: each would do the whole work again. "
        + "Start it with `srun --mpi=pmix` or with the `mpirun` of the MPI library it was "
        + "built with"
    }
  }
}
