import FoundationEssentials
import Glibc

/// Numbers with a fixed number of decimals, for people.
enum Decimals {
  /// A number rounded to some decimals.
  static func text(_ value: Double, _ decimals: Int) -> String {
    withVaList([Int32(decimals), value]) { arguments in
      var buffer = [CChar](repeating: 0, count: 512)
      vsnprintf(&buffer, buffer.count, "%.*f", arguments)
      return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
  }

  /// A number with about three significant digits.
  static func short(_ value: Double) -> String {
    let size = abs(value)
    if size == 0 { return "0" }
    if size >= 100 { return text(value, 0) }
    if size >= 10 { return text(value, 1) }
    if size >= 1 { return text(value, 2) }
    return text(value, size >= 0.1 ? 3 : size >= 0.01 ? 4 : 5)
  }
}

/// Points in time as text: ISO 8601, UTC.
enum Timestamp {
  /// The text of a time [seconds since 1970].
  static func text(_ seconds: Double) -> String {
    Date(timeIntervalSince1970: seconds)
      .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }
}
