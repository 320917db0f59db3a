import Foundation
import NeuralCore
import Scores
import Testing

@testable import Baselines

@Suite struct RateNetworkTests {
  /// A network of linear units with an orthogonal matrix and one input.
  private static func orthogonal(_ units: Int, gain: Double, seed: UInt64) -> RateNetwork {
    var network = RateNetwork(visible: 1, latent: units, unit: .linear, leak: 1)
    var random = RandomStream(seed: seed, purpose: .recurrentWeights)
    var rows: [[Double]] = []
    for _ in 0..<units {
      var row = (0..<units).map { _ in random.normal() }
      // Twice is enough (Giraud, Langou and Rozloznik 2005).
      for _ in 0..<2 {
        for other in rows {
          let part = zip(row, other).reduce(0) { $0 + $1.0 * $1.1 }
          row = zip(row, other).map { $0 - part * $1 }
        }
      }
      let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      rows.append(row.map { $0 / length })
    }
    network.recurrent = rows.flatMap { $0.map { gain * $0 } }
    network.drawFeedback(scale: 1, seed: seed)
    return network
  }

  /// Jaeger's bound, which an orthogonal network nearly reaches (White, Lee and Sompolinsky 2004).
  ///
  /// If this fails, units leak, hear their input late, or twice.
  @Test(
    "The linear memory of an orthogonal linear network is near its number of units, never above",
    arguments: [(10, 0.7), (30, 0.85), (60, 0.92)])
  func linearMemory(units: Int, gain: Double) throws {
    for seed: UInt64 in 1...3 {
      var network = Self.orthogonal(units, gain: gain, seed: seed)
      let notes = MemoryNotes(neurons: units)
      var random = RandomStream(seed: seed, purpose: .memoryInput)
      var inputs: [Double] = []
      var rates: [Double] = []
      for _ in 0..<notes.total {
        // What is read knows the inputs up to the one before.
        rates += network.rate
        inputs.append(random.uniform())
        network.emitted[0] = inputs.last! - 0.5
        network.advance()
      }
      var measurement = LinearMemoryMeasurement(inputs: inputs, neurons: units, notes: notes)
      measurement.add(rates)
      let memory = try #require(measurement.memory)
      #expect(memory.capacity <= Double(units))
      #expect(memory.capacity > 0.95 * Double(units))
    }
  }

  /// If this fails, a unit is another one than its equation says.
  @Test(arguments: [RateNetwork.Unit.leakyRate, .leakyPotential, .linear])
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

  /// If this fails, a spectral radius that was asked for is another one.
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
