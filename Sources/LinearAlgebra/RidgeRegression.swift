/// Linear regression of many targets on the same features, with an intercept and a ridge penalty.
///
/// Features are standardised, so that the penalty does not depend on their units; the intercept is
/// not penalised. One factorisation serves all targets.
///
/// - SeeAlso: Hoerl and Kennard (1970), Ridge regression: biased estimation for nonorthogonal
///   problems.
public struct RidgeRegression: Sendable {
  /// A feature whose standard deviation is below this fraction of its mean is rounding error.
  private static let smallestRelativeDeviation = 1e-12

  /// Weights of the standardised features, shape `[target, feature]`.
  public let weights: Matrix

  /// What is predicted where every feature has its mean, shape `[target]`.
  public let intercepts: [Double]

  private let means: [Double]
  private let scales: [Double]

  /// Fits weights and intercepts.
  ///
  /// - Parameters:
  ///   - sums: The samples.
  ///   - penalty: The ridge parameter as a fraction of the mean diagonal element of the features'
  ///     Gram matrix. It acts like independent noise on the features whose variance is this fraction
  ///     of theirs.
  ///   - constantDeviation: A feature whose standard deviation is not above this says nothing.
  /// - Returns: Nothing where a number or its square is not finite, or without penalty where the
  ///   features are not independent.
  /// - Complexity: O(features² × (features + targets)).
  public init?(_ sums: consuming RegressionSums, penalty: Double, constantDeviation: Double = 0) {
    precondition(penalty >= 0 && constantDeviation >= 0)
    guard let centred = sums.centred() else { return nil }
    let samples = centred.samples
    let means = centred.featureMeans
    intercepts = centred.targetMeans
    // Nobody else holds these: all below happens in their place.
    var gram = centred.gram
    var cross = centred.cross
    guard gram.isFinite, cross.isFinite else { return nil }
    let scales = means.indices.map { feature in
      let deviation = (max(0, gram[feature, feature]) / samples).squareRoot()
      let constant = max(constantDeviation, Self.smallestRelativeDeviation * abs(means[feature]))
      return deviation > constant ? 1 / deviation : 0
    }
    for feature in scales.indices {
      for other in 0..<feature { gram[feature, other] *= scales[feature] * scales[other] }
      // That of a feature that varies is the number of samples. A constant feature gets the weight
      // zero, with or without a penalty.
      gram[feature, feature] = samples * (scales[feature] == 0 ? 1 : 1 + penalty)
    }
    guard let factor = CholeskyFactor(consume gram) else { return nil }
    cross.scaleColumns(by: scales)
    let weights = factor.solution(forRowsOf: consume cross)
    guard weights.isFinite else { return nil }
    self.means = means
    self.scales = scales
    self.weights = weights
  }

  /// What the fit says of other samples, shape `[sample, target]`.
  ///
  /// - Parameter features: Shape `[sample, feature]`.
  public func predictions(for features: Matrix) -> Matrix {
    var standardised = features.shifted(by: means)
    standardised.scaleColumns(by: scales)
    return standardised.times(transposed: weights).shifted(by: intercepts.map { -$0 })
  }
}
