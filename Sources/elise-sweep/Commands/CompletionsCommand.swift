/// `elise-sweep completions`: prints a completion script for a shell.
enum CompletionsCommand: Command {
  static let syntax = CommandSyntax(
    name: "completions",
    summary: "print a script that lets bash or zsh complete commands, options, files and keys",
    operand: "SHELL", options: [],
    details: """
      SHELL is bash or zsh. The script belongs to this version of the program. After an update,
      print it again, or load it whenever the shell starts, as in these examples.
      """,
    examples: [
      CommandExample(
        "source <(elise-sweep completions bash)",
        "for this shell; put the line into ~/.bashrc for every bash"),
      CommandExample(
        "source <(elise-sweep completions zsh)",
        "for this shell; put the line into ~/.zshrc, after compinit, for every zsh"),
      CommandExample(
        "elise-sweep completions bash > ~/.local/share/bash-completion/completions/elise-sweep",
        "for every bash, if the package bash-completion is installed"),
    ])

  static func run(_ arguments: ParsedArguments) throws -> Int32 {
    let name = try arguments.operand("SHELL", of: syntax.name)
    let commands = Commands.all.map { $0.syntax }
    switch name {
    case "bash": Console.print(BashCompletion(commands).script)
    case "zsh": Console.print(ZshCompletion(commands).script)
    default:
      throw UsageError(
        "completions: got \(name); expected \(Completion.shells.joined(separator: " or "))")
    }
    return ExitCode.done
  }
}
