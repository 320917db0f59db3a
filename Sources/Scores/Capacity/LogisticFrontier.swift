#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Success as a logistic function of log length and log size.
///
///     p = 1 / (1 + exp(−(b₀ + b_L log L + b_H log H)))
///
/// One half lies on the line `log L* = −(b₀ + b_H log H) / b_L`: a power law `L* ~ H^γ` with
/// `γ = −b_H / b_L`.
public struct LogisticFrontier: Equatable, Sendable {
  /// `b₀`.
  public let intercept: Double

  /// `b_L`, per unit of log length.
  public let lengthSlope: Double

  /// `b_H`, per unit of log size; 0 where only one size was tested.
  public let sizeSlope: Double

  /// Intercept and slopes along the standardised predictors, to start a similar fit from.
  let coefficients: SIMD3<Double>

  /// Mean log length and log size: far from it the line is read with less accuracy.
  private let centre: (length: Double, size: Double)

  /// Standardised slopes flatter than this differ from level by rounding only.
  private static let level = -1e-6

  /// Converts coefficients of a design to plain logarithms.
  init(_ coefficients: SIMD3<Double>, of design: LogisticDesign) {
    self.coefficients = coefficients
    centre = design.centre
    lengthSlope = coefficients.y / design.scale.length
    sizeSlope = coefficients.z / design.scale.size
    intercept =
      coefficients.x - lengthSlope * design.centre.length - sizeSlope * design.centre.size
  }

  /// Whether success falls with length, without which there is no frontier.
  public var falls: Bool { coefficients.y < Self.level }

  /// `γ`; missing unless success falls with length.
  public var exponent: Double? { falls ? -sizeSlope / lengthSlope : nil }

  /// `L*` at a size, *wherever* it lies; missing unless success falls with length.
  ///
  /// Outside the tested lengths this extrapolates: ``CapacityFit`` censors it there.
  func capacity(size: Double) -> Double? {
    guard falls else { return nil }
    let logOdds = coefficients.x + sizeSlope * (log(size) - centre.size)
    return exp(centre.length - logOdds / lengthSlope)
  }

  /// Compares what was fitted.
  public static func == (left: Self, right: Self) -> Bool {
    left.coefficients == right.coefficients && left.intercept == right.intercept
      && left.lengthSlope == right.lengthSlope && left.sizeSlope == right.sizeSlope
  }
}
