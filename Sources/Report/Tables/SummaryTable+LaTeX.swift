import SweepPlan

extension SummaryTable {
  /// `summary.tex`: the table of `summary.md` for a paper, as a `tabular` of the package booktabs.
  ///
  /// - Parameters:
  ///   - title: The name of the sweep.
  ///   - replicates: The keys over which conditions are summarised.
  func latex(title: String, replicates: [String]) -> String {
    let cells = cells
    let keys = distinguishingAxes.indices.count
    let rows = cells.map { row in row.map(LaTeX.escaped).joined(separator: " & ") + #" \\"# }
    let shown = conditions.count > rows.count - 1 ? "the best \(rows.count - 1) of " : ""
    let target = target.map {
      [
        "\($0.key) values were added until the interval of \($0.scoreKey) was narrow enough, "
          + "so n depends on the data."
      ]
    }
    let comments =
      [
        "Sweep \(title): \(shown)\(conditions.count) conditions.",
        "Means over \(replicates.joined(separator: ", ")), with 95 % intervals in brackets.",
      ] + (target ?? []) + [#"Needs \usepackage{booktabs}; use it as \input{summary.tex}."#]
    let lines =
      comments.map { "% " + LaTeX.line($0) }
      + [
        #"\begin{tabular}{\#(String(repeating: "l", count: keys))"#
          + String(repeating: "r", count: cells[0].count - keys) + "}", #"\toprule"#, rows[0],
        #"\midrule"#,
      ] + rows.dropFirst() + [#"\bottomrule"#, #"\end{tabular}"#]
    return lines.joined(separator: "\n") + "\n"
  }
}

/// Texts in the language of LaTeX.
enum LaTeX {
  /// A text in which no character is a command. A bracket or an asterisk after the end of a row would
  /// belong to it.
  static func escaped(_ text: String) -> String {
    line(text).unicodeScalars.map { scalar in
      switch scalar {
      case "\\": #"\textbackslash{}"#
      case "^": #"\textasciicircum{}"#
      case "~": #"\textasciitilde{}"#
      case "<": #"\textless{}"#
      case ">": #"\textgreater{}"#
      case "|": #"\textbar{}"#
      case "[", "]", "*": "{\(scalar)}"
      case "{", "}", "$", "&", "#", "%", "_": #"\\#(scalar)"#
      case "–": "--"
      default: String(scalar)
      }
    }.joined()
  }

  /// A text in one line, also for a comment.
  static func line(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          switch scalar.properties.generalCategory {
          case .control, .lineSeparator, .paragraphSeparator: " "
          default: scalar
          }
        }))
  }
}
