/// A command of the program.
protocol Command {
  /// The operands and options that the command accepts.
  static var syntax: CommandSyntax { get }

  /// Runs the command and returns the exit code.
  static func run(_ arguments: ParsedArguments) throws -> Int32
}

extension Command {
  /// Parses the words after the command's name, then runs the command or shows its help.
  static func run(_ words: [String]) throws -> Int32 {
    let arguments = try ParsedArguments(words, for: syntax)
    if arguments.has("help") {
      Console.print(syntax.help())
      return ExitCode.done
    }
    return try run(arguments)
  }
}

/// The operands and options of a command, and its help.
struct CommandSyntax: Sendable {
  /// The command's name.
  let name: String
  /// A summary of half a sentence.
  let summary: String
  /// The operand's name in the help, in brackets if it is optional; nil for a command without one.
  let operand: String?
  /// The options.
  let options: [CommandOption]
  /// More explanation: paragraphs between empty lines, which the help wraps.
  let details: String
  /// Lists of a name and a meaning, each with a title.
  var lists: [(title: String, rows: [(String, String)])] = []
  /// Examples.
  var examples: [CommandExample] = []

  /// The text that `--help` shows.
  func help(width: Int = TextTable.width) -> String {
    let operandText = operand.map { " " + $0 } ?? ""
    let rows = (options + [.help]).map { ($0.usage, $0.help) }
    let parts =
      [
        TextTable.wrap(summary.prefix(1).uppercased() + summary.dropFirst(), width: width)
          .joined(separator: "\n"),
        "Usage: elise-sweep \(name)\(operandText) [options]",
        TextTable.twoColumns(rows, width: width),
        TextTable.paragraphs(details, width: width),
      ]
      + lists.map {
        TextTable.paragraphs($0.title + ":", width: width) + "\n\n"
          + TextTable.twoColumns($0.rows, width: width)
      }
    let lines = examples.map { example in
      "  \(ReadyFiles.named(in: example.line))\n"
        + TextTable.wrap(example.meaning, width: width - 6).map { "      " + $0 }
        .joined(separator: "\n")
    }
    return (parts + (lines.isEmpty ? [] : ["Examples:\n\n" + lines.joined(separator: "\n")]))
      .joined(separator: "\n\n")
  }
}

/// An option of a command.
struct CommandOption: Sendable {
  /// The option that every command has.
  static let help = CommandOption("help", "show this help (also -h)")

  /// The name, without the two dashes.
  let name: String
  /// The placeholder of the value in the help; nil for an option without a value.
  let value: String?
  /// Whether the option may be given several times.
  let isRepeatable: Bool
  /// What it does.
  let help: String

  init(_ name: String, value: String? = nil, isRepeatable: Bool = false, _ help: String) {
    self.name = name
    self.value = value
    self.isRepeatable = isRepeatable
    self.help = help
  }

  var usage: String { "--" + name + (value.map { " " + $0 } ?? "") }
}

/// A command line to copy.
struct CommandExample: Sendable {
  /// The whole line.
  let line: String
  /// What it does, in half a sentence.
  let meaning: String

  init(_ line: String, _ meaning: String) {
    self.line = line
    self.meaning = meaning
  }
}
