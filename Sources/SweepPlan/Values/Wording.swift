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

extension String {
  /// The known name that a person may have meant, nil if none is near.
  ///
  /// Near means: at most a third of the letters, but at least one and at most three, have to
  /// be changed, added, dropped or swapped with their neighbour.
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

  /// How many letters have to be changed, added, dropped or swapped to make the other text.
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
