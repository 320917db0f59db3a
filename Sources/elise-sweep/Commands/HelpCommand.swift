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

  /// The text for a user who does not know a command yet.
  static func firstSteps(width: Int) -> String {
    func paragraph(_ text: String) -> String { TextTable.paragraphs(text, width: width) }
    func list(_ rows: [(String, String)]) -> String { TextTable.twoColumns(rows, width: width) }
    return [
      paragraph("elise-sweep trains networks that learn sequences and sweeps their parameters."),
      "See it work:",
      list([
        (
          "elise-sweep run \(ReadyFiles.path("sweeps/quickstart.yaml"))",
          "12 networks learn Für Elise; about a minute on two idle cores"
        )
      ]),
      "Your own sequence, a text file with a row per neuron and a column per note:",
      list([
        ("elise-sweep init SONG.txt", "write SONG.yaml, a sweep to change and run")
      ]),
      "Help:",
      list([
        ("elise-sweep help", "all commands; help COMMAND shows one, with examples"),
        ("elise-sweep help train", "how to watch one network learn"),
        ("elise-sweep parameters", "all parameters, scores and table columns"),
      ]),
    ].map { $0.hasPrefix(" ") ? $0 : paragraph($0) }.joined(separator: "\n\n")
  }
}
