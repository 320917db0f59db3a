import Glibc

/// Distances between tics that are easy to read.
enum TicStep {
  /// A step of 1, 2 or 5 times a power of ten that gives at most about so many tics from 0 on.
  static func linear(to end: Double, count: Int) -> Double {
    guard end > 0, end.isFinite else { return 1 }
    let power = pow(10, (log10(end / Double(count))).rounded(.down))
    let step = [1.0, 2, 5, 10].first { $0 * power * Double(count) >= end * 0.999 } ?? 10
    return step * power
  }

  /// Values of 1, 2 or 5 times a power of ten within a range, or only powers where these are many.
  static func logarithmic(_ range: ClosedRange<Double>) -> [Double] {
    let powers =
      Int(log10(range.lowerBound).rounded(.down))...Int(log10(range.upperBound).rounded(.up))
    let decades = log10(range.upperBound / range.lowerBound)
    let factors: [Double] = decades > 3 ? [1] : decades > 1.5 ? [1, 3] : [1, 2, 5]
    return powers.flatMap { power in factors.map { $0 * pow(10, Double(power)) } }
      .filter(range.contains)
  }
}
