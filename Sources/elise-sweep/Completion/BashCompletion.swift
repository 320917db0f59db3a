import Experiment
import Parameters
import SweepPlan

/// A script that lets bash complete the program's command lines.
///
/// bash ends a word at an equals sign. The script joins such words, completes the whole, and returns
/// the part after the last equals sign.
struct BashCompletion {
  private let commands: [CommandSyntax]

  init(_ commands: [CommandSyntax]) {
    self.commands = commands
  }

  /// The script.
  var script: String {
    let names = commands.map(\.name)
    return """
      # bash completion for elise-sweep, made by `elise-sweep completions bash`.

      _elise_sweep_files() {
        local endings=$1 name
        while IFS= read -r name; do
          if [[ -d $name ]]; then
            COMPREPLY+=("$name/")
            compopt -o nospace 2>/dev/null
          elif [[ -z $endings || ${name##*.} == @($endings) ]]; then
            COMPREPLY+=("$name")
          fi
        done < <(compgen -f -- "$cur")
        compopt -o filenames 2>/dev/null
      }

      _elise_sweep_folders() {
        local name
        while IFS= read -r name; do COMPREPLY+=("$name"); done < <(compgen -d -- "$cur")
        compopt -o filenames 2>/dev/null
      }

      _elise_sweep_words() {
        COMPREPLY+=($(compgen -W "$1" -- "$cur"))
      }

      _elise_sweep_assignment() {
        local key=${cur%%=*}
        if [[ $cur != *=* ]]; then
          COMPREPLY+=($(compgen -S = -W "\(Parameter.all.map(\.key).joined(separator: " "))" -- "$cur"))
          compopt -o nospace 2>/dev/null
          return
        fi
        cur=${cur#*=}
        case $key in
      \(values.joined(separator: "\n"))
        esac
      }

      _elise_sweep() {
        COMPREPLY=()
        # The words before the cursor, joined at equals signs.
        local words=() word joins= index
        for ((index = 1; index <= COMP_CWORD; index++)); do
          word=${COMP_WORDS[index]}
          if ((${#words[@]})) && [[ $joins || ( $word == =* && $COMP_WORDBREAKS == *=* ) ]]; then
            words[${#words[@]}-1]+=$word
          else
            words+=("$word")
          fi
          joins=
          if [[ $word == = && $COMP_WORDBREAKS == *=* ]]; then joins=1; fi
        done
        local cur=${words[${#words[@]}-1]} previous= command= whole
        whole=$cur
        ((${#words[@]} > 1)) && previous=${words[${#words[@]}-2]} && command=${words[0]}
        # --option=value is completed as --option value is.
        if [[ $cur == --*=* ]]; then
          previous=${cur%%=*}
          cur=${cur#*=}
        fi
        case $command in
          "")
            _elise_sweep_words "\((names + ["--help", "--version"]).joined(separator: " "))"
            ;;
      \(commands.map(branch).joined(separator: "\n"))
        esac
        # If an equals sign does not end a word, the reply includes the part before it.
        if [[ $COMP_WORDBREAKS != *=* && $whole == *=* ]]; then
          COMPREPLY=("${COMPREPLY[@]/#/${whole%"$cur"}}")
        fi
      }

      complete -F _elise_sweep elise-sweep
      """
  }

  private func branch(_ syntax: CommandSyntax) -> String {
    let options = (syntax.options + [.help]).map { "--" + $0.name }
    let values = syntax.options.compactMap { option in
      option.value.map { "        --\(option.name)) \(action($0)) ;;" }
    }
    return """
          \(syntax.name))
            case $previous in
      \((values + [
        "        *)",
        "          if [[ $cur == -* ]]; then",
        "            _elise_sweep_words \"\(options.joined(separator: " "))\"",
        "          else",
        "            \(action(syntax.operand ?? ""))",
        "          fi",
        "          ;;",
      ]).joined(separator: "\n"))
            esac
            ;;
      """
  }

  /// The command that completes a placeholder.
  private func action(_ placeholder: String) -> String {
    switch Completion(placeholder, commands: commands.map(\.name)) {
    case .files(let endings): "_elise_sweep_files '\(endings.joined(separator: "|"))'"
    case .folders: "_elise_sweep_folders"
    case .words(let words): "_elise_sweep_words \"\(words.joined(separator: " "))\""
    case .assignment: "_elise_sweep_assignment"
    case .nothing: ":"
    }
  }

  private var values: [String] {
    Completion.values.map { value in
      "    \(value.key)) _elise_sweep_words \"\(value.words.joined(separator: " "))\""
        + (value.files ? "; _elise_sweep_files ''" : "") + " ;;"
    }
  }
}
