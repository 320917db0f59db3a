import Experiment
import FoundationEssentials
import Journal
import MPI
import Runner
import SweepPlan

/// A sweep that goes the whole way, but whose trials wait instead of being simulated: they are
/// planned, ordered, assigned, expanded on their rank, and written to the journal with a result of the
/// usual size.
struct WaitingSweep: Sendable {
  /// The sweep file.
  var file: String
  /// How the trials end.
  var status = TrialStatus.done
  /// How long a trial with some parameters waits [s].
  var seconds: @Sendable (ParameterSet) -> Double = { _ in 0 }

  /// The plan of the file.
  func plan() throws -> (SweepFile, Plan) {
    let sweep = try SweepFile(Array(file.utf8), path: "bench.yaml")
    return (sweep, try Plan(sweep))
  }

  /// Runs all trials over the ranks of a world. To be called on each of them.
  ///
  /// - Parameters:
  ///   - folder: Where the journal is written, which counts; nil for one among temporary files that
  ///     does not stay.
  ///   - threads: Compute threads of each rank.
  /// - Returns: What came out, on rank 0; nil on the others.
  func run(
    over world: any Communicator, folder: String?, threads: Int
  ) throws -> SweepRun.Outcome? {
    let execution = TrialExecution.waiting(seconds, status, content: Array(Self.content.utf8))
    guard world.rank == 0 else {
      try SweepRun.follow(world, threads: threads, execution: execution)
      return nil
    }
    let temporary = FileManager.default.temporaryDirectory
      .appendingPathComponent("elise-sweep-\(UUID().uuidString)").path
    defer { if folder == nil { try? FileManager.default.removeItem(atPath: temporary) } }
    let (sweep, plan) = try plan()
    return try SweepRun(
      sweep: sweep, plan: plan, folder: ResultFolder(folder ?? temporary),
      options: .init(threads: threads),
      world: world, execution: execution
    ).lead(warn: { _ in }, show: { _ in })
  }

  /// A result of the usual size.
  private static let content: String = {
    let scores = (10..<40).map { "\"score_number_\($0)\":0.\($0)46201738519264" }
    let parameters = (10..<46).map { "\"parameter_\($0)\":0.\($0)25" }
    return """
      {"cost":{"host":"node","rank":1,"seconds":0.001,"start":1785000000.123456,"steps":1},\
      "inputs":{},"parameters":{\(parameters.joined(separator: ","))},\
      "scores":{\(scores.joined(separator: ","))}}
      """
  }()
}
