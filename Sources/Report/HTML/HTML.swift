/// Pieces of HTML; texts are escaped, so that none can act as markup or script.
enum HTML {
  /// A text as it may appear between tags or in a quoted attribute.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  static func section(_ id: String, _ heading: String, _ body: String) -> String {
    """
    <section id="\(id)">
    <h2>\(escaped(heading))</h2>
    \(body)
    </section>

    """
  }

  static func paragraph(_ text: String) -> String { "<p>\(escaped(text))</p>\n" }

  /// The most columns of a table that fit on paper.
  static let printedColumns = 12

  /// A table that sorts by a column when its head is clicked.
  ///
  /// - Parameters:
  ///   - id: A name for it, of letters.
  ///   - head: The heads of the columns, plain text.
  ///   - rows: The fields, plain text.
  static func table(_ id: String, head: [String], _ rows: [[String]]) -> String {
    let heads = head.map {
      "<th scope=\"col\"><button type=\"button\">\(escaped($0))</button></th>"
    }
    let body = rows.map { row in
      "<tr>" + row.map { "<td>\(escaped($0))</td>" }.joined() + "</tr>\n"
    }
    return """
      <div class="wide\(rows.count > 20 ? " tall" : "")"><table id="\(id)" class="sortable">
      <thead><tr>\(heads.joined())</tr></thead>
      <tbody>
      \(body.joined())</tbody>
      </table></div>
      \(head.count > printedColumns ? "<p class=\"paper\">The remaining columns do not fit on paper.</p>" : "")

      """
  }

  static func facts(_ rows: [(String, String)]) -> String {
    "<div class=\"wide\"><table class=\"facts\"><tbody>\n"
      + rows.map {
        "<tr><th scope=\"row\">\(escaped($0.0))</th><td>\(escaped($0.1))</td></tr>\n"
      }.joined() + "</tbody></table></div>\n"
  }

  /// A section that is folded until the reader opens it.
  static func folded(_ heading: String, _ body: String) -> String {
    "<details><summary>\(escaped(heading))</summary>\n\(body)</details>\n"
  }
}
