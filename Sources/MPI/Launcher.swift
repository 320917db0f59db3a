import Glibc

/// How this process was started, according to its environment variables.
///
/// MPI is started only under a launcher, which connects the ranks: without one,
/// some libraries take seconds to start and some do not start at all.
///
/// Variables by launcher:
/// - Open MPI's `mpirun`: `OMPI_COMM_WORLD_SIZE`
/// - PMIx launchers (`srun --mpi=pmix`, PRRTE): `PMIX_RANK`
/// - PMI launchers (MPICH's `mpiexec`, `srun --mpi=pmi2`): `PMI_RANK`, `PMI_SIZE`
/// - Slurm, for each task of a step: `SLURM_PROCID`, `SLURM_STEP_ID`,
///   `SLURM_STEP_NUM_TASKS`, `SLURM_NTASKS`
public struct Launcher: Sendable {
  private let environment: [String: String]

  /// - Parameter environment: The environment variables of the process.
  public init(environment: [String: String]) {
    self.environment = environment
  }

  /// Whether an MPI launcher started this process.
  public var startedThisProcess: Bool {
    ["OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK"].contains { environment[$0] != nil }
  }

  /// Throws if this process is one of several that were started together but are
  /// not connected.
  ///
  /// Each of them would run the whole sweep into the same folder. This happens
  /// with `srun -n 4` if Slurm has no PMIx, without `--mpi=pmix`, and with the
  /// `mpirun` of another MPI library.
  ///
  /// - Parameter size: The number of ranks in the world of this process.
  /// - Throws: ``MPIError/separateWorlds(tasks:evidence:)``.
  public func requireOneWorld(size: Int) throws(MPIError) {
    guard size == 1 else { return }
    for name in ["OMPI_COMM_WORLD_SIZE", "PMI_SIZE"] {
      if let tasks = number(name), tasks > 1 { throw separateWorlds(tasks, [name]) }
    }
    guard isSlurmTask else { return }
    // The number of tasks of the allocation counts only if the step has none of its own.
    for name in ["SLURM_STEP_NUM_TASKS", "SLURM_NTASKS"] {
      guard let tasks = number(name) else { continue }
      if tasks > 1 { throw separateWorlds(tasks, [name, "SLURM_STEP_ID", "SLURM_PROCID"]) }
      return
    }
  }

  /// Whether `srun` started this process as a task of a step.
  ///
  /// A batch script also sees the number of tasks of its job, but runs only once.
  /// Slurm gives batch scripts and interactive shells no step number, one of the
  /// highest (`SLURM_MAX_NORMAL_STEP_ID` and above in `slurm.h`), or a name.
  private var isSlurmTask: Bool {
    guard environment["SLURM_PROCID"] != nil, let step = number("SLURM_STEP_ID") else {
      return false
    }
    return (0..<0xffff_fff0).contains(step)
  }

  private func number(_ name: String) -> Int? {
    environment[name].flatMap { Int($0) }
  }

  private func separateWorlds(_ tasks: Int, _ names: [String]) -> MPIError {
    let evidence = names.compactMap { name in environment[name].map { "\(name)=\($0)" } }
    return .separateWorlds(tasks: tasks, evidence: evidence.joined(separator: ", "))
  }
}

/// Ends this process soon after its parent ends: the launcher, or the launcher's daemon on this node.
///
/// A killed launcher does not end its ranks. Ranks of Open MPI usually notice by themselves, except
/// while they end; ranks of MPICH would wait for each other forever.
package enum ParentWatch {
  /// The time between two checks of the parent [µs].
  private static let interval: useconds_t = 500_000

  /// Watches the parent in a separate thread, so that a rank that waits inside the MPI library ends
  /// as well. Does nothing if the first process of the machine or container started this one.
  package static func start() {
    let parent = getppid()
    guard parent > 1 else { return }
    var thread = pthread_t()
    // pthread_create takes a C function, which cannot capture the parent's number.
    let failure = pthread_create(
      &thread, nil,
      { argument in
        // An orphaned process gets another parent.
        while getppid() == pid_t(Int(bitPattern: argument)) { usleep(ParentWatch.interval) }
        _ = reportFailure(LauncherEnded())
        _exit(70)
      }, UnsafeMutableRawPointer(bitPattern: Int(parent)))
    if failure == 0 { pthread_detach(thread) }
  }

  private struct LauncherEnded: Error, CustomStringConvertible {
    let description = "the launcher of this rank has ended, so this rank ends too"
  }
}

/// Returns the name of this machine, or an empty string if it has none.
///
/// The corresponding C function is `gethostname`.
public func hostName() -> String {
  let capacity = 256  // POSIX allows 255 bytes and a zero.
  return withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { name in
    name.initialize(repeating: 0)
    guard gethostname(name.baseAddress!, capacity - 1) == 0 else { return "" }
    return String(cString: name.baseAddress!)
  }
}
