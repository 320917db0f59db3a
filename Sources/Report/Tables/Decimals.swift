import FoundationEssentials
import Glibc
import Journal
import Parameters
import SweepPlan

/// Numbers with a fixed number of decimals, for people.
enum Decimals {
  /// A number rounded to some decimals; what is rounded to zero has no sign.
  static func text(_ value: Double, _ decimals: Int) -> String {
    let text = formatted("%.*f", value, decimals)
    let isZero = text.allSatisfy { "-0.".contains($0) }
    return isZero && text.hasPrefix("-") ? String(text.dropFirst()) : text
  }

  /// An interval in brackets.
  static func interval(_ interval: ClosedRange<Double>, _ decimals: Int) -> String {
    "[\(text(interval.lowerBound, decimals)), \(text(interval.upperBound, decimals))]"
  }

  /// A number with so many significant digits, without zeros at its end.
  static func significant(_ value: Double, _ digits: Int) -> String {
    formatted("%.*g", value, digits)
  }

  /// A number with its power of ten.
  static func scientific(_ value: Double, _ decimals: Int) -> String {
    formatted("%.*e", value, decimals)
  }

  private static func formatted(_ format: String, _ value: Double, _ decimals: Int) -> String {
    withVaList([Int32(decimals), value]) { arguments in
      var buffer = [CChar](repeating: 0, count: 512)
      vsnprintf(&buffer, buffer.count, format, arguments)
      return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
  }
}

extension ParameterValue {
  /// The value for people: of a number with many digits the first ones.
  func text(digits: Int) -> String {
    guard case .real(let value) = self else { return description }
    let short = Decimals.significant(value, digits)
    return short.utf8.count < description.utf8.count ? short : description
  }
}

/// Points in time as text: ISO 8601, UTC.
public enum Timestamp {
  /// The text of a time [seconds since 1970].
  public static func text(_ seconds: Double) -> String {
    Date(timeIntervalSince1970: seconds)
      .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }
}
