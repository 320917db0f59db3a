import FoundationEssentials
import Journal
import Parameters
import SweepPlan

/// `report.html`: one file that opens anywhere, without a network.
///
/// Its only dates are those of `provenance.json`: the same journal gives the same bytes.
struct ReportPage {
  let sweep: SweepFile
  let source: FigureSource
  let tables: ResultFolder.Tables
  let figures: [ResultFolder.DrawnFigure]
  /// The text of `provenance.json`; nil if there is none.
  let provenance: Data?
  let warnings: [String]

  /// The most rows of a table; so that the page opens at once.
  static let maximumRows = 500
  /// The most bytes of pictures; so that the page stays below 5 MB.
  static let maximumPictures = 3_000_000

  var html: String {
    let title = HTML.escaped(sweep.name)
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; \
      style-src 'unsafe-inline'; script-src 'unsafe-inline'">
      <link rel="icon" href="data:,">
      <title>\(title)</title>
      <style>
      \(Self.style)
      </style>
      </head>
      <body>
      <header>
      <h1>\(title)</h1>
      \(sweep.description.isEmpty ? "" : "<p class=\"lead\">\(HTML.escaped(sweep.description))</p>")
      <nav><a href="#answer">Answer</a> <a href="#sweep">Sweep</a> \
      <a href="#figures">Figures</a> <a href="#conditions">Conditions</a> \
      \(tables.contrasts == nil ? "" : "<a href=\"#contrasts\">Contrasts</a> ")<a href="#trials">Trials</a> \
      <a href="#provenance">Provenance</a> <a href="#again">Reproduce</a></nav>
      </header>
      <main>
      \(HTML.section("answer", "Answer", answer))\
      \(HTML.section("sweep", "Sweep", sweepFacts))\
      \(HTML.section("figures", "Figures", figureList))\
      \(HTML.section("conditions", "Conditions", conditionTable))\
      \(contrastSection)\
      \(importanceSection)\
      \(capacitySection)\
      \(HTML.section("trials", "Trials", trialTable))\
      \(HTML.section("provenance", "Provenance", provenanceTable))\
      \(HTML.section("again", "Reproduce", again))\
      </main>
      <footer>Made by elise-sweep from the journal of this sweep.</footer>
      <script>
      \(Self.script)
      </script>
      </body>
      </html>

      """
  }

  private var sweepFacts: String {
    let plan = source.results.plan
    let axes = plan.axes.map { axis -> (String, String) in
      let values = axis.values.map { $0.text(digits: 6) }
      let shown =
        values.count <= 12
        ? values.joined(separator: ", ")
        : "\(values[0]), \(values[1]), … \(values[values.count - 1]) (\(values.count) values)"
      let unit = Parameter.named(axis.key)?.unit.map { " \($0)" } ?? ""
      return (axis.key, shown + unit)
    }
    let conditions = tables.summary.conditions.count
    let averaged = plan.axes.filter {
      !plan.conditionKeys.contains($0.key) && $0.values.count > 1
    }.map(\.key)
    let replicates = averaged.filter { !sweep.blockKeys.contains($0) }
    let blocks = averaged.filter(sweep.blockKeys.contains)
    let count =
      (plan.searches.map {
        "\(counted($0.count, "search", plural: "searches")) along \($0.search.key), "
          + "which selected \(source.results.count) of "
      }
        ?? plan.stages.map {
          "\(source.results.count) trials, added until the half width of the interval of "
            + "\($0.request.scoreKey) was at most \($0.request.halfWidthText), of at most "
        } ?? "")
      + "\(counted(plan.count, "trial")) in \(counted(conditions, "condition"))"
      + (replicates.isEmpty ? "" : ", replicated over \(replicates.joined(separator: ", "))")
      + (blocks.isEmpty ? "" : ", in blocks of \(blocks.joined(separator: ", "))")
      + ". Scores: \(sweep.scoreGroups.map(\.rawValue).joined(separator: ", "))."
    func facts(where isShown: (Parameter, ParameterValue) -> Bool) -> [(String, String)] {
      plan.fixed.filter(isShown).map { parameter, value in
        let unit = value == .absent ? "" : parameter.unit.map { " \($0)" } ?? ""
        return (parameter.key, value.description + unit)
      }
    }
    let changed = facts { $1 != $0.resolvedDefault }
    let defaults = facts { $1 == $0.resolvedDefault }
    return HTML.paragraph(count) + "<h3>Varied</h3>\n" + HTML.facts(axes)
      + (changed.isEmpty ? "" : "<h3>Fixed</h3>\n" + HTML.facts(changed))
      + HTML.folded("All other parameters, at their defaults", HTML.facts(defaults))
  }

  private var answer: String {
    let answers = Answers(source: source, tables: tables)
    return list(answers.headline) + comparison(answers.comparisons)
      + list(answers.sentences + warnings.map { "Warning: \($0)." })
  }

  private func list(_ sentences: [String]) -> String {
    sentences.isEmpty
      ? ""
      : "<ul class=\"answers\">\n" + sentences.map { "<li>\(HTML.escaped($0))</li>\n" }.joined()
        + "</ul>\n"
  }

  /// Whether one level is better than another, by how much and how surely, and how much of the variance
  /// is due to the parameter or to the replicates.
  private func comparison(_ comparisons: [Answers.Comparison]) -> String {
    guard !comparisons.isEmpty else { return "" }
    let head = [
      "comparison", "score", "verdict", "difference", "95 % interval", "n", "pairs in favour",
      "p (Holm)",
      "share of variance",
    ]
    let rows = comparisons.map { row in
      "<tr><th scope=\"row\">\(HTML.escaped(row.fields[0]))</th>"
        + row.fields.dropFirst().map { "<td>\(HTML.escaped($0))</td>" }.joined() + "</tr>\n"
    }
    return "<div class=\"wide\"><table class=\"comparison\"><thead><tr>"
      + head.map { "<th scope=\"col\">\(HTML.escaped($0))</th>" }.joined()
      + "</tr></thead><tbody>\n\(rows.joined())</tbody></table></div>\n"
      + "<p class=\"small\">\(HTML.escaped(Answers.comparisonNote))</p>\n"
  }

  private var figureList: String {
    guard !figures.isEmpty else { return HTML.paragraph("There is nothing to draw yet.") }
    var room = Self.maximumPictures
    let list = figures.map { drawn in
      let figure = drawn.figure
      let picture: String
      switch drawn.svg?.base64EncodedString() {
      case nil:
        picture =
          "<p><em>Not drawn; script and data are in figures/\(figure.name).gp and .dat.</em></p>"
      case let text? where text.utf8.count <= room:
        room -= text.utf8.count
        picture =
          "<img alt=\"\(HTML.escaped(figure.title))\" src=\"data:image/svg+xml;base64,\(text)\">"
      default:
        picture = "<p><em>Too large for this page: figures/\(figure.name).svg.</em></p>"
      }
      return """
        <figure id="figure-\(figure.name)">
        \(picture)
        <figcaption><b>\(HTML.escaped(figure.title))</b> \(HTML.escaped(figure.caption))</figcaption>
        </figure>

        """
    }
    return "<div class=\"figures\">\n\(list.joined())</div>\n"
  }

  private var again: String {
    let overrides = sweep.overrides.map { " --set " + Self.shellQuoted($0.argument) }.joined()
    let command = "elise-sweep run " + Self.shellQuoted(sweep.path) + overrides
    return HTML.paragraph(
      "The result folder keeps the sweep file and its input files in journal/. This command runs the "
        + "missing trials, if there are any:")
      + "<pre>\(HTML.escaped(command))</pre>\n"
      + HTML.paragraph("To write tables, figures and this page again from the journal:")
      + "<pre>elise-sweep report DIR</pre>\n"
      + HTML.paragraph("To read the scores as labelled arrays in Python:")
      + "<pre>import xarray as xr\ncube = xr.open_dataset(\"cube.nc\")\n"
      + "cube.correlation.mean(\"\(HTML.escaped(source.results.plan.axes.last?.key ?? "seed"))\")"
      + "</pre>\n"
      + HTML.folded(
        "The sweep file",
        "<pre>\(HTML.escaped(String(decoding: sweep.bytes, as: UTF8.self)))</pre>\n")
  }

  private static func shellQuoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.unicodeScalars.allSatisfy {
        $0.isASCII
          && ($0.properties.isAlphabetic || "0123456789_-./=,:+@%".unicodeScalars.contains($0))
      }
    let parts = word.split(separator: "'", omittingEmptySubsequences: false)
    return isPlain ? word : "'" + parts.joined(separator: "'\\''") + "'"
  }
}
