import FoundationEssentials

/// Texts of durations: `90s`, `55m`, `1.5h`, `2d`.
public enum DurationText {
  /// The allowed texts, for messages.
  public static let allowed = "a finite number above 0 with its unit, s, m, h or d, such as 55m"

  private static let units: [(letter: Character, seconds: Double)] = [
    ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400),
  ]

  /// Reads a duration [s]; nil for anything but a positive number with its unit.
  public static func seconds(_ text: String) -> Double? {
    guard let letter = text.last, let unit = units.first(where: { $0.letter == letter }),
      isDecimal(String(text.dropLast())),
      case let seconds = (Double(text.dropLast()) ?? 0) * unit.seconds, seconds > 0,
      seconds.isFinite
    else { return nil }
    return seconds
  }

  /// The text of a duration [s] in the largest unit that makes the number at least 1.
  public static func text(_ seconds: Double) -> String {
    let unit = units.last { seconds >= $0.seconds } ?? units[0]
    let tenths = (seconds / unit.seconds * 10).rounded() / 10
    return tenths == tenths.rounded() ? "\(Int(tenths))\(unit.letter)" : "\(tenths)\(unit.letter)"
  }
}

extension Duration {
  /// The duration in seconds.
  package var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}

/// Texts of points in time.
package enum Timestamp {
  /// A time [seconds since 1970] in ISO 8601, UTC.
  package static func text(_ seconds: Double) -> String {
    Date(timeIntervalSince1970: seconds)
      .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }
}
