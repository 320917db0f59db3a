/// The sums over samples that a ridge regression needs. Their size does not depend on the number of
/// samples.
public struct RegressionSums: Sendable {
  /// The sums of deviations from the means, not divided by the number of samples.
  struct Centred {
    let samples: Double
    /// The means of the features, shape `[feature]`, and of the targets, shape `[target]`.
    let featureMeans: [Double]
    let targetMeans: [Double]
    /// The products of all pairs of features, shape `[feature, feature]`.
    let gram: SymmetricMatrix
    /// The products of targets and features, shape `[target, feature]`.
    let cross: Matrix
  }

  private let featureOrigins: [Double]
  private let targetOrigins: [Double]
  private var samples = 0.0
  // Sums of the features, the targets and their products, relative to the origins.
  private var features: [Double]
  private var targets: [Double]
  private var gram: SymmetricMatrix
  private var cross: Matrix

  /// Creates sums over no samples.
  ///
  /// - Parameters:
  ///   - featureOrigins: The numbers to subtract from each feature before summation, shape `[feature]`.
  ///     The nearer they are to the feature's mean, in standard deviations, the smaller the rounding
  ///     error.
  ///   - targetOrigins: The same for each target, shape `[target]`.
  public init(featureOrigins: [Double], targetOrigins: [Double]) {
    self.featureOrigins = featureOrigins
    self.targetOrigins = targetOrigins
    features = Array(repeating: 0, count: featureOrigins.count)
    targets = Array(repeating: 0, count: targetOrigins.count)
    gram = SymmetricMatrix(order: featureOrigins.count)
    cross = Matrix(rows: targetOrigins.count, columns: featureOrigins.count)
  }

  /// Adds samples.
  ///
  /// - Parameters:
  ///   - features: Shape `[sample, feature]`.
  ///   - targets: Shape `[sample, target]`.
  /// - Complexity: O(samples × features × (features + targets)).
  public mutating func add(features: consuming Matrix, targets: consuming Matrix) {
    precondition(features.rows == targets.rows)
    let features = (consume features).shifted(by: featureOrigins)
    let targets = (consume targets).shifted(by: targetOrigins)
    samples += Double(features.rows)
    self.features.add(features.columnSums)
    self.targets.add(targets.columnSums)
    gram.add(gramOf: features)
    cross.add(transposed: targets, times: features)
  }

  /// Returns the sums of deviations from the means, or nil without samples.
  consuming func centred() -> Centred? {
    guard samples > 0 else { return nil }
    let featureShifts = features.map { $0 / samples }
    let targetShifts = targets.map { $0 / samples }
    func row(_ values: [Double]) -> Matrix {
      Matrix(rows: 1, columns: values.count, values: values)
    }
    gram.add(gramOf: row(featureShifts), times: -samples)
    cross.add(
      transposed: row(targetShifts.map { -samples * $0 }), times: row(featureShifts))
    return Centred(
      samples: samples,
      featureMeans: zip(featureOrigins, featureShifts).map { $0 + $1 },
      targetMeans: zip(targetOrigins, targetShifts).map { $0 + $1 },
      gram: gram, cross: cross)
  }

  /// Fits a ridge regression of the targets on the features without standardisation, with an intercept.
  ///
  /// - Parameter penalty: The ridge parameter divided by the number of samples [square of the features'
  ///   unit].
  /// - Returns: The weights, shape `[target, feature]`, and the intercepts, shape `[target]`; nil if the
  ///   features are not finite or, within rounding error, not independent.
  /// - Complexity: O(features² (features + targets)).
  public consuming func weights(penalty: Double) -> (weights: Matrix, intercepts: [Double])? {
    guard let sums = centred(), sums.cross.isFinite else { return nil }
    var gram = sums.gram
    for feature in 0..<gram.order { gram[feature, feature] += penalty * sums.samples }
    guard let factor = CholeskyFactor(consume gram) else { return nil }
    let weights = factor.solution(forRowsOf: sums.cross)
    let explained = weights.times(
      transposed: Matrix(rows: 1, columns: weights.columns, values: sums.featureMeans))
    return (weights, zip(sums.targetMeans, explained.values).map { $0 - $1 })
  }

  /// The sums by name, for checkpoints.
  public var numbers: [String: [Double]] {
    get {
      [
        "samples": [samples], "features": features, "targets": targets, "gram": gram.values,
        "cross": cross.values,
      ]
    }
    set {
      samples = newValue["samples"]![0]
      features = newValue["features"]!
      targets = newValue["targets"]!
      gram = SymmetricMatrix(order: gram.order, values: newValue["gram"]!)
      cross = Matrix(rows: cross.rows, columns: cross.columns, values: newValue["cross"]!)
    }
  }
}

extension [Double] {
  /// Adds the numbers of another array of the same length.
  fileprivate mutating func add(_ other: [Double]) {
    for index in indices { self[index] += other[index] }
  }
}
