import Glibc

/// Success as a logistic function of log length and log size.
///
///     p = 1 / (1 + exp(−(b₀ + b_L log L + b_H log H)))
///
/// The probability is one half on the line `log L* = −(b₀ + b_H log H) / b_L`: a power law
/// `L* ~ H^γ` with `γ = −b_H / b_L`.
public struct LogisticFrontier: Equatable, Sendable {
  /// `b₀`.
  public let intercept: Double

  /// `b_L`, per unit of log length.
  public let lengthSlope: Double

  /// `b_H`, per unit of log size; 0 if only one size was tested.
  public let sizeSlope: Double

  /// Intercept and slopes of the standardised predictors, from which a similar fit starts.
  let coefficients: SIMD3<Double>

  /// Mean log length and log size. Computing relative to them loses less accuracy.
  private let centre: (length: Double, size: Double)

  /// Standardised slopes between this and 0 differ from 0 by rounding only.
  private static let level = -1e-6

  /// Converts the coefficients of a design to plain logarithms.
  init(_ coefficients: SIMD3<Double>, of design: LogisticDesign) {
    self.coefficients = coefficients
    centre = design.centre
    lengthSlope = coefficients.y / design.scale.length
    sizeSlope = coefficients.z / design.scale.size
    intercept =
      coefficients.x - lengthSlope * design.centre.length - sizeSlope * design.centre.size
  }

  /// Whether success falls with length; otherwise there is no frontier.
  public var falls: Bool { coefficients.y < Self.level }

  /// `γ`; nil unless success falls with length.
  public var exponent: Double? { falls ? -sizeSlope / lengthSlope : nil }

  /// `L*` at a size [notes], without censoring; nil unless success falls with length.
  ///
  /// Outside the tested lengths this extrapolates; ``CapacityAtSize`` censors it there.
  func capacity(size: Double) -> Double? {
    guard falls else { return nil }
    let logOdds = coefficients.x + sizeSlope * (log(size) - centre.size)
    return exp(centre.length - logOdds / lengthSlope)
  }

  /// Compares all coefficients.
  public static func == (left: Self, right: Self) -> Bool {
    left.coefficients == right.coefficients && left.intercept == right.intercept
      && left.lengthSlope == right.lengthSlope && left.sizeSlope == right.sizeSlope
  }
}

/// The predictors of success for each condition: log length and log size, centred and scaled.
///
/// Centring and scaling to unit standard deviation over the trials gives the penalty the same
/// meaning on every grid. A predictor that does not vary is 0.
struct LogisticDesign: Sendable {
  /// Standardised log length per condition.
  let lengths: [Double]

  /// Standardised log size per condition.
  let sizes: [Double]

  /// The means of log length and log size.
  let centre: (length: Double, size: Double)

  /// The standard deviations of log length and log size.
  let scale: (length: Double, size: Double)

  /// Standardises conditions of positive size.
  init(_ conditions: [CapacityCondition]) {
    let weights = conditions.map { Double($0.trials) }
    let length = Self.standardised(conditions.map { log($0.length) }, weights: weights)
    let size = Self.standardised(conditions.map { log($0.size) }, weights: weights)
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

extension LogisticDesign {
  /// Weight λ of the ridge penalty `λ/2 (β_L² + β_H²)` on the standardised slopes.
  ///
  /// It is small enough not to affect steep slopes that the data determine: slopes of 50 cost an
  /// eighth of a unit of log likelihood. It matters only if success and failure are perfectly
  /// separated, so that the slopes would grow without bound; the line is then about the one
  /// farthest from both.
  static let penalty = 1e-4

  private static let iterations = 200
  /// The expected gain in log likelihood below which the search ends.
  private static let gain = 1e-11

  /// Maximises the penalised likelihood by Newton's method with step halving.
  ///
  /// The likelihood is concave and every step increases it, so the search finds the maximum from
  /// any start.
  ///
  /// - Parameters:
  ///   - counts: Counts of the conditions of this design; conditions without trials are ignored.
  ///   - start: Initial coefficients, for example those of similar counts.
  /// - Returns: nil unless there are both successes and failures; otherwise the intercept has no
  ///   bound.
  func fit(
    _ counts: CapacityTallies.Counts, from start: SIMD3<Double> = .zero
  ) -> LogisticFrontier? {
    let successes = counts.successes.reduce(0, +)
    guard successes > 0, successes < counts.trials.reduce(0, +) else { return nil }
    var point = expansion(at: start, counts)
    var coefficients = start
    for _ in 0..<Self.iterations {
      var step = point.newtonStep
      // Such a gain is lost in rounding; one last full step squares the remaining error.
      guard 0.5 * (point.gradient * step).sum() > Self.gain else {
        coefficients += step
        break
      }
      var next = expansion(at: coefficients + step, counts)
      while !(next.likelihood > point.likelihood), step != .zero {
        step *= 0.5
        next = expansion(at: coefficients + step, counts)
      }
      coefficients += step
      point = next
    }
    return LogisticFrontier(coefficients, of: self)
  }

  /// The penalised likelihood and its derivatives at some coefficients.
  private func expansion(
    at coefficients: SIMD3<Double>, _ counts: CapacityTallies.Counts
  ) -> QuadraticExpansion {
    let ridge = SIMD3(0, Self.penalty, Self.penalty)
    var result = QuadraticExpansion(
      likelihood: -0.5 * (ridge * coefficients * coefficients).sum(),
      gradient: -ridge * coefficients)
    (result.second.y, result.third.z) = (Self.penalty, Self.penalty)
    for condition in lengths.indices where counts.trials[condition] > 0 {
      let predictors = SIMD3(1, lengths[condition], sizes[condition])
      let (successes, trials) = (counts.successes[condition], counts.trials[condition])
      let logOdds = (coefficients * predictors).sum()
      let decay = exp(-abs(logOdds))  // never overflows
      let probability = (logOdds > 0 ? 1 : decay) / (1 + decay)
      let weighted = trials * decay / ((1 + decay) * (1 + decay)) * predictors
      result.likelihood += successes * logOdds - trials * (max(logOdds, 0) + log1p(decay))
      result.gradient += (successes - trials * probability) * predictors
      result.first += weighted
      result.second += weighted * predictors.y
      result.third += weighted * predictors.z
    }
    return result
  }
}

/// The quadratic approximation of a function of three coefficients at a point.
private struct QuadraticExpansion {
  var likelihood: Double
  var gradient: SIMD3<Double>

  // The rows of the negative Hessian.
  var first = SIMD3<Double>.zero
  var second = SIMD3<Double>.zero
  var third = SIMD3<Double>.zero

  /// The step to the maximum of the quadratic, by Cholesky factorisation.
  var newtonStep: SIMD3<Double> {
    // Far from the maximum all weights may vanish; a lower bound keeps the direction ascending.
    let floor = 1e-12
    let l11 = (first.x + floor).squareRoot()
    let (l21, l31) = (second.x / l11, third.x / l11)
    let l22 = max(second.y - l21 * l21, floor).squareRoot()
    let l32 = (third.y - l31 * l21) / l22
    let l33 = max(third.z - l31 * l31 - l32 * l32, floor).squareRoot()

    let x = gradient.x / l11
    let y = (gradient.y - l21 * x) / l22
    let z = (gradient.z - l31 * x - l32 * y) / l33
    let last = z / l33
    let middle = (y - l32 * last) / l22
    return SIMD3((x - l21 * middle - l31 * last) / l11, middle, last)
  }
}
