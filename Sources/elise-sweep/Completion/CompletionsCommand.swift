import Journal
import Parameters
import SweepPlan

/// `elise-sweep completions`: prints a completion script for a shell.
enum CompletionsCommand: Command {
  static let syntax = CommandSyntax(
    name: "completions",
    summary: "print a script that lets bash or zsh complete commands, options, files and keys",
    operand: "SHELL", options: [],
    details: """
      SHELL is bash or zsh. The script matches this version of the program: print it again after an
      update, or load it whenever the shell starts, as below.
      """,
    examples: [
      CommandExample(
        "source <(elise-sweep completions bash)", "for this bash; in ~/.bashrc for every bash"),
      CommandExample(
        "source <(elise-sweep completions zsh)",
        "for this zsh; in ~/.zshrc, after compinit, for every zsh"),
      CommandExample(
        "elise-sweep completions bash > ~/.local/share/bash-completion/completions/elise-sweep",
        "for every bash, if the package bash-completion is installed"),
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

/// What a shell can offer as a value, derived from the placeholder in the help.
enum Completion: Equatable {
  /// Files with one of these endings.
  case files([String])
  /// Folders.
  case folders
  /// One of a few words.
  case words([String])
  /// A parameter, an equals sign and a value.
  case assignment
  /// No suggestion.
  case nothing

  /// The supported shells.
  static let shells = ["bash", "zsh"]

  /// The completion of a placeholder of the help, such as `OUT.nc`.
  ///
  /// - Parameter commands: The names of all commands.
  init(_ placeholder: String, commands: [String]) {
    let name = placeholder.filter { !"[]".contains($0) }.replacing("...", with: "")
    switch name {
    case "": self = .nothing
    case "KEY=VALUE": self = .assignment
    case "COMMAND": self = .words(commands)
    case "SHELL": self = .words(Self.shells)
    case "WORD": self = .words(Parameter.all.map(\.key))
    case _ where name.hasSuffix("DIR"): self = .folders
    case _ where name.hasSuffix(".yaml"): self = .files(["yaml", "yml"])
    case _ where name.contains("."): self = .files([String(name.split(separator: ".").last!)])
    default: self = .nothing
    }
  }

  /// The values that can follow the equals sign of an assignment, for keys whose values can be listed.
  static var values: [(key: String, words: [String], files: Bool)] {
    Parameter.all.compactMap { parameter in
      let none = parameter.isOptional ? ["none"] : []
      switch (parameter.kind, parameter.allowed) {
      case (.boolean, _): return (parameter.key, ["true", "false"] + none, false)
      case (_, .choice(let choices)): return (parameter.key, choices + none, false)
      case (.text, _):
        let words =
          parameter.key == "pattern" ? [Parameter.generatedPattern.description] : none
        return (parameter.key, words, true)
      default: return none.isEmpty ? nil : (parameter.key, none, false)
      }
    }
  }
}
