/// A command of the program.
protocol Command {
  /// What may stand on its command line.
  static var syntax: CommandSyntax { get }

  /// Carries it out and returns the exit code.
  static func run(_ arguments: ParsedArguments) throws -> Int32
}

extension Command {
  /// Reads the words that follow the command's name, and carries the command out or shows its help.
  static func run(_ words: [String]) throws -> Int32 {
    let arguments = try ParsedArguments(words, for: syntax)
    if arguments.has("help") {
      Console.print(syntax.help)
      return ExitCode.done
    }
    if syntax.operand == nil, let operand = arguments.operands.first {
      throw UsageError("elise-sweep \(syntax.name) takes no operand; got \(operand)")
    }
    return try run(arguments)
  }
}
