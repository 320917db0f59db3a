import FoundationEssentials

/// Durations as people write them: `90s`, `55m`, `1.5h`, `2d`.
public enum DurationText {
  /// What a message says is allowed.
  public static let allowed = "a number with its unit, s, m, h or d, such as 55m"

  private static let units: [(letter: Character, seconds: Double)] = [
    ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400),
  ]

  /// The seconds that a text says; nil for anything but a positive number with its unit.
  public static func seconds(_ text: String) -> Double? {
    guard let letter = text.last, let unit = units.first(where: { $0.letter == letter }),
      let number = Double(text.dropLast()), number.isFinite, number > 0
    else { return nil }
    return number * unit.seconds
  }

  /// Seconds in the largest unit that gives a short number.
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

/// Points in time as text: ISO 8601, UTC.
package enum Timestamp {
  /// The text of a time [seconds since 1970].
  package static func text(_ seconds: Double) -> String {
    Date(timeIntervalSince1970: seconds)
      .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }
}
