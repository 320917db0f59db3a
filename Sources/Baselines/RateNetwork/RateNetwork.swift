import Glibc
import LinearAlgebra
import NeuralCore

/// A recurrent network of rate units with a linear read-out that is fed back: the common part of
/// all baselines.
///
/// The units of the network are the latent neurons, the read-out units are the visible neurons. In
/// every step the units receive the rates that the visible neurons emitted in the step before: the
/// read-out, the target or the rate at which they are held. If neurons have delays, units and
/// read-out receive their rates so many steps later. Matrices are stored row by row, with one row per
/// *presynaptic* neuron.
public struct RateNetwork: Equatable, Sendable {
  /// The kind of units, which differ in the position of the leak.
  public enum Unit: Sendable {
    /// `x <- (1-a) x + a tanh(u)`, rate `x`: the unit of echo-state networks.
    ///
    /// - SeeAlso: Jaeger, Lukosevicius, Popovici and Siewert (2007), equation 2.
    case leakyRate
    /// `x <- (1-a) x + a u`, rate `tanh(x)`: the unit of chaotic rate networks.
    ///
    /// - SeeAlso: Sompolinsky, Crisanti and Sommers (1988); Sussillo and Abbott (2009).
    case leakyPotential
  }

  /// Number of visible neurons, V.
  public let visible: Int
  /// Number of latent units, N.
  public let latent: Int
  /// The kind of units.
  public var unit: Unit
  /// The leak `a` in (0, 1]: the length of a step divided by the time constant.
  public var leak: Double

  /// `W`, shape `[latent, latent]`.
  public var recurrent: [Double]
  /// `W_fb`, shape `[visible, latent]`.
  public var feedback: [Double]
  /// `b`, shape `[latent]`.
  public var bias: [Double]
  /// `W_out`, shape `[latent + 1, visible]`; the last row holds the intercepts.
  public var readout: [Double]

  /// The states `x`, shape `[latent]`.
  public var state: [Double]
  /// The rates `r`, shape `[latent]`.
  public var rate: [Double]
  /// `tanh(u)` of the last step for leaky rates, else `u`; shape `[latent]`.
  public private(set) var activation: [Double]
  /// The rates that the visible neurons emitted in the last step, shape `[visible]`.
  public var emitted: [Double]
  /// The delays of the units, and the rates before ``rate``.
  public internal(set) var rateDelays = DelayLines()
  /// The delays of the visible neurons, and the rates before ``emitted``.
  public internal(set) var emittedDelays = DelayLines()

  /// Creates a network without connections, at rest.
  ///
  /// - Parameters:
  ///   - visible: Number of visible neurons.
  ///   - latent: Number of units.
  ///   - unit: The kind of units.
  ///   - leak: The leak `a`.
  ///   - resting: The rate that visible neurons emit at rest.
  public init(visible: Int, latent: Int, unit: Unit, leak: Double, resting: Double = 0) {
    self.visible = visible
    self.latent = latent
    self.unit = unit
    self.leak = leak
    recurrent = Array(repeating: 0, count: latent * latent)
    feedback = Array(repeating: 0, count: visible * latent)
    bias = Array(repeating: 0, count: latent)
    readout = Array(repeating: 0, count: (latent + 1) * visible)
    state = bias
    rate = bias
    activation = bias
    emitted = Array(repeating: resting, count: visible)
  }

  /// The rates of the units that reach the synapses and the read-out: ``rate``, each delayed; shape
  /// `[latent]`.
  public var arrivingRate: [Double] { rateDelays.arriving(rate) }

  /// The rates of the visible neurons that reach the synapses: ``emitted``, each delayed; shape
  /// `[visible]`.
  public var arrivingEmitted: [Double] { emittedDelays.arriving(emitted) }

  /// Advances the units by one step. ``emitted`` does not change.
  ///
  /// - Complexity: O(latent² + latent × visible), no allocation without delays.
  public mutating func advance() {
    for unit in 0..<latent { activation[unit] = bias[unit] }
    arrivingRate.addProduct(with: recurrent, to: &activation)
    arrivingEmitted.addProduct(with: feedback, to: &activation)
    rateDelays.append(rate)
    switch unit {
    case .leakyRate:
      for unit in 0..<latent {
        activation[unit] = tanh(activation[unit])
        state[unit] = (1 - leak) * state[unit] + leak * activation[unit]
        rate[unit] = state[unit]
      }
    case .leakyPotential:
      for unit in 0..<latent {
        state[unit] = (1 - leak) * state[unit] + leak * activation[unit]
        rate[unit] = tanh(state[unit])
      }
    }
  }

  /// Sets the state of a unit and the rate that follows from it.
  public mutating func set(_ unit: Int, state value: Double) {
    state[unit] = value
    rate[unit] = self.unit == .leakyPotential ? tanh(value) : value
  }

  /// Ends a step: the visible neurons emit new rates.
  public mutating func emit(_ rates: [Double]) {
    emittedDelays.append(emitted)
    for neuron in 0..<visible { emitted[neuron] = rates[neuron] }
  }

  /// The read-out `W_out [r; 1]` of the arriving rates, shape `[visible]`.
  public func output(into output: inout [Double]) {
    for neuron in 0..<visible { output[neuron] = readout[latent * visible + neuron] }
    arrivingRate.addProduct(with: readout, to: &output)
  }

  /// Whether all states and weights are finite.
  public var isFinite: Bool {
    [recurrent, feedback, bias, readout, state, emitted].allSatisfy { $0.isFinite }
      && rateDelays.isFinite && emittedDelays.isFinite
  }
}

extension RateNetwork {
  /// Draws a network with the settings `step`, `tau`, `gain` and `feedback_scale`.
  init(_ unit: Unit, _ settings: Settings, visible: Int, latent: Int, seed: UInt64) {
    self.init(
      visible: visible, latent: latent, unit: unit,
      leak: min(1, settings["step"] / settings["tau"]))
    drawRecurrent(gain: settings["gain"], seed: seed)
    drawFeedback(scale: settings["feedback_scale"], seed: seed)
  }

  /// Draws `W` from Normal(0, gain² / N); its spectral radius is about the gain.
  ///
  /// - SeeAlso: Sompolinsky, Crisanti and Sommers (1988): chaos for a gain above 1.
  mutating func drawRecurrent(gain: Double, seed: UInt64) {
    var random = RandomStream(seed: seed, purpose: .recurrentWeights)
    let deviation = gain / Double(latent).squareRoot()
    for index in recurrent.indices { recurrent[index] = deviation * random.normal() }
  }

  /// Draws `W` from a normal distribution and scales it to a given spectral radius.
  ///
  /// - SeeAlso: Jaeger (2001); Lukosevicius (2012), section 3.2.4.
  mutating func drawRecurrent(spectralRadius: Double, seed: UInt64) {
    drawRecurrent(gain: 1, seed: seed)
    let radius = Matrix(rows: latent, columns: latent, values: recurrent).spectralRadius
    guard radius > 0 else { return }
    for index in recurrent.indices { recurrent[index] *= spectralRadius / radius }
  }

  /// Draws `W_fb` uniformly from `-scale` to `scale`.
  mutating func drawFeedback(scale: Double, seed: UInt64) {
    var random = RandomStream(seed: seed, purpose: .feedbackWeights)
    for index in feedback.indices { feedback[index] = scale * (2 * random.uniform() - 1) }
  }

  /// Draws the biases uniformly from `-scale` to `scale`.
  mutating func drawBias(scale: Double, seed: UInt64) {
    var random = RandomStream(seed: seed, purpose: .biases)
    for index in bias.indices { bias[index] = scale * (2 * random.uniform() - 1) }
  }

  /// Draws the delay of each neuron uniformly from a range, visible neurons first.
  ///
  /// Until now, all neurons have always had the rates that they have.
  ///
  /// - Parameter range: The delays [steps], both ends included; `0...0` is no delay.
  mutating func drawDelays(from range: ClosedRange<Int>, seed: UInt64) {
    guard range.upperBound > 0 else { return }
    var random = RandomStream(seed: seed, purpose: .rateDelays)
    func lines(_ rates: [Double]) -> DelayLines {
      let delays = rates.map { _ in range.lowerBound + random.integer(below: range.count) }
      return DelayLines(delays, longest: range.upperBound, before: rates)
    }
    emittedDelays = lines(emitted)
    rateDelays = lines(rate)
  }

  /// Draws the read-out from Normal(0, 1 / N), without intercepts.
  mutating func drawReadout(seed: UInt64) {
    var random = RandomStream(seed: seed, purpose: .readoutWeights)
    let deviation = 1 / Double(latent).squareRoot()
    for index in 0..<latent * visible { readout[index] = deviation * random.normal() }
  }
}
