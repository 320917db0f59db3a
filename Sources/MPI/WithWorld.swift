import FoundationEssentials
import Glibc

/// Runs a body with the ranks to which this process belongs, and ends MPI afterwards.
///
/// MPI is started only if a launcher started this process. Otherwise the world is
/// a ``LocalCommunicator`` of one rank. When the body returns, this function waits
/// for all other ranks, so that every message has left.
///
/// If the body throws in an MPI job, the other ranks do not know and would wait
/// forever. The error is therefore reported here, once, and the whole job ends
/// with the exit code that `onFailure` returns. Without MPI the error is
/// rethrown, and the caller reports it.
///
/// If the launcher is killed, its ranks end within about a second.
///
/// - Parameters:
///   - environment: The environment variables of the process.
///   - onFailure: Reports an error of the body in an MPI job, and returns the
///     exit code of the job; 0 is replaced by 1.
///   - body: The work of this rank. It must return or throw; if a rank calls
///     `exit`, the launcher ends the job.
/// - Returns: The result of the body.
/// - Throws: ``MPIError/separateWorlds(tasks:evidence:)`` before the body runs,
///   if the processes of this job are not connected;
///   ``MPIError/worldUsedTwice`` or ``MPIError/threadsUnsupported(library:)`` if
///   MPI cannot start; without MPI, the error of the body.
///
/// The corresponding C functions are `MPI_Init_thread`, `MPI_Finalize` and `MPI_Abort`.
public func withWorld<Result>(
  environment: [String: String] = ProcessInfo.processInfo.environment,
  onFailure: (any Error) -> Int32 = reportFailure,
  _ body: (any Communicator) throws -> Result
) throws -> Result {
  let launcher = Launcher(environment: environment)
  guard launcher.startedThisProcess else {
    try launcher.requireOneWorld(size: 1)
    return try body(LocalCommunicator())
  }

  ParentWatch.start()
  guard try !RawMPI.wasInitialized() else { throw MPIError.worldUsedTwice }
  guard try RawMPI.initialize() else {
    throw MPIError.threadsUnsupported(library: MPILibrary.version)
  }
  let size = try RawMPI.size()
  do {
    try launcher.requireOneWorld(size: size)
  } catch {
    try RawMPI.finalize()
    throw error
  }

  do {
    try RawMPI.returnErrors()
    let world = try MPICommunicator()
    let result = try body(world)
    try world.close()
    try RawMPI.finalize()
    return result
  } catch {
    let code = onFailure(error)
    fflush(nil)  // MPI_Abort discards unwritten output.
    RawMPI.abort(exitCode: code == 0 ? 1 : code)
    exit(code == 0 ? 1 : code)
  }
}

/// Writes an error to the standard error stream.
///
/// - Returns: The exit code for an internal error, 70 (`EX_SOFTWARE`).
public func reportFailure(_ error: any Error) -> Int32 {
  // A single write keeps the lines of several ranks apart.
  let line = Array("error: \(error)\n".utf8)
  _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  return 70
}
