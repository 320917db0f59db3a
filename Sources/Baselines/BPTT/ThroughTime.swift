import Glibc
import LinearAlgebra
import Parameters

/// Backpropagation through time: the rate network of ``RandomFeedbackOnline``, trained with the
/// exact, clipped gradient over each cycle and Adam.
///
/// The rule is not local in space or time. The state continues from cycle to cycle, and so do the
/// rates on their way to a synapse; the gradient goes back to the start of the cycle.
///
/// - SeeAlso: Werbos (1990), Backpropagation through time; Pascanu, Mikolov and Bengio (2013), on
///   clipping; Kingma and Ba (2015), Adam; docs/model.md, *bptt: backpropagation through time*.
public struct ThroughTime: RateRule {
  public static let name = "bptt"
  public static let meaning =
    "leaky rate network trained by backpropagation through time with Adam (Werbos 1990)"
  public static let isLocal = false
  public static let learnsRecurrent = true
  public static let learnsInput = true

  /// The defaults are the result of `sweeps/tune_bptt.yaml` on Für Elise.
  public static let settings = [
    .tau(default: 5),
    .gain(default: 1.3),
    .scale("feedback_scale", of: "initial feedback weights", default: 0.5),
    Parameter(
      "learning_rate", unit: "per cycle", default: 2e-3, .from(0, through: 1e3),
      "step size of Adam", source: "Kingma and Ba 2015"),
    Parameter(
      "clip", default: 0.3, .above(0),
      "gradients longer than this are shortened to it", source: "Pascanu et al. 2013"),
    .teacherForcing(default: 0.4),
    .stateNoise(default: 0.01),
  ]

  public let stateNoise: Double
  public let teacherForcing: Double

  private let rate: Double
  private let clip: Double
  private var recurrent: Adam
  private var feedback: Adam
  private var bias: Adam
  private var readout: Adam
  private var updates = 0
  private var trajectory: Trajectory
  private var before: [Double] = []

  public static func learningOperations(visible: Int, latent: Int) -> Int {
    // Back through the recurrent weights, the feedback and the read-out, and the outer products of
    // the gradient. Adam runs once per cycle and is not counted.
    2 * latent * latent + 2 * visible * latent + 2 * (latent + 1) * visible + latent
  }

  public static func heldNumbers(visible: Double, latent: Double, steps: Double) -> Double {
    // Adam's two averages of every weight and bias, and the number of updates; for every step the
    // rates before and after it, the activations, the fed-back rates and the errors.
    2 * (latent * latent + 2 * visible * latent + latent + visible) + 1
      + steps * (3 * latent + 1 + 2 * visible)
  }

  public static func network(
    _ settings: Settings, visible: Int, latent: Int, seed: UInt64
  ) -> RateNetwork {
    var network = RateNetwork(.leakyRate, settings, visible: visible, latent: latent, seed: seed)
    network.drawReadout(seed: seed)
    return network
  }

  public init(_ settings: Settings, for network: RateNetwork, seed: UInt64) {
    stateNoise = settings["state_noise"]
    teacherForcing = settings["teacher_forcing"]
    rate = settings["learning_rate"]
    clip = settings["clip"]
    recurrent = Adam(count: network.recurrent.count)
    feedback = Adam(count: network.feedback.count)
    bias = Adam(count: network.bias.count)
    readout = Adam(count: network.readout.count)
    trajectory = Trajectory(visible: network.visible, latent: network.latent)
  }

  public mutating func begin(_ network: inout RateNetwork, learning: Bool) {
    if learning { before = network.arrivingRate }
  }

  public mutating func learn(
    _ network: inout RateNetwork, output: [Double], goal: ArraySlice<Double>
  ) {
    trajectory.append(network, before: before, output: output, goal: goal)
    before = network.arrivingRate
  }

  public mutating func end(_ network: inout RateNetwork) {
    guard trajectory.steps > 0 else { return }
    let gradient = trajectory.gradient(of: network, forcing: teacherForcing)
    trajectory.removeAll()
    let norm = gradient.norm
    let scale = norm > clip ? clip / norm : 1
    updates += 1
    recurrent.update(
      &network.recurrent, gradient: gradient.recurrent, scale: scale, rate: rate, step: updates)
    feedback.update(
      &network.feedback, gradient: gradient.feedback, scale: scale, rate: rate, step: updates)
    bias.update(&network.bias, gradient: gradient.bias, scale: scale, rate: rate, step: updates)
    readout.update(
      &network.readout, gradient: gradient.readout, scale: scale, rate: rate, step: updates)
  }

  private static var kept: [(String, WritableKeyPath<ThroughTime, Adam>)] {
    [
      ("recurrent", \.recurrent), ("feedback", \.feedback), ("bias", \.bias),
      ("readout", \.readout),
    ]
  }

  public var memory: [String: [Double]] {
    get {
      var memory = ["updates": [Double(updates)]]
      for (name, path) in Self.kept {
        memory["\(name)_first"] = self[keyPath: path].first
        memory["\(name)_second"] = self[keyPath: path].second
      }
      return memory
    }
    set {
      updates = Int(newValue["updates"]![0])
      for (name, path) in Self.kept {
        self[keyPath: path].first = newValue["\(name)_first"]!
        self[keyPath: path].second = newValue["\(name)_second"]!
      }
    }
  }
}

/// Gradient descent with a step size per parameter, from running means of its derivative and of the
/// square of its derivative.
///
/// - SeeAlso: Kingma and Ba (2015), Adam, algorithm 1, with its default constants.
public struct Adam: Sendable {
  /// Running mean of the derivatives.
  public var first: [Double]
  /// Running mean of their squares.
  public var second: [Double]

  private static let firstDecay = 0.9
  private static let secondDecay = 0.999
  private static let epsilon = 1e-8

  /// Creates the state before the first step, for `count` parameters.
  public init(count: Int) {
    first = Array(repeating: 0, count: count)
    second = first
  }

  /// Takes one step.
  ///
  /// - Parameters:
  ///   - values: The parameters.
  ///   - gradient: The derivatives of the loss with respect to the parameters.
  ///   - scale: Factor of the gradient.
  ///   - rate: The learning rate.
  ///   - step: The number of the step, from 1.
  public mutating func update(
    _ values: inout [Double], gradient: [Double], scale: Double, rate: Double, step: Int
  ) {
    precondition(values.count == first.count && gradient.count == first.count)
    let firstBias = 1 - pow(Self.firstDecay, Double(step))
    let secondBias = 1 - pow(Self.secondDecay, Double(step))
    for index in values.indices {
      let derivative = scale * gradient[index]
      first[index] = Self.firstDecay * first[index] + (1 - Self.firstDecay) * derivative
      second[index] =
        Self.secondDecay * second[index] + (1 - Self.secondDecay) * derivative * derivative
      values[index] -=
        rate * (first[index] / firstBias)
        / ((second[index] / secondBias).squareRoot() + Self.epsilon)
    }
  }
}
