import Glibc

/// A range of numbers from a sweep file. It includes `from`, and `to` if the steps reach it.
enum ValueRange: Equatable {
  /// `from`, `from + step`, … up to `to`.
  case integers(from: Int, to: Int, step: Int)
  /// `from`, `from + step`, … up to `to`.
  case reals(from: Double, to: Double, step: Double)
  /// `count` numbers with the same distance, or with the same ratio.
  case points(from: Double, to: Double, count: Int, logarithmic: Bool)

  /// The number of numbers; nil beyond `Int.max`.
  var count: Int? {
    switch self {
    case .integers(let from, let to, let step):
      let (span, overflow) = to.subtractingReportingOverflow(from)
      guard !overflow, span / step < .max else { return nil }
      return span / step + 1
    case .reals(let from, let to, let step):
      // (0.3 - 0.1) / 0.1 is a little less than 2 and must count as 2.
      let steps = (to - from) / step
      let error = 4 * (Swift.max(abs(from), abs(to)).ulp / step + steps.ulp)
      let whole = abs(steps - steps.rounded()) <= error ? steps.rounded() : steps.rounded(.down)
      return Int(exactly: whole + 1)
    case .points(_, _, let count, _): return count
    }
  }

  /// The numbers, ascending.
  ///
  /// Each is computed from its index, so errors do not add up, and then rounded to the shortest decimal
  /// within the error: steps of 0.1 give 0.3, not 0.30000000000000004.
  func values() -> [Double] {
    guard let count else { preconditionFailure("a range is counted before it is expanded") }
    switch self {
    case .integers: preconditionFailure("integers have values of their own")
    case .reals(let from, let to, let step):
      let error = 4 * Swift.max(abs(from), abs(to)).ulp
      return (0..<count).map { index in
        index == 0
          ? from
          : Swift.min(shortestDecimal(near: from + Double(index) * step, within: error), to)
      }
    case .points(let from, let to, _, let logarithmic):
      let last = Double(count - 1)
      return (0..<count).map { index in
        if index == 0 { return from }
        if index == count - 1 { return to }
        let part = Double(index) / last
        guard logarithmic else {
          let error = 4 * Swift.max(abs(from), abs(to)).ulp
          let direct = from + (to - from) * Double(index) / last
          // The difference of two distant ends may overflow.
          return shortestDecimal(
            near: direct.isFinite ? direct : from * (1 - part) + to * part, within: error)
        }
        let value = exp(log(from) + (log(to) - log(from)) * part)
        return Swift.min(Swift.max(shortestDecimal(near: value, within: 64 * value.ulp), from), to)
      }
    }
  }

  /// The integers of a range of integers, ascending.
  func integers() -> [Int] {
    guard case .integers(let from, _, let step) = self, let count else {
      preconditionFailure("only a range of integers that was counted has them")
    }
    return (0..<count).map { from + $0 * step }
  }
}

/// The decimal with the fewest digits that differs from a number by at most `error`; the number
/// itself if no decimal of up to 15 digits does.
func shortestDecimal(near number: Double, within error: Double) -> Double {
  guard number.isFinite, abs(number) > error else { return number.isFinite ? 0 : number }
  let exponent = Int(log10(abs(number)).rounded(.down))
  for digits in 1...15 {
    let power = digits - 1 - exponent
    // Powers of ten up to 22 are exact, so that the result is the decimal's own Double.
    guard abs(power) <= 22 else { continue }
    let scale = pow(10, Double(abs(power)))
    let candidate =
      power >= 0 ? (number * scale).rounded() / scale : (number / scale).rounded() * scale
    if abs(candidate - number) <= error { return candidate }
  }
  return number
}
