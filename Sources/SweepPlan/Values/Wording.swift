/// A user's text for a message: in quotes, on one line, and not too long.
package func quoted(_ text: String, limit: Int = 60) -> String { "'\(shown(text, limit: limit))'" }

/// A user's text on one line, and not too long.
package func shown(_ text: String, limit: Int = 60) -> String {
  let isLong = text.unicodeScalars.count > limit
  let start = isLong ? String(text.unicodeScalars.prefix(limit)) : text
  return start.escapingControlCharacters + (isLong ? "…" : "")
}

/// A number with a noun, such as *3 trials*.
package func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
  "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
}

/// The end of a sentence that suggests another spelling.
package func didYouMean(_ nearest: String?) -> String {
  nearest.map { ", did you mean '\($0)'?" } ?? ""
}

extension String {
  /// The text with the names of characters that are invisible or could control a terminal, such as
  /// `<U+001B>` and `<U+00A0>`. Tabs and ends of lines become `\t`, `\n` and `\r`.
  package var escapingControlCharacters: String {
    var result = ""
    for scalar in unicodeScalars {
      if "\t\n\r".unicodeScalars.contains(scalar) {
        result += scalar.escaped(asASCII: true)
      } else if scalar == " " || !scalar.isInvisible {
        result.unicodeScalars.append(scalar)
      } else {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result +=
          "<U+" + String(repeating: "0", count: Swift.max(0, 4 - digits.count)) + digits + ">"
      }
    }
    return result
  }

  /// The known name with the fewest changed letters; nil if too many letters differ.
  ///
  /// A third of the letters may be changed, added, dropped or swapped with their neighbour, but at
  /// least one and at most three.
  package func nearest(of names: some Sequence<String>) -> String? {
    let limit = Swift.min(Swift.max(count / 3, 1), 3)
    guard count <= 60 else { return nil }
    var best: (distance: Int, name: String)?
    for name in names {
      let distance = editDistance(to: name)
      if distance <= limit, distance < best?.distance ?? .max { best = (distance, name) }
    }
    return best?.name
  }

  /// The number of letters to change, add, drop or swap to get another text.
  func editDistance(to other: String) -> Int {
    let (left, right) = (Array(self), Array(other))
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for i in left.indices {
      var row = [i + 1]
      for j in right.indices {
        var distance = Swift.min(
          last[j + 1] + 1, row[j] + 1, last[j] + (left[i] == right[j] ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          distance = Swift.min(distance, beforeLast[j - 1] + 1)
        }
        row.append(distance)
      }
      (beforeLast, last) = (last, row)
    }
    return last[right.count]
  }
}

extension Unicode.Scalar {
  fileprivate var isInvisible: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .unassigned,
      .privateUse:
      true
    // The blank of Braille is a symbol.
    default: properties.isDefaultIgnorableCodePoint || self == "\u{2800}"
    }
  }
}
