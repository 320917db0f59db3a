/// Lays out text in columns.
enum TextTable {
  /// The width that help texts keep to.
  static let width = 96

  /// Rows of a name and a text; the texts are aligned and wrapped.
  static func twoColumns(_ rows: [(String, String)], indent: Int = 2) -> String {
    let column = indent + (rows.map(\.0.count).max() ?? 0) + 2
    return rows.map { name, text in
      let lines = wrap(text, width: width - column)
      let first = String(repeating: " ", count: indent) + name
      let padding = String(repeating: " ", count: column - first.count)
      let rest = lines.dropFirst().map { "\n" + String(repeating: " ", count: column) + $0 }
      return first + padding + (lines.first ?? "") + rest.joined()
    }.joined(separator: "\n")
  }

  /// Breaks a text between words.
  static func wrap(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
