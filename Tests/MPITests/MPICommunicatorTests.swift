import CommunicatorChecks
import MPI
import TestSupport
import Testing

/// If these fail, a run over several nodes loses or confuses jobs and results,
/// hangs, or takes cores from the trials.
@Suite(.serialized)
struct MPICommunicatorTests {
  @Test("the checks of every communicator pass under mpirun", arguments: [1, 2, 4])
  func passesChecks(ranks: Int) throws {
    let outcome = try runUnderMPI("communicator-checks", ranks: ranks, ["all"])
    #expect(!outcome.timedOut, "hangs after:\n\(outcome.output)")
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    let passed = outcome.output.split(separator: "\n").map(String.init)
    #expect(passed == CommunicatorCheck.all.map { "ok \($0)" })
  }

  @Test("the checks pass between nodes, where large messages take time")
  func passesChecksOverTheNetwork() throws {
    let outcome = try runUnderMPI(
      "communicator-checks", ranks: 3, ["all"], environment: overNetwork)
    #expect(!outcome.timedOut, "hangs after:\n\(outcome.output)")
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(outcome.output.split(separator: "\n").count == CommunicatorCheck.all.count)
  }

  @Test("ranks that poll or wait leave their cores to the trials")
  func leavesTheCore() throws {
    let outcome = try runUnderMPI("communicator-checks", ranks: 2, ["load"])
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(lines.count == 2)
    for line in lines where line.count == 6 && line[0] == "load" {
      // The aim is 1 %. A rank that spins uses 100 %, or 50 % of a shared core.
      let polling = try #require(Double(line[3]))
      let waiting = try #require(Double(line[5]))
      #expect(polling < 10, "rank \(line[1]) polls at \(polling) % of a core")
      #expect(waiting < 10, "rank \(line[1]) waits at \(waiting) % of a core")
    }
  }

  @Test("an error inside MPI becomes a Swift error with the call and the cause")
  func reportsLibraryErrors() throws {
    let outcome = try runUnderMPI("communicator-checks", ranks: 2, ["library-error"])
    #expect(outcome.exitCode == 0, "MPI ended the job itself: \(outcome.errors)")
    for rank in 0..<2 {
      #expect(outcome.output.contains("rank \(rank) caught: MPI_Isend failed with code "))
    }
    #expect(
      outcome.output.lowercased().contains("invalid rank"), "the library's description is missing")
  }

  /// If this fails, the provenance of results does not name the MPI library.
  @Test("the library describes itself before MPI is started, in one line with its version")
  func namesTheLibrary() {
    let version = MPILibrary.version
    #expect(version.contains(/[0-9]\.[0-9]/), "no version number in '\(version)'")
    #expect(!version.contains { $0.isNewline })
    #expect(version.contains("Open MPI") == mpirunIsOpenMPI)
  }
}

/// Makes Open MPI send through the network even on one machine. Through shared
/// memory a message of any length arrives immediately, which hides mistakes.
let overNetwork: [String: String?] = ["OMPI_MCA_btl": "tcp,self"]
