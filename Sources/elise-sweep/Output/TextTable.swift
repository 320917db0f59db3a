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

  /// Rows of equally many fields in columns that end at the same place.
  static func rightAligned(_ rows: [[String]], indent: Int = 2) -> String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max()! }
    return rows.map { row in
      let fields = zip(row, widths).map { field, width in
        String(repeating: " ", count: width - field.count) + field
      }
      return String(repeating: " ", count: indent) + fields.joined(separator: "  ")
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
