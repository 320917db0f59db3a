import Experiment
import Parameters
import Report
import SweepPlan

/// `elise-sweep parameters`: every key with its meaning, and every column of the tables.
enum ParametersCommand: Command {
  static let syntax = CommandSyntax(
    name: "parameters",
    summary: "list every parameter, every score and every column of the tables with its meaning",
    operand: nil,
    options: [CommandOption("markdown", "the same as a page; docs/reference.md is made by it")],
    details: "The keys are the same in sweep files, in --set, and as columns of the tables.",
    examples: [
      CommandExample("elise-sweep parameters | grep -A 2 delay", "what can be said about delays")
    ])

  static func run(_ arguments: ParsedArguments) throws -> Int32 {
    Console.print(arguments.has("markdown") ? markdown : text)
    return ExitCode.done
  }

  /// A part of the reference.
  private struct Part {
    let title: String
    let introduction: String
    let rows: [(String, String)]
  }

  private static var parts: [Part] {
    let parameters = Parameter.all.map { parameter in
      let value = parameter.resolvedDefault.map { "default \($0)" } ?? "must be named"
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
        title: "Tests", introduction: "In `tests` of sweep files; recall where none is named.",
        rows: ScoreGroup.allCases.map { ($0.rawValue, $0.meaning) }),
      Part(
        title: "Scores and resources",
        introduction: "Columns of trials.csv, variables of cube.nc. Each test brings those that "
          + "begin with its name; resources, which begin with none, are always there. A score is "
          + "empty where it is missing.", rows: scores),
    ]
      + TableReference.all.map { table in
        Part(
          title: table.file,
          introduction: table.rows.prefix(1).uppercased() + table.rows.dropFirst() + ".",
          rows: table.columns.map { ($0.name, $0.meaning) })
      }
  }

  static var text: String {
    parts.map { part in
      let introduction = TextTable.wrap(part.introduction, width: TextTable.width)
      return "\(part.title)\n\n" + introduction.joined(separator: "\n") + "\n\n"
        + TextTable.twoColumns(part.rows)
    }.joined(separator: "\n\n")
  }

  /// The reference as a page.
  static var markdown: String {
    let sections = parts.map { part in
      let rows = part.rows.map { name, meaning in
        "| `\(name)` | \(meaning.split(separator: "|").joined(separator: "\\|")) |"
      }
      return "## \(part.title)\n\n\(part.introduction)\n\n| name | meaning |\n| --- | --- |\n"
        + rows.joined(separator: "\n")
    }
    return "# Reference: parameters, scores, tables\n\n"
      + "Made by `make reference`; `elise-sweep parameters` says the same in a terminal.\n\n"
      + sections.joined(separator: "\n\n")
  }
}
