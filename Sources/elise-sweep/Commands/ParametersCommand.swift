import Experiment
import Parameters
import Report
import SweepPlan

/// `elise-sweep parameters`: lists every parameter, score and table column with its meaning.
enum ParametersCommand: Command {
  static let syntax = CommandSyntax(
    name: "parameters",
    summary: "list every parameter, score and table column with its meaning",
    operand: "[WORD]",
    options: [CommandOption("markdown", "print Markdown, as in docs/reference.md")],
    details: """
      With WORD, the list has only entries whose name or meaning contains it. A parameter has the
      same name in sweep files, in --set, and in the tables.
      """,
    examples: [
      CommandExample("elise-sweep parameters delay", "lists all entries about delays")
    ])

  static func run(_ arguments: ParsedArguments) throws -> Int32 {
    var parts = parts
    if !arguments.operands.isEmpty {
      let word = try arguments.operand("WORD", of: syntax.name)
      parts = matches(of: word)
      guard !parts.isEmpty else {
        throw UsageError(
          "parameters: got \(word), but no name or meaning contains it"
            + didYouMean(
              word.nearest(
                of: Parameter.all.flatMap { $0.key.split(separator: "_").map(String.init) })))
      }
    }
    Console.print(arguments.has("markdown") ? markdown(parts) : text(parts))
    return ExitCode.done
  }

  /// A part of the reference.
  struct Part {
    let title: String
    let introduction: String
    var rows: [(String, String)]
  }

  /// The entries that contain a word in their name or meaning.
  private static func matches(of word: String) -> [Part] {
    parts.compactMap { part in
      var part = part
      part.rows.removeAll { name, meaning in
        !(name + "\n" + meaning).lowercased().contains(word.lowercased())
      }
      return part.rows.isEmpty ? nil : part
    }
  }

  private static var parts: [Part] {
    let parameters = Parameter.all.map { parameter in
      let value = parameter.resolvedDefault.map { "default \($0)" } ?? "required"
      let unit = parameter.unit.map { " \($0)" } ?? ""
      return (
        parameter.key,
        "\(parameter.meaning) (\(value)\(parameter.isOptional || parameter.isRequired ? "" : unit)"
          + "; \(parameter.allowedDescription))"
      )
    }
    let scores = ScoreColumn.all.map { column in
      let test = column.test.map { "\($0.rawValue): " } ?? ""
      return (column.key, test + TableColumn(column).meaning)
    }
    return [
      Part(
        title: "Parameters",
        introduction:
          "In sweep files, with --set, as columns of trials.csv and as axes of cube.nc.",
        rows: parameters),
      Part(
        title: "Score groups", introduction: "In `scores` of sweep files (default: recall).",
        rows: ScoreGroup.allCases.map { ($0.rawValue, $0.meaning) }),
      Part(
        title: "Scores and resources",
        introduction: "Columns of trials.csv and variables of cube.nc. Each score names its group; "
          + "resources belong to none and are always there. A missing score is an empty field.",
        rows: scores),
    ]
      + TableReference.all.map { table in
        Part(
          title: table.file,
          introduction: table.rows.prefix(1).uppercased() + table.rows.dropFirst() + ".",
          rows: table.columns.map { ($0.name, $0.meaning) })
      }
  }

  /// The reference for a terminal.
  static func text(_ parts: [Part] = parts, width: Int = TextTable.width) -> String {
    parts.map { part in
      "\(part.title)\n\n" + TextTable.paragraphs(part.introduction, width: width) + "\n\n"
        + TextTable.twoColumns(part.rows, width: width)
    }.joined(separator: "\n\n")
  }

  /// The whole reference as a page.
  static var markdown: String { markdown(parts) }

  private static func markdown(_ parts: [Part]) -> String {
    let sections = parts.map { part in
      let rows = part.rows.map { name, meaning in
        "| `\(name)` | \(meaning.split(separator: "|").joined(separator: "\\|")) |"
      }
      return "## \(part.title)\n\n\(part.introduction)\n\n| name | meaning |\n| --- | --- |\n"
        + rows.joined(separator: "\n")
    }
    return "# Reference: parameters, scores, tables\n\n"
      + "Written by `make reference`; `elise-sweep parameters` shows the same in a terminal.\n\n"
      + sections.joined(separator: "\n\n")
  }
}
