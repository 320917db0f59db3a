import LinearAlgebra

/// The derivatives of a loss with respect to all parameters of a rate network.
public struct Gradient: Equatable, Sendable {
  /// With respect to `W`, shape `[latent, latent]`.
  public var recurrent: [Double]
  /// With respect to `W_fb`, shape `[visible, latent]`.
  public var feedback: [Double]
  /// With respect to `b`, shape `[latent]`.
  public var bias: [Double]
  /// With respect to `W_out`, shape `[latent + 1, visible]`.
  public var readout: [Double]

  /// The Euclidean norm of all derivatives together.
  public var norm: Double {
    [recurrent, feedback, bias, readout].reduce(0) { sum, values in
      sum + values.reduce(0) { $0 + $1 * $1 }
    }.squareRoot()
  }
}

/// The states, activations and errors of a network of leaky rate units over some steps, from which
/// the gradient follows.
public struct Trajectory: Sendable {
  private let visible: Int
  private let latent: Int
  /// Rates of the units that arrived before each step, shape `[step, latent]`.
  private var before: [Double] = []
  /// Rates of the visible neurons that arrived before each step, shape `[step, visible]`.
  private var heard: [Double] = []
  /// `tanh(u)`, shape `[step, latent]`.
  private var activation: [Double] = []
  /// Rates of the units that arrived after each step, followed by a one, shape `[step, latent + 1]`.
  private var rates: [Double] = []
  /// The read-out minus the target, shape `[step, visible]`.
  private var errors: [Double] = []

  /// Creates a trajectory without steps.
  public init(visible: Int, latent: Int) {
    self.visible = visible
    self.latent = latent
  }

  /// Number of steps.
  public var steps: Int { errors.count / visible }

  /// Adds the latest step of a network.
  ///
  /// - Parameters:
  ///   - network: The network after the step, before the visible neurons emit new rates.
  ///   - before: Its arriving rates before the step, shape `[latent]`.
  ///   - output: The read-out after the step, shape `[visible]`.
  ///   - goal: The target rates, shape `[visible]`.
  public mutating func append(
    _ network: RateNetwork, before: [Double], output: [Double], goal: ArraySlice<Double>
  ) {
    self.before += before
    heard += network.arrivingEmitted
    activation += network.activation
    rates += network.arrivingRate
    rates.append(1)
    errors += zip(output, goal).map { $0 - $1 }
  }

  /// Removes the steps and keeps the storage.
  public mutating func removeAll() {
    before.removeAll(keepingCapacity: true)
    heard.removeAll(keepingCapacity: true)
    activation.removeAll(keepingCapacity: true)
    rates.removeAll(keepingCapacity: true)
    errors.removeAll(keepingCapacity: true)
  }

  /// The loss: half the squared error, summed over visible neurons and averaged over steps.
  public var loss: Double { errors.reduce(0) { $0 + $1 * $1 } / (2 * Double(steps)) }

  /// The derivatives of ``loss`` through all steps. The state before the first step is a constant, and
  /// so are the rates on their way to a synapse then.
  ///
  /// Backward in time, the derivative with respect to an arriving rate is as many steps late as the
  /// rate was.
  ///
  /// - Parameters:
  ///   - network: The network, with the weights that it had in all steps.
  ///   - forcing: The fraction of the target in the fed-back rates. The rest is the read-out, and
  ///     the derivative also flows through it.
  /// - SeeAlso: Werbos (1990), Backpropagation through time.
  public func gradient(of network: RateNetwork, forcing: Double) -> Gradient {
    var readoutDeltas = [Double](repeating: 0, count: steps * visible)
    var deltas = [Double](repeating: 0, count: steps * latent)
    var outputDelta = [Double](repeating: 0, count: visible)
    var next = [Double](repeating: 0, count: latent)  // with respect to u of the next step
    var carried = [Double](repeating: 0, count: latent)  // with respect to x of the next step
    var stateDelta = carried
    var arrivingDelta = carried
    var rateDelays = network.rateDelays.cleared()
    var emittedDelays = network.emittedDelays.cleared()
    for step in stride(from: steps - 1, through: 0, by: -1) {
      for neuron in 0..<visible { outputDelta[neuron] = 0 }
      if forcing < 1 && step < steps - 1 {
        next.addProduct(withTransposed: network.feedback, to: &outputDelta)
      }
      emittedDelays.pass(&outputDelta)
      for neuron in 0..<visible {
        outputDelta[neuron] =
          (1 - forcing) * outputDelta[neuron] + errors[step * visible + neuron] / Double(steps)
        readoutDeltas[step * visible + neuron] = outputDelta[neuron]
      }
      for unit in 0..<latent { stateDelta[unit] = (1 - network.leak) * carried[unit] }
      func addArriving(to target: inout [Double]) {
        next.addProduct(withTransposed: network.recurrent, to: &target)
        outputDelta.addProduct(withTransposed: network.readout, to: &target)
      }
      if rateDelays.isEmpty {
        addArriving(to: &stateDelta)
      } else {
        for unit in 0..<latent { arrivingDelta[unit] = 0 }
        addArriving(to: &arrivingDelta)
        rateDelays.pass(&arrivingDelta)
        for unit in 0..<latent { stateDelta[unit] += arrivingDelta[unit] }
      }
      for unit in 0..<latent {
        let slope = 1 - activation[step * latent + unit] * activation[step * latent + unit]
        next[unit] = network.leak * slope * stateDelta[unit]
        deltas[step * latent + unit] = next[unit]
      }
      swap(&carried, &stateDelta)
    }
    func matrix(_ values: [Double], _ columns: Int) -> Matrix {
      Matrix(rows: steps, columns: columns, values: values)
    }
    let delta = matrix(deltas, latent)
    return Gradient(
      recurrent: matrix(before, latent).transposedTimes(delta).values,
      feedback: matrix(heard, visible).transposedTimes(delta).values,
      bias: delta.columnSums,
      readout: matrix(rates, latent + 1).transposedTimes(matrix(readoutDeltas, visible)).values)
  }
}
