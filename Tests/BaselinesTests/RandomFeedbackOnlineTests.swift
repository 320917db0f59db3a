import Foundation
import Testing

@testable import Baselines

@Suite struct RandomFeedbackOnlineTests {
  /// Two units, one visible neuron, leak 1/2. Without recurrent and feedback weights, and with
  /// biases of artanh 1/2, `tanh(u)` is 1/2 and its slope 3/4 in the first step.
  private static var network: RateNetwork {
    var network = RateNetwork(visible: 1, latent: 2, unit: .leakyRate, leak: 0.5)
    network.bias = [atanh(0.5), atanh(0.5)]
    network.readout = [1, 2, 0]
    network.set(0, state: 0.4)
    network.set(1, state: -0.2)
    return network
  }

  /// Murray (2019), equations 3 to 5, by hand.
  ///
  /// If this fails, `rflo` is another rule than the published one.
  @Test func updateIsThePublishedOne() {
    var network = Self.network
    let rates = ["learning_rate": 0.1, "readout_rate": 0.2]
    var rule = RandomFeedbackOnline(
      Settings(defaultsOf: RandomFeedbackOnline.settings, rates), for: network, seed: 1)
    rule.errorFeedback = [0.5, -1]
    rule.begin(&network, learning: true)
    func close(_ found: [Double], _ expected: [Double]) -> Bool {
      found.count == expected.count && zip(found, expected).allSatisfy { abs($0 - $1) < 1e-12 }
    }

    network.advance()
    // 0.4/2 + 0.5/2 and -0.2/2 + 0.5/2.
    #expect(close(network.rate, [0.45, 0.15]))
    var output = [0.0]
    network.output(into: &output)
    // 0.45 + 2 · 0.15: the error is 0.25, carried back as 0.125 and -0.25.
    #expect(close(output, [0.75]))
    rule.learn(&network, output: output, goal: [1])
    // 1/2 · 3/4 · x_j for both units i; rows are presynaptic.
    #expect(close(rule.eligibility, [0.15, 0.15, -0.075, -0.075]))
    #expect(close(network.recurrent, [0.001875, -0.00375, -0.0009375, 0.001875]))
    #expect(close(network.readout, [1.0225, 2.0075, 0.05]))

    network.advance()
    // u_0 = artanh 1/2 + 0.45 · 0.001875 - 0.15 · 0.0009375, and likewise u_1.
    let activation = [
      tanh(atanh(0.5) + 0.000843750 - 0.000140625), tanh(atanh(0.5) - 0.001687500 + 0.000281250),
    ]
    #expect(close(network.rate, zip([0.225, 0.075], activation).map { $0 + $1 / 2 }))
    rule.learn(&network, output: [0], goal: [0])
    let slopes = activation.map { 1 - $0 * $0 }
    #expect(
      close(
        rule.eligibility,
        [
          0.075 + slopes[0] * 0.225, 0.075 + slopes[1] * 0.225,
          -0.0375 + slopes[0] * 0.075, -0.0375 + slopes[1] * 0.075,
        ]))
    // Without an error nothing is learned.
    #expect(close(network.readout, [1.0225, 2.0075, 0.05]))
    #expect(close(network.recurrent, [0.001875, -0.00375, -0.0009375, 0.001875]))
  }
}
