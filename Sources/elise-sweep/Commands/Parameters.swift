import Sweep

/// `elise-sweep parameters`: every key with its meaning, and every column of the tables.
enum Parameters: Command {
  static let syntax = CommandSyntax(
    name: "parameters",
    summary: "list every parameter and every score with meaning, unit and default",
    operand: nil, options: [],
    details: "The keys are the same in sweep files, in --set, and as columns of the tables.")

  static func run(_ arguments: ParsedArguments) throws -> Int32 {
    Console.print(text)
    return ExitCode.done
  }

  static var text: String {
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
      (column.key, column.meaning + (column.unit.map { " [\($0)]" } ?? ""))
    }
    let tests = SweepTest.allCases.map { ($0.rawValue, $0.meaning) }
    return """
      Parameters, in sweep files, with --set, and as columns of trials.csv:

      \(TextTable.twoColumns(parameters))

      Tests, in `tests` of sweep files; recall where none is named:

      \(TextTable.twoColumns(tests))

      Scores and resources, as columns of trials.csv; in summary.csv each with _mean, _sd, _median,
      and _low and _high for the 95 % bootstrap interval of the mean:

      \(TextTable.twoColumns(scores))
      """
  }
}
