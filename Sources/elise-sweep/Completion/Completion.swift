import Parameters
import SweepPlan

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
    case "KEY", "WORD": self = .words(Parameter.all.map(\.key))
    case _ where name.contains("|"):
      self = .words(name.split(separator: "|").map(String.init).filter { !$0.contains(":") })
    case "A B": self = .folders
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
