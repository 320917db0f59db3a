import Foundation
import MPI
import Testing

/// If these fail, each task of a job runs the whole sweep into the same folder, or
/// a correct start is refused.
struct LauncherTests {
  @Test(
    "ranks started by a launcher connect",
    arguments: [
      ["OMPI_COMM_WORLD_SIZE": "4", "OMPI_COMM_WORLD_RANK": "1"],
      ["PMIX_RANK": "0", "PMIX_NAMESPACE": "slurm.pmix.7.0"],
      ["PMI_RANK": "3", "PMI_SIZE": "4"],
    ])
  func isLaunched(environment: [String: String]) throws {
    let launcher = Launcher(environment: environment)
    #expect(launcher.startedThisProcess)
    try launcher.requireOneWorld(size: 4)
  }

  @Test(
    "a start without a launcher needs no MPI, even inside a Slurm job",
    arguments: [
      [:],
      ["PATH": "/usr/bin"],
      // A batch script: the variables depend on the version of Slurm.
      ["SLURM_JOB_ID": "7", "SLURM_NTASKS": "4"],
      ["SLURM_JOB_ID": "7", "SLURM_NTASKS": "4", "SLURM_PROCID": "0"],
      ["SLURM_NTASKS": "4", "SLURM_PROCID": "0", "SLURM_STEP_ID": "batch"],
      ["SLURM_NTASKS": "4", "SLURM_PROCID": "0", "SLURM_STEP_ID": "4294967291"],
      ["SLURM_NTASKS": "4", "SLURM_PROCID": "0", "SLURM_STEP_ID": "4294967294"],
      // An interactive shell of salloc.
      ["SLURM_NTASKS": "4", "SLURM_PROCID": "0", "SLURM_STEP_ID": "4294967290"],
      // `srun -n 1` in a job of four tasks.
      [
        "SLURM_NTASKS": "4", "SLURM_STEP_NUM_TASKS": "1", "SLURM_PROCID": "0",
        "SLURM_STEP_ID": "2",
      ],
      // One task of an array job.
      [
        "SLURM_NTASKS": "1", "SLURM_PROCID": "0", "SLURM_STEP_ID": "0",
        "SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_TASK_COUNT": "9",
      ],
    ] as [[String: String]])
  func isAlone(environment: [String: String]) throws {
    let launcher = Launcher(environment: environment)
    #expect(!launcher.startedThisProcess)
    try launcher.requireOneWorld(size: 1)
  }

  @Test(
    "tasks that are not connected are refused, with the evidence",
    arguments: [
      (
        ["SLURM_STEP_NUM_TASKS": "4", "SLURM_PROCID": "2", "SLURM_STEP_ID": "0"], 4,
        "SLURM_STEP_NUM_TASKS=4, SLURM_STEP_ID=0, SLURM_PROCID=2"
      ),
      (
        ["SLURM_NTASKS": "2", "SLURM_PROCID": "0", "SLURM_STEP_ID": "0"], 2,
        "SLURM_NTASKS=2, SLURM_STEP_ID=0, SLURM_PROCID=0"
      ),
      // srun with a PMI that this MPI library does not support.
      (
        [
          "PMI_RANK": "0", "SLURM_STEP_NUM_TASKS": "3", "SLURM_PROCID": "0",
          "SLURM_STEP_ID": "1",
        ], 3, "SLURM_STEP_NUM_TASKS=3, SLURM_STEP_ID=1, SLURM_PROCID=0"
      ),
      // The mpirun of another MPI library.
      (["PMI_RANK": "0", "PMI_SIZE": "8"], 8, "PMI_SIZE=8"),
      (["OMPI_COMM_WORLD_SIZE": "2"], 2, "OMPI_COMM_WORLD_SIZE=2"),
    ])
  func refuses(environment: [String: String], tasks: Int, evidence: String) throws {
    let launcher = Launcher(environment: environment)
    let error = #expect(throws: MPIError.self) { try launcher.requireOneWorld(size: 1) }
    #expect(error == .separateWorlds(tasks: tasks, evidence: evidence))
    let text = try #require(error).description
    #expect(text.contains("one of \(tasks)") && text.contains(evidence))
    #expect(text.contains("srun --mpi=pmix") && text.contains("mpirun"))
    // The same environment is accepted if MPI has connected the ranks.
    try launcher.requireOneWorld(size: tasks)
  }

  /// If this fails, the provenance of results names the wrong machine.
  @Test("the host name is the one the machine gives itself")
  func namesTheHost() {
    #expect(hostName() == ProcessInfo.processInfo.hostName)
    #expect(!hostName().isEmpty)
  }
}
