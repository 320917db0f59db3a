import Parameters
import SweepPlan

/// Texts and numbers in the scripts and data of gnuplot.
enum GnuplotText {
  /// A text as a quoted string, in which gnuplot expands no command, macro or markup.
  ///
  /// Single quotes keep gnuplot from looking into a string. Terminals are set to `noenhanced`.
  static func quoted(_ text: String, limit: Int = 60) -> String {
    "'" + shortened(line(text), limit).map { $0 == "'" ? "''" : String($0) }.joined() + "'"
  }

  /// A text on one line, without control characters.
  static func line(_ text: String) -> String {
    var line = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isControl =
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: true
        default: false
        }
      line.append(isControl ? " " : scalar)
    }
    return String(line)
  }

  /// A text of at most `limit` characters; a longer one keeps its end, which distinguishes paths.
  static func shortened(_ text: String, _ limit: Int) -> String {
    text.count <= limit ? text : "…" + text.suffix(limit - 1)
  }

  static func number(_ value: Double) -> String {
    value.isFinite ? ParameterValue.real(value).description : "NaN"
  }

  /// The command that sets the range of an axis.
  static func range(_ axis: String, _ low: Double, _ high: Double) -> String {
    "set \(axis)range [\(number(low)):\(number(high))]"
  }
}

/// Words for axes and legends.
enum FigureWords {
  static func label(_ parameter: Parameter) -> String { label(parameter.key, parameter.unit) }
  static func label(_ axis: PlanAxis) -> String { label(Parameter.named(axis.key)!) }
  static func label(_ column: ScoreColumn) -> String { label(column.key, column.unit) }

  private static func label(_ key: String, _ unit: String?) -> String {
    switch key {
    case "latent", "visible": return key + " neurons"
    case "recalled": return "fraction recalled"
    default:
      let words = words(key)
      guard let unit, !words.contains(unit) else { return words }
      return "\(words) (\(unit))"
    }
  }

  /// A key with spaces; for the frontier of searches along a key, a name.
  static func words(_ key: String) -> String {
    if key.hasSuffix("_met") { return "frontier of " + words(String(key.dropLast(4))) }
    return key.split(separator: "_").joined(separator: " ")
  }

  /// A value in a legend: the last part of a path without extension, or a number with four digits.
  static func short(_ value: ParameterValue, limit: Int = 24) -> String {
    var text = value.text(digits: 4)
    if case .text = value {
      if let slash = text.lastIndex(of: "/") { text = String(text[text.index(after: slash)...]) }
      if let dot = text.lastIndex(of: "."), dot > text.startIndex { text = String(text[..<dot]) }
    }
    return GnuplotText.shortened(GnuplotText.line(text), limit)
  }
}
