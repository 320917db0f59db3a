import Experiment
import Parameters
import SweepPlan

/// A script that lets zsh complete the program's command lines, with the meaning of each suggestion.
struct ZshCompletion {
  private let commands: [CommandSyntax]

  init(_ commands: [CommandSyntax]) {
    self.commands = commands
  }

  /// The script. It can be sourced, or stored in a folder of `fpath` as `_elise-sweep`.
  var script: String {
    """
    #compdef elise-sweep
    # zsh completion for elise-sweep, made by `elise-sweep completions zsh`.

    _elise_sweep_assignment() {
      if compset -P '(#b)(*)='; then
        case $match[1] in
    \(values.joined(separator: "\n"))
        esac
      else
        local -a keys=(
    \(keys.joined(separator: "\n"))
        )
        _describe -t keys parameter keys -S =
      fi
    }

    _elise-sweep() {
      setopt localoptions extendedglob
      local curcontext=$curcontext state line
      local -a match mbegin mend
      _arguments -C '--help[show all commands]' '--version[print the version]' '1: :->command' \\
        '*:: :->arguments'
      case $state in
        command)
          local -a names=(
    \(commands.map { "        " + Self.quoted("\($0.name):\(Self.plain($0.summary))") }.joined(separator: "\n"))
          )
          _describe -t commands command names
          ;;
        arguments)
          case $words[1] in
    \(commands.map(branch).joined(separator: "\n"))
          esac
          ;;
      esac
    }

    if [[ $funcstack[1] == _elise-sweep ]]; then
      _elise-sweep "$@"
    else
      compdef _elise-sweep elise-sweep
    fi
    """
  }

  private func branch(_ syntax: CommandSyntax) -> String {
    let options = (syntax.options + [.help]).map { option in
      let explained = "[\(Self.plain(option.help))]"
      guard let value = option.value else { return Self.quoted("--\(option.name)\(explained)") }
      let again = option.isRepeatable ? "*" : ""
      return Self.quoted(
        "\(again)--\(option.name)=\(explained):\(Self.plain(value)):\(action(value))")
    }
    let operand = syntax.operand.map { operand in
      let places = operand.hasSuffix("...") ? "*" : "1"
      return Self.quoted("\(places):\(Self.plain(operand)):\(action(operand))")
    }
    let lines = (options + [operand].compactMap(\.self)).map { "            \($0)" }
    return "        \(syntax.name))\n          _arguments \\\n"
      + lines.joined(separator: " \\\n") + "\n          ;;"
  }

  /// The function that completes a placeholder.
  private func action(_ placeholder: String) -> String {
    switch Completion(placeholder, commands: commands.map(\.name)) {
    case .files(let endings): "_files -g \"*.(\(endings.joined(separator: "|")))\""
    case .folders: "_files -/"
    case .words(let words): "(\(words.joined(separator: " ")))"
    case .assignment: "_elise_sweep_assignment"
    case .nothing: ""
    }
  }

  private var keys: [String] {
    Parameter.all.map { "      " + Self.quoted("\($0.key):\(Self.plain($0.meaning))") }
  }

  private var values: [String] {
    Completion.values.map { value in
      let words = value.words.isEmpty ? nil : "compadd -- \(value.words.joined(separator: " "))"
      let all = [words, value.files ? "_files" : nil].compactMap(\.self)
      return "      \(value.key)) \(all.joined(separator: "; ")) ;;"
    }
  }

  /// A text without the characters that end a description in zsh.
  private static func plain(_ text: String) -> String {
    text.map { "[]:\\".contains($0) ? " " : String($0) }.joined()
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.map { $0 == "'" ? "'\\''" : String($0) }.joined() + "'"
  }
}
