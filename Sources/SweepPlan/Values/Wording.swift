/// A text from outside as a message shows it: in quotes, on one line, and not too long.
package func quoted(_ text: String, limit: Int = 60) -> String { "'\(shown(text, limit: limit))'" }

/// A text from outside on one line, and not too long.
package func shown(_ text: String, limit: Int = 60) -> String {
  let isLong = text.unicodeScalars.count > limit
  let start = isLong ? String(text.unicodeScalars.prefix(limit)) : text
  return start.escapingControlCharacters + (isLong ? "…" : "")
}

/// The end of a sentence that offers another spelling.
package func didYouMean(_ nearest: String?) -> String {
  nearest.map { ", did you mean '\($0)'?" } ?? ""
}

extension String {
  /// The text with control characters, which could drive a terminal, written as `\u{1B}`.
  package var escapingControlCharacters: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        result += scalar.escaped(asASCII: true)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
