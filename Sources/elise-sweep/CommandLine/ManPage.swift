/// The manual page of the program, in the language of `man`.
struct ManPage {
  /// The commands, in order.
  let commands: [CommandSyntax]

  /// The source of the page.
  var text: String {
    let title = """
      .TH ELISE-SWEEP 1 "" "elise-sweep \(Version.number)" "User commands"
      .nh
      .ad l
      .SH NAME
      elise-sweep \\- parameter sweeps of networks that learn sequences, on MPI ranks
      .SH SYNOPSIS
      .B elise-sweep
      .I COMMAND
      [options]
      .br
      .B mpirun -n P elise-sweep run
      .I SWEEP.yaml
      [options]
      .SH DESCRIPTION
      """
    let list = commands.map { Self.item("elise-sweep \($0.name)", $0.summary) }
    return ([title] + list + [".SH COMMANDS"] + commands.map(Self.section)).joined(separator: "\n")
  }

  private static func section(_ syntax: CommandSyntax) -> String {
    let heading = [".SS elise-sweep \(syntax.name) \(escaped(syntax.operand ?? ""))"]
    let options = (syntax.options + [.help]).map { item($0.usage, $0.help) }
    let details = syntax.details.split(separator: "\n\n").flatMap { [".P", escaped($0)] }
    let lists = syntax.lists.flatMap { list in
      [".P", escaped(list.title) + ":"] + list.rows.map { item($0.0, $0.1) }
    }
    let examples =
      syntax.examples.isEmpty
      ? [] : [".P", "Examples:"] + syntax.examples.map { item($0.line, $0.meaning) }
    return (heading + details + options + lists + examples).joined(separator: "\n")
  }

  /// A name and its meaning, which is indented below it.
  private static func item(_ name: String, _ meaning: String) -> String {
    ".TP\n.B \(escaped(name))\n\(escaped(meaning))"
  }

  /// Characters that the language would change, so that lines can be copied.
  private static let kept = [
    ("\\", "\\e"), ("-", "\\-"), ("'", "\\(aq"), ("\"", "\\(dq"), ("`", "\\(ga"), ("^", "\\(ha"),
    ("~", "\\(ti"),
  ]

  /// A text without commands of the language.
  private static func escaped(_ text: some StringProtocol) -> String {
    kept.reduce(String(text)) { $0.replacing($1.0, with: $1.1) }
      .split(separator: "\n", omittingEmptySubsequences: false)
      // A dot at the start of a line begins a command.
      .map { $0.hasPrefix(".") ? "\\&\($0)" : String($0) }
      .joined(separator: "\n")
  }
}
