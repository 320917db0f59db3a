/// `elise-sweep help`: what the program does, or one of its commands.
enum HelpCommand: Command {
  static let syntax = CommandSyntax(
    name: "help",
    summary: "say what a command does, with its options and examples",
    operand: "[COMMAND]", options: [],
    details: "`elise-sweep COMMAND --help` says the same.")

  static func run(_ arguments: ParsedArguments) throws -> Int32 {
    guard let name = arguments.operands.first else {
      Console.print(CommandLineTool.help)
      return ExitCode.done
    }
    _ = try arguments.operand("COMMAND", of: syntax.name)
    Console.print(try CommandLineTool.command(name).syntax.help)
    return ExitCode.done
  }
}
