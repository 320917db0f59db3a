/// Linear regression of many targets on the same features, with an intercept and a ridge penalty.
///
/// Features are standardised, so that the penalty does not depend on their units. The intercept is not
/// penalised. All targets use one factorisation.
///
/// - SeeAlso: Hoerl and Kennard (1970), Ridge regression: biased estimation for nonorthogonal
///   problems.
public struct RidgeRegression: Sendable {
  /// A standard deviation below this fraction of the mean is rounding error.
  private static let smallestRelativeDeviation = 1e-12

  /// The weights of the standardised features, shape `[target, feature]`.
  public let weights: Matrix

  /// The predictions if every feature has its mean, shape `[target]`.
  public let intercepts: [Double]

  private let means: [Double]
  private let scales: [Double]

  /// Fits weights and intercepts.
  ///
  /// - Parameters:
  ///   - sums: The sums over the samples.
  ///   - penalty: The ridge parameter as a fraction of the mean diagonal element of the features'
  ///     Gram matrix. It acts like independent noise on the features, with this fraction of their
  ///     variance.
  ///   - constantDeviation: A feature with at most this standard deviation gets the weight zero.
  /// - Returns: Nil if a number or its square is not finite, or if the features are not independent and
  ///   the penalty is zero.
  /// - Complexity: O(features² × (features + targets)).
  public init?(_ sums: consuming RegressionSums, penalty: Double, constantDeviation: Double = 0) {
    precondition(penalty >= 0 && constantDeviation >= 0)
    guard let centred = sums.centred() else { return nil }
    let samples = centred.samples
    let means = centred.featureMeans
    intercepts = centred.targetMeans
    // These are not shared, so the code below changes them in place.
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
      // The sum of squares of a standardised feature is the number of samples. A constant feature gets
      // the weight zero, with or without a penalty.
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

  /// Predicts the targets of other samples.
  ///
  /// - Parameter features: Shape `[sample, feature]`.
  /// - Returns: Shape `[sample, target]`.
  public func predictions(for features: Matrix) -> Matrix {
    var standardised = features.shifted(by: means)
    standardised.scaleColumns(by: scales)
    return standardised.times(transposed: weights).shifted(by: intercepts.map { -$0 })
  }
}
