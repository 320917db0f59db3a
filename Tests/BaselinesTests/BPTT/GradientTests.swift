import NeuralCore
import Testing

@testable import Baselines

@Suite struct GradientTests {
  private static let steps = 12

  private static func network(delays: ClosedRange<Int> = 0...0) -> RateNetwork {
    var network = RateNetwork(visible: 3, latent: 7, unit: .leakyRate, leak: 0.3)
    network.drawRecurrent(gain: 1.3, seed: 2)
    network.drawFeedback(scale: 1, seed: 2)
    network.drawBias(scale: 0.5, seed: 2)
    network.drawReadout(seed: 2)
    for unit in 0..<7 { network.set(unit, state: 0.1 * Double(unit) - 0.25) }
    network.emitted = [0.9, 0.1, 0.4]
    network.drawDelays(from: delays, seed: 2)
    // What is on its way when the cycle begins.
    for _ in 0..<delays.upperBound {
      network.advance()
      network.emit(Array(network.rate[..<3]))
    }
    return network
  }

  private static func goal(_ step: Int) -> [Double] {
    (0..<3).map { (step + $0).isMultiple(of: 3) ? 0.9 : 0.05 }
  }

  /// Runs a network from its state, as a learner does.
  private static func trajectory(_ start: RateNetwork, forcing: Double) -> Trajectory {
    var network = start
    var trajectory = Trajectory(visible: 3, latent: 7)
    var output = [0.0, 0.0, 0.0]
    for step in 0..<steps {
      let before = network.arrivingRate
      network.advance()
      network.output(into: &output)
      let goal = goal(step)
      trajectory.append(network, before: before, output: output, goal: goal[...])
      network.emit(zip(goal, output).map { forcing * $0 + (1 - forcing) * $1 })
    }
    return trajectory
  }

  /// If this fails, the upper bound for local rules is none.
  ///
  /// Delays of up to 4 steps end within the cycle of 12 steps, longer ones also after it.
  @Test(
    "The gradient is that of finite differences", arguments: [0, 0.35, 1],
    [0...0, 0...4, 2...2, 3...9, 8...14])
  func agreesWithFiniteDifferences(forcing: Double, delays: ClosedRange<Int>) {
    let network = Self.network(delays: delays)
    let gradient = Self.trajectory(network, forcing: forcing)
      .gradient(of: network, forcing: forcing)
    let parts: [(WritableKeyPath<RateNetwork, [Double]>, [Double])] = [
      (\.recurrent, gradient.recurrent), (\.feedback, gradient.feedback),
      (\.bias, gradient.bias), (\.readout, gradient.readout),
    ]
    let width = 1e-5
    for (path, found) in parts {
      #expect(found.count == network[keyPath: path].count)
      #expect(found.contains { abs($0) > 1e-3 })
      for index in found.indices {
        func loss(_ change: Double) -> Double {
          var changed = network
          changed[keyPath: path][index] += change
          return Self.trajectory(changed, forcing: forcing).loss
        }
        let slope = (loss(width) - loss(-width)) / (2 * width)
        #expect(abs(found[index] - slope) < 1e-8 + 1e-6 * abs(slope))
      }
    }
    let squares = parts.flatMap(\.1).reduce(0) { $0 + $1 * $1 }
    #expect(abs(gradient.norm - squares.squareRoot()) < 1e-12)
  }

  /// With the bias corrections of algorithm 1, the first step has the length of the rate whatever
  /// the gradient, and a second equal gradient repeats it.
  @Test func adamTakesItsPublishedSteps() {
    var adam = Adam(count: 2)
    var values = [1.0, 1.0]
    adam.update(&values, gradient: [3, -0.02], scale: 1, rate: 0.1, step: 1)
    #expect(abs(values[0] - 0.9) < 1e-8 && abs(values[1] - 1.1) < 1e-6)
    adam.update(&values, gradient: [3, 0.02], scale: 1, rate: 0.1, step: 2)
    #expect(abs(values[0] - 0.8) < 1e-8)
    // (0.9 · -0.002 + 0.002) / (1 - 0.81) over the root of the mean square, 0.02.
    #expect(abs(values[1] - (1.1 - 0.1 * (0.0002 / 0.19) / 0.02)) < 1e-6)
  }
}
