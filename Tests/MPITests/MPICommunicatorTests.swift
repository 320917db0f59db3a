import CommunicatorChecks
import MPI
import TestSupport
import Testing

/// If these fail, a run over several nodes loses or mixes up jobs and results,
/// hangs, or takes cores from the trials.
@Suite(.serialized)
struct MPICommunicatorTests {
  @Test("the promises of every communicator hold under mpirun", arguments: [1, 2, 4])
  func keepsThePromises(ranks: Int) throws {
    let outcome = try runUnderMPI("communicator-checks", ranks: ranks, ["all"])
    #expect(!outcome.timedOut, "hangs after:\n\(outcome.output)")
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    let passed = outcome.output.split(separator: "\n").map(String.init)
    #expect(passed == CommunicatorCheck.all.map { "ok \($0)" })
  }

  @Test("the promises hold between nodes, where large messages take their time")
  func keepsThePromisesOverTheNetwork() throws {
    let outcome = try runUnderMPI(
      "communicator-checks", ranks: 3, ["all"], environment: overNetwork)
    #expect(!outcome.timedOut, "hangs after:\n\(outcome.output)")
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(outcome.output.split(separator: "\n").count == CommunicatorCheck.all.count)
  }

  @Test("ranks that poll or wait leave their core to the trials")
  func leavesTheCore() throws {
    let outcome = try runUnderMPI("communicator-checks", ranks: 2, ["load"])
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(lines.count == 2)
    for line in lines where line.count == 6 && line[0] == "load" {
      // The aim is 1 %; a rank that spins uses 100 %, shared with others 50 %.
      let polling = try #require(Double(line[3]))
      let waiting = try #require(Double(line[5]))
      #expect(polling < 10, "rank \(line[1]) polls at \(polling) % of a core")
      #expect(waiting < 10, "rank \(line[1]) waits at \(waiting) % of a core")
    }
  }

  @Test("an error inside MPI becomes a Swift error that names the call and the cause")
  func reportsLibraryErrors() throws {
    let outcome = try runUnderMPI("communicator-checks", ranks: 2, ["library-error"])
    #expect(outcome.exitCode == 0, "MPI ended the job itself: \(outcome.errors)")
    for rank in 0..<2 {
      #expect(outcome.output.contains("rank \(rank) caught: MPI_Isend failed with code "))
    }
    #expect(
      outcome.output.lowercased().contains("invalid rank"), "the library's own words are missing")
  }
}

/// Makes Open MPI send through the network on one machine too. Through shared
/// memory a message of any length is there at once, which hides mistakes.
let overNetwork: [String: String?] = ["OMPI_MCA_btl": "tcp,self"]
