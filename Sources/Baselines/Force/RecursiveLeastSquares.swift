/// Linear regression of many targets on the same features, brought up to date with every sample.
///
/// After any number of samples the weights are those of ridge regression on all of them, with the
/// penalty `alpha` on the squared weights.
///
/// - SeeAlso: Haykin (2002), Adaptive filter theory, chapter 9; Sussillo and Abbott (2009),
///   equations 4 and 5.
public struct RecursiveLeastSquares: Sendable {
  /// Number of features.
  public let features: Int

  /// `P`, the inverse of `alpha I + sum of r rᵀ`; symmetric, shape `[feature, feature]`.
  public var inverse: [Double]

  /// Begins with no sample.
  ///
  /// - Parameter alpha: The ridge parameter, above 0; its inverse is the learning rate at first.
  public init(features: Int, alpha: Double) {
    self.features = features
    inverse = Array(repeating: 0, count: features * features)
    for feature in 0..<features { inverse[feature * features + feature] = 1 / alpha }
  }

  /// Takes in a sample.
  ///
  /// - Parameters:
  ///   - rates: The features, shape `[feature]`.
  ///   - errors: What the weights predict for them less what they should, shape `[target]`.
  ///   - weights: Shape `[feature, target]`; brought up to date.
  /// - Complexity: O(features² + features × targets).
  public mutating func update(
    _ weights: inout [Double], rates: [Double], errors: [Double]
  ) {
    precondition(rates.count == features)
    var gain = [Double](repeating: 0, count: features)
    // P is symmetric, so its rows are its columns.
    rates.addProduct(with: inverse, to: &gain)
    let norm = 1 + zip(rates, gain).reduce(0) { $0 + $1.0 * $1.1 }
    inverse.addOuterProduct(gain, gain, factor: -1 / norm)
    weights.addOuterProduct(gain, errors, factor: -1 / norm)
  }
}
