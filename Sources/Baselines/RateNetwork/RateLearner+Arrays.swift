public import NeuralCore

extension RateLearner {
  /// The network as the next replay begins with it. Matrices have a row per *postsynaptic* neuron, as in
  /// docs/model.md, *Baselines*.
  ///
  /// - Complexity: That of ``RateRule/begin(_:learning:)``; for an echo-state network, a regression.
  public var arrays: [NetworkArray] {
    var network = network
    var rule = rule
    // Some rules compute the read-out only when it is needed. This one is a copy.
    rule.begin(&network, learning: false)
    return Self.weights(of: network) + states(of: network)
  }

  private static func weights(of network: RateNetwork) -> [NetworkArray] {
    let (visible, latent) = (network.visible, network.latent)
    return [
      NetworkArray(
        "recurrent_weight", .weight, [.latent, .latentPre], "weight between latent neurons, W",
        transposed(network.recurrent, columns: latent)),
      NetworkArray(
        "feedback_weight", .weight, [.latent, .visiblePre],
        "weight from visible to latent neurons, W_fb",
        transposed(network.feedback, columns: latent)),
      NetworkArray("bias", .weight, [.latent], "bias of latent neurons, b", network.bias),
      NetworkArray(
        "readout_weight", .weight, [.visible, .latentPre],
        "weight from latent to visible neurons, W_out without intercepts",
        transposed(network.readout.dropLast(visible), columns: visible)),
      NetworkArray(
        "readout_bias", .weight, [.visible], "intercept of the read-out, last column of W_out",
        Array(network.readout.suffix(visible))),
    ]
  }

  private func states(of network: RateNetwork) -> [NetworkArray] {
    let states = [
      NetworkArray("state", .state, [.latent], "state of latent neurons, x", network.state),
      NetworkArray(
        "rate", .state, [.neuron], "rate in the last step", network.emitted + network.rate),
    ]
    guard !network.rateDelays.isEmpty else { return states }
    let delays = network.emittedDelays.delays + network.rateDelays.delays
    let (emitted, rates) = (network.emittedDelays.past, network.rateDelays.past)
    var past: [Double] = []
    for step in 0..<network.rateDelays.longest {
      past += emitted[step * visible..<(step + 1) * visible]
      past += rates[step * latent..<(step + 1) * latent]
    }
    return states + [
      NetworkArray(
        "delay", .state, [.neuron], unit: "ms", "delay of the rates of a neuron",
        delays.map { (Double($0) * stepDuration * 1e6).rounded() / 1e6 }),
      NetworkArray(
        "past_rate", .state, [.pastStep, .neuron],
        "rates in the steps of the model before the last one, oldest first", past),
    ]
  }

  /// A matrix with rows and columns exchanged.
  private static func transposed(_ values: some Sequence<Double>, columns: Int) -> [Double] {
    let values = Array(values)
    let rows = values.count / columns
    return (0..<columns).flatMap { column in (0..<rows).map { values[$0 * columns + column] } }
  }
}
