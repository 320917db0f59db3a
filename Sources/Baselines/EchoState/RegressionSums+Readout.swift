import LinearAlgebra

extension RegressionSums {
  /// Sums over no states and goals of a network.
  ///
  /// States lie between -1 and 1 and goals near 0: the origin will do.
  init(latent: Int, visible: Int) {
    self.init(
      featureOrigins: Array(repeating: 0, count: latent),
      targetOrigins: Array(repeating: 0, count: visible))
  }

  /// The read-out, shape `[latent + 1, visible]`, the last row its intercepts.
  ///
  /// The intercept is not penalised: states and targets are centred first.
  ///
  /// - Parameter ridge: The penalty over the number of samples, in squared units of the states.
  /// - Returns: Nothing where the states are not finite, or not independent to rounding.
  /// - SeeAlso: Hoerl and Kennard (1970); Lukosevicius (2012), equation 9.
  func readout(ridge: Double) -> [Double]? {
    guard let (weights, intercepts) = weights(penalty: ridge) else { return nil }
    return (0..<weights.columns).flatMap { unit in
      (0..<weights.rows).map { weights[$0, unit] }
    } + intercepts
  }
}
