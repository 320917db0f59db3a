import FoundationEssentials
import Glibc

/// Runs a body with the ranks this process belongs to, and ends MPI afterwards.
///
/// MPI is started only where a launcher started this process; else the world is
/// a ``LocalCommunicator`` of one. When the body returns, this waits for all
/// other ranks, so every message sent has left.
///
/// When the body throws in an MPI job, no other rank can know, and all would
/// wait for ever: so the error is reported once, here, and the whole job ends
/// with the exit code that `onFailure` returns. Without MPI the error is
/// rethrown, and reporting it is up to the caller.
///
/// When the launcher is killed, its ranks end within about a second.
///
/// - Parameters:
///   - environment: The environment variables that tell of a launcher.
///   - onFailure: Reports an error of the body in an MPI job, and returns the
///     exit code of the job; a code of 0 is replaced by 1.
///   - body: What this rank does. It must return or throw; a rank that calls
///     `exit` makes the launcher end the job.
/// - Returns: What the body returns.
/// - Throws: ``MPIError/separateWorlds(tasks:evidence:)`` before the body runs,
///   if the processes of this job do not see each other; without MPI, what the
///   body throws.
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

  Lifeline.hold()
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
    fflush(nil)  // MPI_Abort loses what is not written yet.
    RawMPI.abort(exitCode: code == 0 ? 1 : code)
    exit(code == 0 ? 1 : code)
  }
}

/// Writes an error to the standard error stream.
///
/// - Returns: The exit code for an internal error, 70 (`EX_SOFTWARE`).
public func reportFailure(_ error: any Error) -> Int32 {
  // One write, so that lines of several ranks do not mix.
  let line = Array("error: \(error)\n".utf8)
  _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  return 70
}
