import Experiment
import FoundationEssentials
import Journal
import MPI
import SweepPlan

/// A sweep whose trials wait instead of being simulated. All else is as in a real run: the trials are
/// planned, ordered, assigned, expanded on their rank, and written to the journal with a result of the
/// usual size. This measures the cost of everything but the simulation.
public struct WaitingSweep: Sendable {
  /// The text of the sweep file.
  private let file: String
  /// The status with which the trials end.
  private let status: TrialStatus
  /// The waiting time of a trial with given parameters [s].
  public var seconds: @Sendable (ParameterSet) -> Double = { _ in 0 }

  /// Creates a sweep from the text of a sweep file.
  public init(file: String, status: TrialStatus = .done) {
    self.file = file
    self.status = status
  }

  /// Creates a sweep whose trials take no time.
  ///
  /// - Parameter isOneByOne: Whether each trial is sent alone, as long trials are, or together with
  ///   many others, as short ones are.
  public init(trials: Int, isOneByOne: Bool) {
    // A failed trial does not change the expected time of others, so they remain long ones by their
    // parameters.
    self.init(
      file: """
        name: dispatch
        fixed:
          pattern: generated
          vocabulary: 13
          order: 3
          sequence_length: 25
          training_cycles: 100000
        grid:
          latent: [10, 20, 30, 50]
          seed: {from: 1, to: \((trials + 3) / 4)}
        """,
      status: isOneByOne ? .failed : .done)
  }

  /// The plan of the sweep file.
  public func plan() throws -> Plan { try read().1 }

  private func read() throws -> (SweepFile, Plan) {
    let sweep = try SweepFile(Array(file.utf8), path: "bench.yaml")
    return (sweep, try Plan(sweep))
  }

  /// Runs all trials over the ranks of a world. Call it on each rank.
  ///
  /// - Parameters:
  ///   - folder: The folder for the journal, whose file system affects the time; nil for a temporary
  ///     folder that is removed afterwards.
  ///   - threads: Compute threads of each rank.
  /// - Returns: The outcome on rank 0; nil on the others.
  public func run(
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
    let (sweep, plan) = try read()
    return try SweepRun(
      sweep: sweep, plan: plan, folder: ResultFolder(folder ?? temporary),
      options: .init(threads: threads),
      world: world, execution: execution
    ).lead(warn: { _ in }, show: { _ in })
  }

  /// The time that the coordinator spends on a trial that is sent alone, measured in this process
  /// [s].
  public static func coordinatorSecondsPerTrial() throws -> Double {
    let sweep = WaitingSweep(trials: 2_000, isOneByOne: true)
    // The smallest of several measurements, since other work on the machine only adds time.
    return try (0..<3).map { _ in
      guard let outcome = try sweep.run(over: LocalCommunicator(), folder: nil, threads: 1) else {
        preconditionFailure("a world of one has a rank 0")
      }
      return outcome.dispatchSeconds / Double(outcome.ran)
    }.min()!
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
