/// `elise-sweep help`: describes the program or one of its commands.
enum HelpCommand: Command {
  static let syntax = CommandSyntax(
    name: "help",
    summary: "describe a command, its options and examples",
    operand: "[COMMAND]",
    options: [
      CommandOption("man", "print the manual page of all commands, for man")
    ],
    details: "`elise-sweep COMMAND --help` shows the same text.")

  static func run(_ arguments: ParsedArguments) throws -> Int32 {
    if arguments.has("man") {
      Console.print(ManPage(commands: Commands.all.map { $0.syntax }).text)
      return ExitCode.done
    }
    guard !arguments.operands.isEmpty else {
      Console.print(overview())
      return ExitCode.done
    }
    let name = try arguments.operand("COMMAND", of: syntax.name)
    Console.print(try Commands.named(name).syntax.help())
    return ExitCode.done
  }

  /// The help of the program.
  static func overview(width: Int = TextTable.width) -> String {
    let commands = Commands.all.map { ($0.syntax.name, $0.syntax.summary) }
    let title =
      "elise-sweep: parameter sweeps of ELiSe networks, which learn sequences, on MPI ranks"
    let more =
      "`elise-sweep help COMMAND` describes a command and shows examples. `elise-sweep --version` "
      + "prints the version."
    return """
      \(TextTable.paragraphs(title, width: width))

      Usage: elise-sweep COMMAND [options]
             mpirun -n P elise-sweep run SWEEP.yaml [options]

      \(TextTable.twoColumns(commands, width: width))

      \(TextTable.paragraphs(more, width: width))
      """
  }

  /// A sweep to start from, with paths relative to the folder of this project.
  static let firstSweep = """
    name: my-sweep
    fixed: {pattern: sweeps/patterns/fuer_elise.txt}
    grid:
      latent: [20, 30, 40]
      seed: {from: 1, to: 5}
    """

  /// The text for a user who does not know a command yet.
  static func firstSteps(width: Int) -> String {
    func paragraph(_ text: String) -> String { TextTable.paragraphs(text, width: width) }
    func list(_ rows: [(String, String)]) -> String { TextTable.twoColumns(rows, width: width) }
    return [
      paragraph("elise-sweep trains networks that learn sequences and sweeps their parameters."),
      "First run:",
      list([
        (
          "elise-sweep run sweeps/quickstart.yaml",
          "12 networks learn Für Elise; about a minute on two cores"
        )
      ]),
      paragraph("Your own sweep: save these lines as my-sweep.yaml, and change them."),
      firstSweep.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"),
      list([
        ("elise-sweep plan my-sweep.yaml", "predict its time; runs nothing"),
        ("elise-sweep run my-sweep.yaml", "run it"),
      ]),
      "Help:",
      list([
        ("elise-sweep help", "all commands"),
        ("elise-sweep help run", "one command, with examples"),
        ("elise-sweep parameters", "all parameters, scores and table columns"),
      ]),
    ].joined(separator: "\n\n")
  }
}
