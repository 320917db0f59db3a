/// `elise-sweep completions`: what lets a shell complete command lines of this program.
enum CompletionsCommand: Command {
  static let syntax = CommandSyntax(
    name: "completions",
    summary: "print a script that lets bash or zsh complete commands, options, files and keys",
    operand: "SHELL", options: [],
    details: """
      SHELL is bash or zsh. The script knows this version of the program: make it again after an
      update, or let the shell ask for it whenever it starts, as below.
      """,
    examples: [
      CommandExample(
        "source <(elise-sweep completions bash)", "for this bash; in ~/.bashrc for all"),
      CommandExample(
        "source <(elise-sweep completions zsh)",
        "for this zsh; in ~/.zshrc, after compinit, for all"),
      CommandExample(
        "elise-sweep completions bash > ~/.local/share/bash-completion/completions/elise-sweep",
        "for all, where the package bash-completion is installed"),
    ])

  static func run(_ arguments: ParsedArguments) throws -> Int32 {
    let name = try arguments.operand("SHELL", of: syntax.name)
    let commands = CommandLineTool.commands.map { $0.syntax }
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
