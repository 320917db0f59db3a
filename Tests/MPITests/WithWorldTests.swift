import Foundation
import MPI
import TestSupport
import Testing

/// If these fail, a job of many nodes hangs until its time limit, or a failure
/// is not reported.
@Suite(.serialized)
struct WithWorldTests {
  // MARK: Without a launcher

  @Test("without a launcher the world has one rank, and MPI is not started")
  func runsAlone() throws {
    let result = try withWorld(environment: [:]) { world in
      #expect(world is LocalCommunicator)
      #expect(world.rank == 0 && world.size == 1)
      return 42
    }
    #expect(result == 42)
  }

  @Test("without a launcher the caller gets the error and reports it once")
  func rethrowsAlone() {
    #expect(throws: Provoked.self) {
      try withWorld(
        environment: [:],
        onFailure: { _ in
          Issue.record("reported by withWorld as well")
          return 1
        }, { _ in throw Provoked() })
    }
  }

  @Test("tasks of a Slurm step without PMIx are refused before each of them runs the sweep")
  func refusesSeparateSlurmTasks() {
    let environment = [
      "SLURM_PROCID": "1", "SLURM_STEP_ID": "0", "SLURM_STEP_NUM_TASKS": "4",
    ]
    #expect(throws: MPIError.self) {
      try withWorld(environment: environment) { _ in Issue.record("the body ran") }
    }
  }

  // MARK: Under mpirun

  @Test("every rank knows its number and the number of ranks", arguments: [1, 3])
  func knowsTheRanks(ranks: Int) throws {
    let outcome = try runUnderMPI("communicator-checks", ranks: ranks, ["world"])
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(
      outcome.output.split(separator: "\n").sorted()
        == (0..<ranks).map { "rank \($0) of \(ranks), MPICommunicator" })
  }

  @Test("an error on one rank ends the whole job immediately and is reported once")
  func endsTheJob() throws {
    let outcome = try runUnderMPI(
      "communicator-checks", ranks: 3, ["fail"], timeout: .seconds(10))
    #expect(!outcome.timedOut, "the other ranks wait forever")
    #expect(outcome.exitCode == 70)
    #expect(outcome.errors.occurrences(of: "error: provoked on rank 2") == 1)
    #expect(outcome.errors.occurrences(of: "provoked") == 1)
    #expect(outcome.output == "before the failure", "the output before the failure is lost")
  }

  @Test("the caller's own report and exit code are used")
  func usesTheCallersReport() throws {
    let outcome = try runUnderMPI(
      "communicator-checks", ranks: 2, ["fail-with-code"], timeout: .seconds(10))
    #expect(!outcome.timedOut, "the other rank waits forever")
    #expect(outcome.exitCode == 23)
    #expect(
      outcome.errors.occurrences(of: "error: by the program itself: provoked on rank 1") == 1)
    #expect(outcome.errors.occurrences(of: "provoked") == 1)
  }

  @Test("large messages that no rank receives do not keep a finished job alive")
  func endsWithMessagesLeftBehind() throws {
    let outcome = try runUnderMPI(
      "communicator-checks", ranks: 3, ["left-behind"], timeout: .seconds(20))
    #expect(!outcome.timedOut)
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
  }

  @Test("results sent just before a rank ends arrive, however late rank 0 receives them")
  func deliversBeforeEnd() throws {
    let outcome = try runUnderMPI(
      "communicator-checks", ranks: 3, ["send-before-end"], environment: overNetwork,
      timeout: .seconds(20))
    #expect(!outcome.timedOut)
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(outcome.output.occurrences(of: "5000000 bytes came") == 3)
  }

  @Test("a rank whose launcher has ended ends, whatever it waits for")
  func endsWithoutLauncher() throws {
    let script = """
      "$0" orphan >out & while [ ! -s out ]; do sleep 0.1; done; echo $!
      """
    try withTemporaryFolder { folder in
      let outcome = try run(
        "sh", ["-c", script, builtProduct("communicator-checks").path], in: folder)
      let rank = try #require(pid_t(outcome.output.trimmingCharacters(in: .newlines)))
      for _ in 0..<100 where RunningRanks.isAlive(rank) { usleep(100_000) }
      let isAlive = RunningRanks.isAlive(rank)
      if isAlive { kill(rank, SIGKILL) }
      #expect(!isAlive, "it waits forever")
    }
  }

  @Test("starting MPI twice is an error and not a crash")
  func refusesTwice() throws {
    let outcome = try runUnderMPI("communicator-checks", ranks: 1, ["twice"])
    #expect(outcome.exitCode == 70)
    #expect(outcome.errors.contains("error: MPI can be started only once in a process"))
    #expect(!outcome.output.contains("ran twice"))
  }

  @Test("one of several tasks that MPI does not connect is refused with a remedy")
  func refusesLoneRank() throws {
    let environment = [
      "SLURM_PROCID": "0", "SLURM_STEP_ID": "3", "SLURM_STEP_NUM_TASKS": "2",
    ]
    let outcome = try runUnderMPI(
      "communicator-checks", ranks: 1, ["world"], environment: environment)
    #expect(outcome.exitCode == 70)
    #expect(outcome.errors.contains("SLURM_STEP_NUM_TASKS=2"))
    #expect(outcome.errors.contains("srun --mpi=pmix"))
    #expect(outcome.output == "")
  }
}

private struct Provoked: Error {}

extension String {
  fileprivate func occurrences(of part: String) -> Int {
    ranges(of: part).count
  }
}
