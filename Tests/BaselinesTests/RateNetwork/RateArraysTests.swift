import Glibc
import NeuralCore
import Testing

@testable import Baselines

/// The arrays of a baseline are all that a reader of its file has.
struct RateArraysTests {
  /// If this fails, who computes with the weights of a file, as docs/model.md says, gets other rates than
  /// the network.
  @Test(
    "The next step of a free replay follows from the arrays", arguments: Baselines.all, [0.0, 3.0])
  func nextStep(baseline: Baseline, delay: Double) throws {
    let (visible, latent) = (3, 11)
    let learner = try Tasks.learner(
      baseline, ["step": 0.1, "state_noise": 0, "delay_min": delay / 30, "delay_max": delay / 10],
      latent: latent)
    for _ in 0..<3 { _ = Tasks.rates(learner, CycleDrive(nudged: true)) }
    _ = Tasks.rates(learner, CycleDrive(nudged: false))
    let arrays = Dictionary(uniqueKeysWithValues: learner.arrays.map { ($0.name, $0) })
    func values(_ name: String) throws -> [Double] { try #require(arrays[name]).values }
    func product(_ name: String, _ rates: [Double]) throws -> [Double] {
      let weights = try values(name)
      return (0..<weights.count / rates.count).map { post in
        rates.indices.reduce(0) { $0 + weights[post * rates.count + $1] * rates[$1] }
      }
    }
    /// The rates of all neurons as they arrive, shape `[neuron]`.
    func arriving(_ rows: [[Double]]) throws -> [Double] {
      guard delay > 0 else { return rows.last! }
      return try values("delay").enumerated().map { neuron, delay in
        rows[rows.count - 1 - Int((delay / 0.1).rounded())][neuron]
      }
    }
    var rows: [[Double]] = []
    if delay > 0 {
      let past = try values("past_rate")
      #expect(past.count == 3 * (visible + latent))
      rows = stride(from: 0, to: past.count, by: visible + latent).map {
        Array(past[$0..<$0 + visible + latent])
      }
    }
    rows.append(try values("rate"))

    let before = try arriving(rows)
    let recurrent = try product("recurrent_weight", Array(before[visible...]))
    let feedback = try product("feedback_weight", Array(before[..<visible]))
    let (state, bias) = (try values("state"), try values("bias"))
    let settings = Tasks.settings(baseline)
    let leak = baseline.name == "esn" ? settings["leak"] : min(1, 0.1 / settings["tau"])
    let isPotential = baseline.name == "force"
    let rates = (0..<latent).map { unit in
      let input = recurrent[unit] + feedback[unit] + bias[unit]
      let next = (1 - leak) * state[unit] + leak * (isPotential ? input : tanh(input))
      return isPotential ? tanh(next) : next
    }
    let after = try arriving(rows + [Array(repeating: 0, count: visible) + rates])
    let intercepts = try values("readout_bias")
    let output = try product("readout_weight", Array(after[visible...])).enumerated().map {
      $1 + intercepts[$0]
    }

    let record = Tasks.rates(learner, CycleDrive(nudged: false), neurons: 14, every: 1)
    for (neuron, expected) in (output + rates).enumerated() {
      #expect(abs(record[sample: 0, neuron: neuron] - expected) < 1e-12, "neuron \(neuron)")
    }
  }

  /// If this fails, the file of an echo-state network that was saved right after training has a read-out
  /// from before it, and saving changes the network.
  @Test("The read-out is that of the next replay, and looking at it changes nothing")
  func freshReadout() throws {
    let baseline = try #require(Baselines.all.first { $0.name == "esn" })
    let learner = try Tasks.learner(baseline)
    for _ in 0..<3 { _ = Tasks.rates(learner, CycleDrive(nudged: true)) }
    let state = learner.state
    func readout() throws -> [Double] {
      try #require(learner.arrays.first { $0.name == "readout_weight" }).values
    }
    let found = try readout()
    #expect(found.contains { $0 != 0 })
    #expect(learner.state == state)
    _ = Tasks.rates(learner, CycleDrive(nudged: false))
    #expect(try readout() == found)
  }
}
