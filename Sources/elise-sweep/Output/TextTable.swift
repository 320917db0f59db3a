/// Lays out text in lines and columns.
enum TextTable {
  /// The width of texts on standard output.
  static var width: Int { width(in: Console.resultColumns) }

  /// The width of texts in a terminal with that many columns, or in a file.
  static func width(in columns: Int?) -> Int { min(max(columns ?? 96, 40), 96) }

  /// The width below which a column of text is not worth having.
  private static let narrowest = 24

  /// Rows of a name and a text; the texts are aligned and wrapped. In a narrow terminal each text is
  /// below its name.
  static func twoColumns(
    _ rows: [(String, String)], indent: Int = 2, width: Int = width
  ) -> String {
    let beside = indent + (rows.map(\.0.count).max() ?? 0) + 2
    let isStacked = width - beside < narrowest
    let column = isStacked ? indent + 4 : beside
    return rows.map { name, text in
      let first = String(repeating: " ", count: indent) + name
      let lines = wrap(text, width: width - column)
      let rest = lines.map { String(repeating: " ", count: column) + $0 }
      return
        (isStacked
        ? [first] + rest
        : [first + rest[0].dropFirst(first.count)] + rest.dropFirst()).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  /// Rows of equally many fields in right-aligned columns.
  static func rightAligned(_ rows: [[String]], indent: Int = 2) -> String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max()! }
    return rows.map { row in
      let fields = zip(row, widths).map { field, width in
        String(repeating: " ", count: width - field.count) + field
      }
      return String(repeating: " ", count: indent) + fields.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  /// Wraps paragraphs, which are separated by empty lines.
  static func paragraphs(_ text: String, width: Int = width) -> String {
    text.split(separator: "\n\n").map { wrap(String($0), width: width).joined(separator: "\n") }
      .joined(separator: "\n\n")
  }

  /// Wraps the lines of a Markdown text except those of tables.
  static func sentences(_ text: String, width: Int) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
      line.count <= width || line.hasPrefix("|") ? [String(line)] : wrap(String(line), width: width)
    }.joined(separator: "\n")
  }

  /// Breaks a text between words into at least one line.
  static func wrap(_ text: String, width: Int) -> [String] {
    var lines = [""]
    for word in text.split(whereSeparator: \.isWhitespace) {
      let last = lines[lines.count - 1]
      if last.isEmpty || last.count + 1 + word.count <= width {
        lines[lines.count - 1] += (last.isEmpty ? "" : " ") + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
