import Foundation
import NeuralCore
import Testing

@testable import Baselines

@Suite struct RateNetworkTests {
  /// If this fails, a unit is another one than its equation says.
  @Test(arguments: [RateNetwork.Unit.leakyRate, .leakyPotential])
  func unitsFollowTheirEquations(unit: RateNetwork.Unit) {
    var network = RateNetwork(visible: 2, latent: 5, unit: unit, leak: 0.25)
    network.drawRecurrent(gain: 1.5, seed: 1)
    network.drawFeedback(scale: 1, seed: 1)
    network.drawBias(scale: 0.5, seed: 1)
    network.drawReadout(seed: 1)
    network.emitted = [0.75, -0.5]
    for index in 0..<5 { network.set(index, state: 0.2 * Double(index) - 0.3) }
    let old = network
    network.advance()
    var output = [0.0, 0.0]
    network.output(into: &output)
    for post in 0..<5 {
      var input = old.bias[post]
      for pre in 0..<5 { input += old.rate[pre] * old.recurrent[5 * pre + post] }
      for pre in 0..<2 { input += old.emitted[pre] * old.feedback[5 * pre + post] }
      let driven = unit == .leakyRate ? tanh(input) : input
      let state = 0.75 * old.state[post] + 0.25 * driven
      #expect(abs(network.state[post] - state) < 1e-15)
      #expect(abs(network.rate[post] - (unit == .leakyPotential ? tanh(state) : state)) < 1e-15)
    }
    for neuron in 0..<2 {
      let sum = (0..<5).reduce(0) { $0 + network.rate[$1] * network.readout[2 * $1 + neuron] }
      #expect(abs(output[neuron] - sum - network.readout[10 + neuron]) < 1e-15)
    }
  }

  /// If this fails, networks have another spectral radius than requested.
  @Test func spectralRadiusIsExact() {
    var network = RateNetwork(visible: 1, latent: 40, unit: .leakyRate, leak: 1)
    network.drawRecurrent(spectralRadius: 0.8, seed: 5)
    // Repeated squaring: the norm of W^n grows like the radius to the power of n.
    var vector = [Double](repeating: 1, count: 40)
    var growth: [Double] = []
    for _ in 0..<4000 {
      var next = [Double](repeating: 0, count: 40)
      vector.addProduct(with: network.recurrent, to: &next)
      let length = next.reduce(0) { $0 + $1 * $1 }.squareRoot()
      growth.append(log(length))
      vector = next.map { $0 / length }
    }
    let radius = exp(growth.dropFirst(1000).reduce(0, +) / 3000)
    #expect(abs(radius - 0.8) < 1e-3)
  }
}
