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
  ///   - features: Shape `[sample, feature]`.
  ///   - targets: Shape `[sample, target]`.
  ///   - penalty: The ridge parameter as a fraction of the mean diagonal element of the features'
  ///     Gram matrix. It acts like independent noise on the features whose variance is this fraction
  ///     of theirs.
  ///   - constantDeviation: A feature whose standard deviation is not above this says nothing.
  /// - Returns: Nothing where a number or its square is not finite, or without penalty where the
  ///   features are not independent.
  /// - Complexity: O(samples × features × (features + targets) + features³).
  public init?(
    features: Matrix, targets: Matrix, penalty: Double, constantDeviation: Double = 0
  ) {
    precondition(features.rows == targets.rows && penalty >= 0 && constantDeviation >= 0)
    guard features.isFinite && targets.isFinite else { return nil }
    let means = features.columnMeans
    let deviations = features.columnDeviations(from: means)
    guard deviations.allSatisfy(\.isFinite) else { return nil }
    let scales = zip(means, deviations).map { mean, deviation in
      deviation > max(constantDeviation, Self.smallestRelativeDeviation * abs(mean))
        ? 1 / deviation : 0
    }
    let standardised = features.shifted(by: means, scaledBy: scales)
    let intercepts = targets.columnMeans

    // Every diagonal element of a feature that varies is the number of samples.
    var gram = standardised.gram
    for feature in 0..<features.columns {
      gram[feature, feature] += penalty * Double(features.rows)
      // A constant feature gets the weight zero, with or without a penalty.
      if scales[feature] == 0 { gram[feature, feature] = Double(features.rows) }
    }
    guard let factor = CholeskyFactor(gram) else { return nil }
    let weights = factor.solution(
      forRowsOf: targets.shifted(by: intercepts).transposedTimes(standardised))
    guard weights.isFinite else { return nil }
    self.means = means
    self.scales = scales
    self.intercepts = intercepts
    self.weights = weights
  }

  /// What the fit says of other samples, shape `[sample, target]`.
  ///
  /// - Parameter features: Shape `[sample, feature]`.
  public func predictions(for features: Matrix) -> Matrix {
    features.shifted(by: means, scaledBy: scales).times(transposed: weights)
      .shifted(by: intercepts.map { -$0 })
  }
}
