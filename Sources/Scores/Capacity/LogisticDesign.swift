#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The cells of a sweep as predictors of success: log length and log size, centred and scaled.
///
/// Centring and scaling (to unit standard deviation over the trials) make the penalty mean the
/// same on every grid; a predictor that does not vary is zero throughout.
struct LogisticDesign: Sendable {
  /// Standardised log length per cell.
  let lengths: [Double]

  /// Standardised log size per cell.
  let sizes: [Double]

  /// What was subtracted from log length and log size.
  let centre: (length: Double, size: Double)

  /// By what the differences were divided.
  let scale: (length: Double, size: Double)

  /// Standardises cells of positive size.
  init(_ cells: [CapacityCell]) {
    let weights = cells.map { Double($0.trials) }
    let length = Self.standardised(cells.map { log($0.length) }, weights: weights)
    let size = Self.standardised(cells.map { log($0.size) }, weights: weights)
    (lengths, sizes) = (length.values, size.values)
    centre = (length.centre, size.centre)
    scale = (length.scale, size.scale)
  }

  private static func standardised(
    _ values: [Double], weights: [Double]
  ) -> (values: [Double], centre: Double, scale: Double) {
    guard let first = values.first, values.contains(where: { $0 != first }) else {
      return (values.map { _ in 0 }, values.first ?? 0, 1)
    }
    let total = weights.reduce(0, +)
    let centre = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
    let squares = zip(values, weights).reduce(0) {
      $0 + $1.1 * ($1.0 - centre) * ($1.0 - centre)
    }
    let scale = (squares / total).squareRoot()
    return (values.map { ($0 - centre) / scale }, centre, scale)
  }
}
