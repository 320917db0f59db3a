/// How this process was started, as its environment tells.
///
/// MPI is started only where a launcher can connect the ranks: without one,
/// some libraries take seconds to start and some do not start at all.
///
/// The variables, by who sets them:
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

  /// Refuses to go on alone as one of several processes that were started
  /// together and do not see each other.
  ///
  /// Each of them would run the whole sweep, into the same folder. It happens
  /// with `srun -n 4` where Slurm has no PMIx, or without `--mpi=pmix`, and with
  /// the `mpirun` of another MPI library.
  ///
  /// - Parameter size: How many ranks the world of this process has.
  /// - Throws: ``MPIError/separateWorlds(tasks:evidence:)``.
  public func requireOneWorld(size: Int) throws(MPIError) {
    guard size == 1 else { return }
    for name in ["OMPI_COMM_WORLD_SIZE", "PMI_SIZE"] {
      if let tasks = number(name), tasks > 1 { throw separateWorlds(tasks, [name]) }
    }
    guard isSlurmTask else { return }
    // The number of the allocation counts only where the step has none of its own.
    for name in ["SLURM_STEP_NUM_TASKS", "SLURM_NTASKS"] {
      guard let tasks = number(name) else { continue }
      if tasks > 1 { throw separateWorlds(tasks, [name, "SLURM_STEP_ID", "SLURM_PROCID"]) }
      return
    }
  }

  /// Whether `srun` started this process as a task of a step.
  ///
  /// A batch script sees the number of tasks of its job too, yet runs once. Slurm
  /// gives it, and interactive shells, no step number or one of its highest
  /// (`SLURM_MAX_NORMAL_STEP_ID` and above in `slurm.h`), or a name.
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
