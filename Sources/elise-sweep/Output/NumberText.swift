import Glibc
import SweepPlan

/// Numbers as people read them: no more digits than are certain, with units.
enum NumberText {
  /// A whole number with separated thousands.
  static func whole(_ value: Int) -> String {
    var text = ""
    for (place, digit) in String(value).reversed().enumerated() {
      if place > 0 && place % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }

  /// A count with its noun, as `1 trial` or `1,200 trials`.
  static func counted(_ count: Int, _ noun: String) -> String {
    "\(whole(count)) \(noun)\(count == 1 ? "" : "s")"
  }

  /// A number rounded down to two digits.
  static func roundedDown(_ value: Int) -> Int {
    var unit = 1
    while value / unit >= 100 { unit *= 10 }
    return value / unit * unit
  }

  /// A share of 1 as a percentage.
  static func percent(_ part: Double) -> String {
    part > 0 && part < 0.001 ? "< 0.1 %" : "\(threeDigits(100 * part)) %"
  }

  /// A size in memory.
  static func bytes(_ count: Int) -> String {
    let megabytes = Double(count) / 1e6
    return megabytes < 1000
      ? "\(Int(megabytes.rounded(.up))) MB" : "\(threeDigits(megabytes / 1000)) GB"
  }

  /// A duration in its two largest units, in whole seconds.
  static func duration(_ seconds: Double) -> String {
    let total = Int(seconds.rounded())
    let (days, hours, minutes) = (total / 86400, total / 3600 % 24, total / 60 % 60)
    if days > 0 { return "\(days) d \(hours) h" }
    if hours > 0 { return "\(hours) h \(minutes) min" }
    if minutes > 0 { return "\(minutes) min \(total % 60) s" }
    return "\(total) s"
  }

  /// A duration in its two largest units; a short one in three digits.
  static func fineDuration(_ seconds: Double) -> String {
    switch seconds {
    case ..<0.0009995: "\(Int((seconds * 1e6).rounded())) µs"
    case ..<0.9995: "\(threeDigits(seconds * 1000)) ms"
    case ..<99.5: "\(threeDigits(seconds)) s"
    default: duration(seconds)
    }
  }

  /// A rate in the unit that is easiest to read.
  static func rate(_ perSecond: Double) -> String {
    if perSecond >= 10 { return "\(Int(perSecond)) trials/s" }
    if perSecond >= 1 { return "\(Decimals.text(perSecond, 1)) trials/s" }
    if perSecond * 3600 >= 10 { return "\(Int((perSecond * 3600).rounded())) trials/h" }
    return "\(Decimals.text(perSecond * 86400, 1)) trials/d"
  }

  /// A time of day in the local time zone, with the date unless it is today.
  static func clock(_ moment: time_t) -> String {
    var moment = moment
    var now = time(nil)
    var local = tm()
    var today = tm()
    localtime_r(&moment, &local)
    localtime_r(&now, &today)
    let isToday = local.tm_yday == today.tm_yday && local.tm_year == today.tm_year
    let format = isToday ? "%H:%M:%S" : "%Y-%m-%d %H:%M"
    var buffer = [CChar](repeating: 0, count: 64)
    strftime(&buffer, buffer.count, format, &local)
    return String(
      decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func threeDigits(_ value: Double) -> String {
    Decimals.text(value, value < 9.995 ? 2 : value < 99.95 ? 1 : 0)
  }
}
