/// An option of a command.
struct CommandOption: Sendable {
  /// The name, without the two dashes.
  let name: String
  /// What stands for the value in the help; nil for an option without one.
  let value: String?
  /// What it does.
  let help: String

  init(_ name: String, value: String? = nil, _ help: String) {
    self.name = name
    self.value = value
    self.help = help
  }

  var usage: String { "--" + name + (value.map { " " + $0 } ?? "") }
}

/// A command line that a user may copy, and what it does.
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

/// What may stand on the command line of a command, and what its help says.
struct CommandSyntax: Sendable {
  /// The command's name.
  let name: String
  /// What it does, in half a sentence.
  let summary: String
  /// The operand's name in the help, in brackets where it may be left out; nil for a command without
  /// one.
  let operand: String?
  /// The options.
  let options: [CommandOption]
  /// What else a user should know.
  let details: String
  /// How it is used.
  var examples: [CommandExample] = []

  /// The text that `--help` shows.
  var help: String {
    let operandText = operand.map { " " + $0 } ?? ""
    let rows = (options + [CommandOption("help", "show this")]).map { ($0.usage, $0.help) }
    let lines = examples.map { "  \($0.line)\n      \($0.meaning)" }
    return """
      \(summary.prefix(1).uppercased() + summary.dropFirst())

      Usage: elise-sweep \(name)\(operandText) [options]

      \(TextTable.twoColumns(rows))

      \(details)
      """ + (lines.isEmpty ? "" : "\n\nExamples:\n\n" + lines.joined(separator: "\n"))
  }
}

/// What a user typed that cannot be carried out. Ends with exit code 2.
struct UsageError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
