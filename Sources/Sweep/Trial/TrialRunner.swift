import FoundationEssentials
import NeuralCore

/// Runs one trial: grows the network, trains it, lets it replay, scores it.
struct TrialRunner: Sendable {
  private let tests: Set<SweepTest>
  private let files: [ContentHash: String]
  private let rank: Int
  private let host: String

  /// Creates a runner.
  ///
  /// - Parameters:
  ///   - tests: Which scores are wanted.
  ///   - files: The contents of the input files.
  ///   - rank: This rank, for the record; `host` likewise.
  init(
    tests: [SweepTest], files: [ContentHash: String], rank: Int, host: String
  ) {
    self.tests = Set(tests)
    self.files = files
    self.rank = rank
    self.host = host
  }

  /// Runs a trial. What goes wrong with it becomes its status and reason.
  func run(_ trial: TrialAssignment) -> (status: TrialStatus, content: TrialContent) {
    let start = Date()
    let clock = ContinuousClock.now
    var steps = 0
    var status = TrialStatus.done
    var reason: String?
    var scores: [String: Double] = [:]
    do {
      scores = try simulate(trial, steps: &steps)
    } catch let error as Simulation.Divergence {
      (status, reason) = (.diverged, "\(error)")
    } catch {
      (status, reason) = (.failed, "\(error)")
    }
    let (seconds, attoseconds) = clock.duration(to: .now).components
    return (
      status,
      TrialContent(
        parameters: trial.parameters, inputs: trial.inputs, reason: reason, scores: scores,
        cost: TrialCost(
          rank: rank, host: host, start: start.timeIntervalSince1970,
          seconds: Double(seconds) + Double(attoseconds) * 1e-18, steps: steps))
    )
  }

  private func simulate(_ trial: TrialAssignment, steps: inout Int) throws -> [String: Double] {
    guard let hash = trial.inputs.pattern else { throw TrialModelError.noGenerator }
    guard let pattern = files[hash] else { preconditionFailure("no pattern with hash \(hash)") }
    let model = try TrialModel(trial.parameters, pattern: pattern)
    let network = try model.newNetwork()
    let simulation = try model.simulation(of: network)
    var recall = tests.contains(.recall) ? RecallTest(model) : nil
    try simulation.run { cycle in
      recall?.needs(cycle) == true ? .visible : .none
    } observe: { cycle, record in
      steps += model.target.steps
      if let record { recall?.observe(cycle, record) }
    }
    return Resources.values(of: network, bytesPerNumber: model.kernel.bytesPerNumber)
      .merging(recall?.scores ?? [:]) { $1 }
  }
}
