import Foundation
import TestSupport
import Testing

@Suite struct BenchCommandTests {
  /// If this fails, a user cannot check on a cluster whether runs take the time that `plan` predicts. The
  /// accuracy is not tested, since other tests run at the same time.
  @Test("Under mpirun, trials run on all ranks and the kernels are skipped")
  func overRanks() throws {
    try withTemporaryFolder { folder in
      let outcome = try Program.run(
        ["bench", "--quick", "--threads", "2", "--json"], ranks: 3, in: folder)
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      let result = try JSONDecoder().decode(Result.self, from: Data(outcome.output.utf8))
      #expect(result.kernels == nil)
      #expect(result.dispatch.ranks == 3 && result.dispatch.threads == 6)
      #expect(result.schedules.map(\.trials) == [720, 1_224])
      for schedule in result.schedules {
        #expect(schedule.threads == 6)
        #expect(schedule.seconds >= 1 && schedule.predictedSeconds >= 1)
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }

  private struct Result: Decodable {
    struct Dispatch: Decodable {
      var ranks: Int
      var threads: Int
    }
    struct Schedule: Decodable {
      var trials: Int
      var threads: Int
      var seconds: Double
      var predictedSeconds: Double
    }
    struct Nothing: Decodable {}
    var kernels: Nothing?
    var dispatch: Dispatch
    var schedules: [Schedule]
  }
}
