import Foundation
import NeuralCore
import Testing

@testable import Baselines

/// A network with delays that keeps every rate of every step, in plain loops over neurons.
private struct PlainNetwork {
  /// The drawn network: sizes, delays, and what does not learn.
  let drawn: RateNetwork
  var recurrent, readout, state: [Double]
  /// The rates of units and visible neurons in all steps, at rest first.
  var rates, emitted: [[Double]]

  /// The arriving rates of units and visible neurons before the latest step.
  var before: [Double] = []
  var heard: [Double] = []
  /// The derivatives of the states with respect to the inputs in the latest step.
  var slopes: [Double] = []

  init(_ network: RateNetwork) {
    drawn = network
    (recurrent, readout, state) = (network.recurrent, network.readout, network.state)
    (rates, emitted) = ([network.rate], [network.emitted])
  }

  /// The latest rates, each of so many steps ago; before the first step, neurons are at rest.
  private func arriving(_ history: [[Double]], _ lines: DelayLines) -> [Double] {
    history[0].indices.map { neuron in
      history[max(0, history.count - 1 - (lines.isEmpty ? 0 : lines.delays[neuron]))][neuron]
    }
  }

  /// What the read-out receives: the arriving rates and a one.
  var features: [Double] { arriving(rates, drawn.rateDelays) + [1] }

  mutating func advance() {
    let (visible, latent, leak) = (drawn.visible, drawn.latent, drawn.leak)
    before = arriving(rates, drawn.rateDelays)
    heard = arriving(emitted, drawn.emittedDelays)
    slopes = []
    for post in 0..<latent {
      var input = drawn.bias[post]
      for pre in 0..<latent { input += recurrent[pre * latent + post] * before[pre] }
      for pre in 0..<visible { input += drawn.feedback[pre * latent + post] * heard[pre] }
      slopes.append(leak * (1 - tanh(input) * tanh(input)))
      let driven = drawn.unit == .leakyRate ? tanh(input) : input
      state[post] = (1 - leak) * state[post] + leak * driven
    }
    rates.append(state.map { drawn.unit == .leakyRate ? $0 : tanh($0) })
  }

  var output: [Double] {
    let features = features
    return (0..<drawn.visible).map { neuron in
      features.indices.reduce(0) { $0 + readout[$1 * drawn.visible + neuron] * features[$1] }
    }
  }
}

@Suite struct RateLearnerTests {
  private static func distance(_ left: [Double], _ right: [Double]) -> Double {
    left.count == right.count ? zip(left, right).map { abs($0 - $1) }.max()! : .infinity
  }

  /// Three cycles with the teacher and two without, by a learner with delays and by a plain network.
  ///
  /// - Parameters:
  ///   - shortest: The shortest delay [steps]; a cycle has 12.
  ///   - learn: Changes the plain network by the goals minus its read-out, after a step.
  ///   - restart: Prepares the plain network for a cycle.
  private static func compare<Rule: RateRule>(
    _ rule: Rule.Type, shortest: Int, forcing: Double,
    learn: (RateLearner<Rule>, inout PlainNetwork, _ errors: [Double]) -> Void,
    restart: (RateLearner<Rule>, inout PlainNetwork, _ learning: Bool) -> Void = { _, _, _ in }
  ) throws {
    let task = Tasks.small()
    let baseline = try #require(Baselines.all.first { $0.name == rule.name })
    let learner = try #require(
      try Tasks.learner(
        baseline,
        [
          "delay_min": Double(shortest), "delay_max": Double(shortest + 4), "state_noise": 0,
          "every": 1, "learning_rate": 0.02, "readout_rate": 0.03,
        ], latent: 9, task: task) as? RateLearner<Rule>)
    var plain = PlainNetwork(learner.network)
    #expect(Set(plain.drawn.rateDelays.delays).count > 2)
    for nudged in [true, true, false, true, false] {
      _ = Tasks.rates(learner, CycleDrive(nudged: nudged))
      restart(learner, &plain, nudged)
      for step in 0..<task.targets[0].steps / learner.stepLength {
        let row = 3 * (learner.stepLength * (step + 1) - 1)
        let goal = task.targets[0].potential[row..<row + 3].map { task.constants.rate($0) }
        plain.advance()
        let output = plain.output
        if nudged { learn(learner, &plain, zip(goal, output).map { $0 - $1 }) }
        let part = nudged ? forcing : 0
        plain.emitted.append(zip(goal, output).map { part * $0 + (1 - part) * $1 })
      }
      #expect(distance(plain.rates.last!, learner.network.rate) < 1e-12)
      #expect(distance(plain.emitted.last!, learner.network.emitted) < 1e-12)
      #expect(distance(plain.recurrent, learner.network.recurrent) < 1e-12)
      #expect(distance(plain.readout, learner.network.readout) < 1e-12)
    }
  }

  /// If this fails, delays are others than the documented ones, or the recursive least squares of
  /// FORCE see other rates than the read-out.
  @Test("FORCE with delays agrees with a plain program", arguments: [0, 2, 11])
  func force(shortest: Int) throws {
    var inverse = (0..<100).map { $0 % 11 == 0 ? 1.0 : 0 }
    try Self.compare(Force.self, shortest: shortest, forcing: 0) { _, plain, errors in
      let features = plain.features
      let gain = (0..<10).map { row in
        (0..<10).reduce(0) { $0 + inverse[row * 10 + $1] * features[$1] }
      }
      let norm = 1 + zip(gain, features).reduce(0) { $0 + $1.0 * $1.1 }
      for row in 0..<10 {
        for column in 0..<10 { inverse[row * 10 + column] -= gain[row] * gain[column] / norm }
        for neuron in 0..<3 { plain.readout[row * 3 + neuron] += gain[row] * errors[neuron] / norm }
      }
    }
  }

  /// If this fails, a weight of RFLO learns from a rate that its synapse did not receive.
  @Test("RFLO with delays agrees with a plain program", arguments: [0, 2, 11])
  func rflo(shortest: Int) throws {
    var eligibility: [Double] = []
    try Self.compare(RandomFeedbackOnline.self, shortest: shortest, forcing: 1) {
      learner, plain, errors in
      for pre in 0..<9 {
        for post in 0..<9 {
          let carried = (0..<3).reduce(0) {
            $0 + learner.rule.errorFeedback[$1 * 9 + post] * errors[$1]
          }
          let synapse = pre * 9 + post
          eligibility[synapse] =
            (1 - plain.drawn.leak) * eligibility[synapse] + plain.slopes[post] * plain.before[pre]
          plain.recurrent[synapse] += 0.02 * carried * eligibility[synapse]
        }
      }
      let features = plain.features
      for row in 0..<10 {
        for neuron in 0..<3 {
          plain.readout[row * 3 + neuron] += 0.03 * features[row] * errors[neuron]
        }
      }
    } restart: { _, _, _ in
      eligibility = Array(repeating: 0, count: 81)
    }
  }

  /// If this fails, the read-out of an echo-state network is fitted to other rates than it receives.
  @Test("The ridge regression of ESN with delays has its minimum", arguments: [0, 2, 11])
  func esn(shortest: Int) throws {
    var samples: [(features: [Double], goal: [Double])] = []
    try Self.compare(EchoState.self, shortest: shortest, forcing: 1) { _, plain, errors in
      samples.append((plain.features, zip(plain.output, errors).map { $0 + $1 }))
    } restart: { learner, plain, learning in
      plain.readout = learner.network.readout
      guard !learning else { return }
      // The derivatives of the penalised squared error vanish; intercepts are not penalised.
      let penalty = 1e-4 * Double(samples.count)
      for row in 0..<10 {
        for neuron in 0..<3 {
          let slope = samples.reduce(0) { sum, sample in
            let output = (0..<10).reduce(0) {
              $0 + plain.readout[$1 * 3 + neuron] * sample.features[$1]
            }
            return sum + (output - sample.goal[neuron]) * sample.features[row]
          }
          #expect(abs(slope + (row < 9 ? penalty * plain.readout[row * 3 + neuron] : 0)) < 1e-10)
        }
      }
    }
  }

  /// If this fails, results of older versions without delays are not those of this one, bit for bit.
  @Test(arguments: [RateNetwork.Unit.leakyRate, .leakyPotential])
  func withoutDelaysNothingChanges(unit: RateNetwork.Unit) {
    var network = RateNetwork(visible: 3, latent: 21, unit: unit, leak: 0.3, resting: 0.1)
    network.drawRecurrent(gain: 1.5, seed: 3)
    network.drawFeedback(scale: 1, seed: 3)
    network.drawBias(scale: 0.5, seed: 3)
    network.drawReadout(seed: 3)
    // A delay of no step at all, through the delay lines.
    var delayed = network
    delayed.rateDelays = DelayLines(
      Array(repeating: 0, count: 21), longest: 4, before: network.rate)
    delayed.emittedDelays = DelayLines([0, 0, 0], longest: 4, before: network.emitted)
    network.drawDelays(from: 0...0, seed: 3)
    // The equations without delays, with the same order of sums.
    var (state, rate, emitted) = (network.state, network.rate, network.emitted)
    var output = [0.0, 0.0, 0.0]
    for _ in 0..<200 {
      var input = network.bias
      rate.addProduct(with: network.recurrent, to: &input)
      emitted.addProduct(with: network.feedback, to: &input)
      if unit == .leakyRate { input = input.map(tanh) }
      state = zip(state, input).map { (1 - 0.3) * $0 + 0.3 * $1 }
      rate = unit == .leakyRate ? state : state.map(tanh)
      emitted = Array(network.readout.suffix(3))
      rate.addProduct(with: network.readout, to: &emitted)
      network.advance()
      network.output(into: &output)
      #expect(network.state == state && network.rate == rate && output == emitted)
      network.emit(output)
      delayed.advance()
      delayed.output(into: &output)
      #expect(delayed.state == state && delayed.rate == rate && output == emitted)
      delayed.emit(output)
    }
  }
}
