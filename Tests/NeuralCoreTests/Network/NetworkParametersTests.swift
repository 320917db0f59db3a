import NeuralCore
import Testing

/// If these fail, new networks are drawn from other ranges than the parameters say, or a seed gives
/// another network than before.
@Suite struct NetworkParametersTests {
  @Test("The defaults are the paper's")
  func defaults() {
    let parameters = NetworkParameters(visible: 13, latent: 50)
    #expect(parameters.growth == ScaffoldGrowth(barren: 0.04, branching: 0.2, acceptance: 0.15))
    #expect(parameters.delay == 50...150 && parameters.interneuronDelay == 250)
    #expect(parameters.weightMean == 0 && parameters.weightDeviation == 0.5)
  }

  @Test("A new network is at rest and fully connected, without connections from a neuron to itself")
  func rest() throws {
    let network = try Network(NetworkParameters(visible: 3, latent: 5), seed: 1)
    #expect(network.neurons == 8 && network.cycle == -1)
    #expect(network.state == NetworkState(neurons: 8))
    #expect(network.state.somaticPotential == [Double](repeating: -70, count: 8))
    #expect(network.state.trace == [Double](repeating: 0, count: 8))
    #expect(network.dendriticSynapses == 8 * 7)
    for index in 0..<64 {
      #expect(network.dendriticSynapse[index] == (index % 9 != 0))
      #expect((network.dendriticWeight[index] == 0) == (index % 9 == 0))
    }
  }

  @Test(
    "Delays reach both ends of their range and nothing beyond",
    arguments: [
      50...150, 2...3, 7...7,
    ])
  func delays(range: ClosedRange<Int>) throws {
    var parameters = NetworkParameters(visible: 100, latent: 1_000)
    parameters.delay = range
    parameters.interneuronDelay = 30
    parameters.growth?.barren = 1
    let network = try Network(parameters, seed: 3)
    for delays in [network.dendriticDelay, network.scaffoldDelay] {
      #expect(Set(delays) == Set(range))
      let mean = Double(delays.reduce(0, +)) / 1_100
      let middle = Double(range.lowerBound + range.upperBound) / 2
      #expect(abs(mean - middle) <= Double(range.count) * 0.05)
    }
    #expect(range.count == 1 || network.dendriticDelay != network.scaffoldDelay)
    #expect(network.interneuronDelay == network.scaffoldDelay.map { $0 + 30 })
  }

  @Test("Weights have the requested mean and deviation")
  func weights() throws {
    var parameters = NetworkParameters(visible: 20, latent: 180)
    parameters.weightMean = -2
    parameters.weightDeviation = 3
    let network = try Network(parameters, seed: 4)
    let weights = network.dendriticWeight.filter { $0 != 0 }
    let mean = weights.reduce(0, +) / Double(weights.count)
    let variance = weights.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(weights.count)
    #expect(abs(mean + 2) < 5 * 3 / 199)
    #expect(abs(variance / 9 - 1) < 5 * 2.0.squareRoot() / 199)
    parameters.weightDeviation = 0
    let equal = try Network(parameters, seed: 4)
    #expect(Set(equal.dendriticWeight) == [-2, 0])
  }

  @Test("The draws of one parameter do not depend on another, so that comparisons are paired")
  func paired() throws {
    let parameters = NetworkParameters(visible: 5, latent: 20)
    var other = parameters
    other.weightDeviation = 1
    other.growth?.branching = 0.5
    other.interneuronDelay = 0
    let first = try Network(parameters, seed: 9)
    let second = try Network(other, seed: 9)
    #expect(first.dendriticDelay == second.dendriticDelay)
    #expect(first.scaffoldDelay == second.scaffoldDelay)
    #expect(first.dendriticWeight.map { 2 * $0 } == second.dendriticWeight.doubles)
    #expect(first.scaffold != second.scaffold)
    #expect(try Network(parameters, seed: 9) == first)
    #expect(try Network(parameters, seed: 10) != first)
  }

  @Test("A seed gives the network that it gave when results were published")
  func golden() throws {
    let network = try Network(NetworkParameters(visible: 2, latent: 4), seed: 2_024)
    #expect(network.dendriticDelay == [87, 108, 133, 61, 80, 149])
    #expect(network.scaffoldDelay == [74, 131, 128, 105, 130, 60])
    #expect(
      network.scaffold.edges.map { [$0.pre, $0.post] } == [
        [1, 4], [0, 5], [5, 3], [5, 4], [3, 2], [4, 3], [4, 5], [2, 4],
      ])
    #expect(
      deviation(
        network.dendriticWeight[1...3],
        [-0.005593782332419093, -0.4190833993163294, -0.175759363159787]) < 1e-15)
  }
}
