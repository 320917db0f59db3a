import Foundation
import NeuralCore
import Testing

@testable import Baselines

@Suite struct DelayLinesTests {
  /// The rate of a neuron in a step, which no other neuron or step has.
  private static func rates(_ step: Int) -> [Double] {
    (0..<4).map { 100 * Double(step) + Double($0) }
  }

  /// If this fails, a rate arrives too early, too late, or at the synapses of another neuron.
  @Test func everyRateArrivesAfterItsDelay() {
    let delays = [3, 0, 5, 1]
    var lines = DelayLines(delays, longest: 5, before: [-1, -2, -3, -4])
    for step in 0..<23 {
      let arriving = lines.arriving(Self.rates(step))
      for (neuron, delay) in delays.enumerated() {
        let sent = step - delay
        #expect(arriving[neuron] == (sent < 0 ? -1 - Double(neuron) : Self.rates(sent)[neuron]))
      }
      lines.append(Self.rates(step))
    }
    #expect(lines.past == (18..<23).flatMap(Self.rates))
  }

  /// If this fails, a network that continues from a checkpoint hears other rates.
  @Test func linesContinueFromTheirPast() {
    var lines = DelayLines([2, 3, 1, 0], longest: 3, before: [0, 0, 0, 0])
    for step in 0..<5 { lines.append(Self.rates(step)) }
    var copy = lines.cleared()
    #expect(copy != lines && copy.past.allSatisfy { $0 == 0 })
    copy.past = lines.past
    #expect(copy == lines)
    for step in 5..<12 {
      #expect(copy.arriving(Self.rates(step)) == lines.arriving(Self.rates(step)))
      copy.append(Self.rates(step))
      lines.append(Self.rates(step))
    }
    #expect(copy == lines)
  }

  /// If this fails, the settings name one range of delays and networks have another.
  @Test func delaysAreDrawnFromTheWholeRange() {
    var network = RateNetwork(visible: 40, latent: 300, unit: .leakyRate, leak: 0.5, resting: 0.1)
    let plain = network
    network.drawDelays(from: 0...0, seed: 1)
    #expect(network == plain)
    network.drawDelays(from: 5...15, seed: 1)
    let delays = network.emittedDelays.delays + network.rateDelays.delays
    #expect(delays.count == 340 && Set(delays) == Set(5...15))
    #expect(abs(delays.reduce(0) { $0 + Double($1) } / 340 - 10) < 0.6)
    #expect(network.emittedDelays.past == Array(repeating: 0.1, count: 15 * 40))
    #expect(network.rateDelays.past == Array(repeating: 0, count: 15 * 300))
    var other = plain
    other.drawDelays(from: 5...15, seed: 2)
    #expect(other.rateDelays.delays != network.rateDelays.delays)
  }
}
