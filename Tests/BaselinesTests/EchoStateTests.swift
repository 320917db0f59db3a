import Foundation
import NeuralCore
import Parameters
import TestSupport
import Testing

@testable import Baselines

@Suite struct EchoStateTests {
  private static let settings = Settings(
    defaultsOf: EchoState.settings + [Parameter.step] + Parameter.delays,
    [
      "step": 0.1, "state_noise": 0, "washout": 0, "ridge": 1e-4, "leak": 0.4,
      "spectral_radius": 1.1, "feedback_scale": 0.7, "bias_scale": 0.3,
    ])

  private struct Exchange: Encodable {
    var recurrent, feedback, heard, states, goals, readout: [[Double]]
    var bias: [Double]
    var leak, ridge: Double
  }

  private static func rows(_ values: some Collection<Double>, _ columns: Int) -> [[Double]] {
    let values = Array(values)
    return stride(from: 0, to: values.count, by: columns).map { Array(values[$0..<$0 + columns]) }
  }

  /// If this fails, `esn` differs from the echo-state networks of the literature.
  @Test(
    "States and read-out are those of reservoirpy",
    .enabled(if: python != nil, "\(pythonIsMissing)"))
  func reservoirpy() throws {
    let latent = 25
    let task = Tasks.small(stepsPerNote: 20)
    let learner = RateLearner<EchoState>(Self.settings, latent: latent, task: task)
    let resting = learner.network.emitted
    var heard: [Double] = resting
    var states: [Double] = []
    for _ in 0..<3 {
      let record = Tasks.rates(learner, CycleDrive(nudged: true), neurons: 3 + latent, every: 1)
      for row in Self.rows(record.values, 3 + latent) {
        heard += row[..<3]
        states += row[3...]
      }
    }
    let goals = heard.dropFirst(3)
    _ = Tasks.rates(learner, CycleDrive(nudged: false))
    let network = learner.network
    let exchange = Exchange(
      recurrent: Self.rows(network.recurrent, latent),
      feedback: Self.rows(network.feedback, latent),
      heard: Self.rows(heard.dropLast(3), 3), states: Self.rows(states, latent),
      goals: Self.rows(goals, 3), readout: Self.rows(network.readout, 3), bias: network.bias,
      leak: network.leak, ridge: 1e-4)
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("network.json")
      try JSONEncoder().encode(exchange).write(to: file)
      let script = Fixtures.url("../python/check_esn.py").standardizedFileURL.path
      let outcome = try TestSupport.run(
        try #require(python), [script, file.path], in: folder, timeout: .seconds(120))
      #expect(outcome.exitCode == 0, "\(outcome.output)\n\(outcome.errors)")
    }
  }

  /// If this fails, states from before the teacher came on spoil the read-out.
  @Test func washoutIsLeftOut() throws {
    let task = Tasks.small(stepsPerNote: 20)
    func samples(_ washout: Double, after drives: [CycleDrive]) -> Double {
      let learner = RateLearner<EchoState>(
        Settings(
          defaultsOf: EchoState.settings + [Parameter.step] + Parameter.delays,
          ["step": 0.1, "washout": washout]),
        latent: 5, task: task)
      for drive in drives { _ = Tasks.rates(learner, drive) }
      return learner.state["rule_samples"]![0]
    }
    let (nudged, free) = (CycleDrive(nudged: true), CycleDrive(nudged: false))
    // A cycle has 80 steps of 0.1 ms.
    #expect(samples(0, after: [nudged]) == 80)
    #expect(samples(3, after: [nudged]) == 50)
    #expect(samples(3, after: [nudged, nudged]) == 130)
    #expect(samples(3, after: [nudged, free, nudged]) == 100)
    #expect(samples(10, after: [nudged]) == 0)
    #expect(samples(10, after: [nudged, nudged]) == 60)
  }
}
