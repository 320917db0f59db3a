import Foundation

/// What a finished process left behind.
public struct ProcessOutcome: Sendable {
  /// The exit code; for a process that a signal ended, 128 plus the signal, as
  /// a shell says it.
  public let exitCode: Int32

  public let output: String  // standard output
  public let errors: String  // standard error

  /// Whether the process ran longer than it was allowed to and was ended.
  public let timedOut: Bool
}

/// Whether programs are built with a sanitizer, with which they take ten times as long and reserve
/// address space as if there were no end to it.
public let isSanitized = ProcessInfo.processInfo.environment["ELISE_SANITIZER"] != nil

/// Runs a program to its end, or to the end of its time.
///
/// The output goes to files rather than pipes, so that neither much output nor
/// a grandchild that outlives the program can block the caller.
///
/// - Parameters:
///   - program: A path, or a name that is looked up in `PATH`.
///   - environment: Variables to add to this process's own; nil removes one.
///   - folder: The working folder; by default that of this process.
///   - timeout: After this time, or ten times as much under a sanitizer, the program is asked to end,
///     and 3 s later made to.
///   - onStart: Gets the process's id once it runs, for tests that send signals.
public func run(
  _ program: String, _ arguments: [String] = [], environment: [String: String?] = [:],
  in folder: URL? = nil, timeout: Duration = .seconds(60),
  onStart: (pid_t) throws -> Void = { _ in }
) throws -> ProcessOutcome {
  try withTemporaryFolder { files in
    let process = Process()
    // `env` does the look-up and reports a missing program with code 127.
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.environment = ProcessInfo.processInfo.environment
      .merging(environment.compactMapValues { $0 }) { $1 }
      .filter { environment[$0.key] != .some(.none) }
    if let folder { process.currentDirectoryURL = folder }
    process.standardInput = FileHandle.nullDevice
    let output = files.appendingPathComponent("output")
    let errors = files.appendingPathComponent("errors")
    // `Process` keeps them open after its end, and with more than a thousand open files `Process.run` reads
    // beyond a buffer and crashes.
    let handles = try [output, errors].map(emptyFile)
    defer { for handle in handles { try? handle.close() } }
    (process.standardOutput, process.standardError) = (handles[0], handles[1])

    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    try onStart(process.processIdentifier)
    let allowed = timeout.timeInterval * (isSanitized ? 10 : 1)
    let timedOut = ended.wait(timeout: .now() + allowed) == .timedOut
    if timedOut {
      process.terminate()
      if ended.wait(timeout: .now() + 3) == .timedOut {
        kill(process.processIdentifier, SIGKILL)
        ended.wait()
      }
    }
    let signalled = process.terminationReason == .uncaughtSignal
    return ProcessOutcome(
      exitCode: process.terminationStatus + (signalled ? 128 : 0),
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self),
      timedOut: timedOut)
  }
}

/// The launcher of the MPI library that the program was built with; where several are installed,
/// `mpirun` may be that of another one.
public let mpirun = ProcessInfo.processInfo.environment["ELISE_MPIRUN"] ?? "mpirun"

/// Whether it is that of Open MPI.
public let mpirunIsOpenMPI =
  (try? run(mpirun, ["--version"])).map {
    // Under its own name, `mpirun.openmpi`, it calls itself OpenRTE.
    $0.output.contains("Open MPI") || $0.output.contains("OpenRTE")
  } ?? false

/// Runs a program of this package as ranks of an MPI job on this machine.
///
/// - Parameters:
///   - product: The name of an executable target, which the test target must
///     depend on.
///   - path: Another program instead.
///   - ranks: How many ranks to start, more than there are cores if need be.
public func runUnderMPI(
  _ product: String, path: String? = nil, ranks: Int, _ arguments: [String] = [],
  environment: [String: String?] = [:], in folder: URL? = nil, timeout: Duration = .seconds(60),
  onStart: (pid_t) throws -> Void = { _ in }
) throws -> ProcessOutcome {
  var variables: [String: String?] = [
    // Open MPI's own, unlike an option of mpirun, do not stop another library's.
    "OMPI_MCA_rmaps_base_oversubscribe": "1"
  ]
  if getuid() == 0 {
    variables["OMPI_ALLOW_RUN_AS_ROOT"] = "1"
    variables["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1"
  }
  return try run(
    mpirun, ["-n", String(ranks), try path ?? builtProduct(product).path] + arguments,
    environment: variables.merging(environment) { $1 }, in: folder, timeout: timeout,
    onStart: onStart)
}

/// The executable of this package with that name, as built for these tests.
///
/// It lies beside the test bundle, in whichever configuration is being tested.
public func builtProduct(_ name: String) throws -> URL {
  let neighbours = [Bundle.main.executableURL, URL(fileURLWithPath: CommandLine.arguments[0])]
  for neighbour in neighbours.compactMap({ $0?.resolvingSymlinksInPath() }) {
    let product = neighbour.deletingLastPathComponent().appendingPathComponent(name)
    if FileManager.default.isExecutableFile(atPath: product.path) { return product }
  }
  throw MissingProduct(name: name)
}

/// A program that tests need has not been built.
public struct MissingProduct: Error, CustomStringConvertible {
  let name: String

  public var description: String {
    "no executable \(name) beside the test bundle; the test target must depend on it"
  }
}

private func emptyFile(_ url: URL) throws -> FileHandle {
  try Data().write(to: url)
  return try FileHandle(forWritingTo: url)
}

extension Duration {
  /// The duration in seconds.
  public var timeInterval: TimeInterval {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}

/// Copies a file to where it can be run at once, by everybody.
///
/// A process of its own writes it. A file that this process writes cannot be run ("Text file busy") while
/// a child that another test starts at this moment still has it open.
public func makeProgram(_ program: URL, from file: URL) throws {
  let outcome = try run("install", ["-m", "755", file.path, program.path])
  guard outcome.exitCode == 0 else { throw CocoaError(.fileWriteUnknown) }
}

/// Writes a program for `/bin/bash` that can be run at once.
public func makeProgram(_ program: URL, script: String) throws {
  try withTemporaryFolder { folder in
    let file = folder.appendingPathComponent("script")
    try "#!/bin/bash\n\(script)\n".write(to: file, atomically: true, encoding: .utf8)
    try makeProgram(program, from: file)
  }
}
