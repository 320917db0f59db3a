import Glibc
import Parameters

/// Texts of numbers with a given number of digits.
package enum Decimals {
  /// A number rounded to some decimals; a result of zero has no sign.
  package static func text(_ value: Double, _ decimals: Int) -> String {
    let text = formatted("%.*f", value, decimals)
    let isZero = text.allSatisfy { "-0.".contains($0) }
    return isZero && text.hasPrefix("-") ? String(text.dropFirst()) : text
  }

  /// An interval in brackets.
  package static func interval(_ interval: ClosedRange<Double>, _ decimals: Int) -> String {
    "[\(text(interval.lowerBound, decimals)), \(text(interval.upperBound, decimals))]"
  }

  /// A number with at most this many significant digits, without trailing zeros.
  package static func significant(_ value: Double, _ digits: Int) -> String {
    formatted("%.*g", value, digits)
  }

  /// A number with at least four significant digits, without trailing zeros, or as a whole number.
  package static func short(_ value: Double) -> String {
    let size = abs(value)
    if value == value.rounded() && size < 1e15 { return text(value, 0) }
    switch size {
    case 1000...: return text(value, 0)
    case 100...: return trimmed(value, 1)
    case 10...: return trimmed(value, 2)
    case 1...: return trimmed(value, 3)
    case 1e-4...: return trimmed(value, 4)
    default: return formatted("%.*e", value, 2)
    }
  }

  private static func trimmed(_ value: Double, _ decimals: Int) -> String {
    var text = text(value, decimals)
    while text.last == "0" { text.removeLast() }
    return text.last == "." ? String(text.dropLast()) : text
  }

  private static func formatted(_ format: String, _ value: Double, _ digits: Int) -> String {
    withVaList([Int32(digits), value]) { arguments in
      var buffer = [CChar](repeating: 0, count: 512)
      vsnprintf(&buffer, buffer.count, format, arguments)
      return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
  }
}

extension ParameterValue {
  /// The value with at most this many significant digits.
  package func text(digits: Int) -> String {
    guard case .real(let value) = self else { return description }
    let short = Decimals.significant(value, digits)
    return short.utf8.count < description.utf8.count ? short : description
  }
}
