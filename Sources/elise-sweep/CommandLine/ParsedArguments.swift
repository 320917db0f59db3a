import SweepPlan

/// The operands and option values of a command line.
///
/// Options and operands may be mixed; `--` ends the options. A value follows its option as the next
/// word or after `=`. An option may be shortened to any unambiguous beginning.
struct ParsedArguments {
  /// The arguments as they were typed.
  let words: [String]

  private(set) var operands: [String] = []
  private var values: [String: [String]] = [:]

  /// Parses the words after a command's name.
  ///
  /// - Throws: ``UsageError`` for a word that the command does not accept.
  init(_ words: [String], for syntax: CommandSyntax) throws {
    self.words = words
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        operands += rest
        break
      }
      if word == "-h" {
        values["help"] = [""]
        continue
      }
      guard word.hasPrefix("-"), word != "-" else {
        operands.append(word)
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let typed = String(parts[0])
      let option = try Self.option(typed, word: word, next: rest.first, of: syntax)
      var value = parts.count > 1 ? String(parts[1]) : nil
      if option.value == nil {
        guard value == nil else { throw UsageError("--\(option.name) takes no value; got \(word)") }
      } else if value == nil {
        // A folder named --quiet is more likely a forgotten value.
        guard let next = rest.first, !next.hasPrefix("--") else {
          throw UsageError(
            "--\(option.name) needs a value; expected \(option.usage)"
              + (rest.first.map { ", got \($0)" } ?? ""))
        }
        value = rest.removeFirst()
      }
      try add(value, of: option)
    }
    guard !operands.contains("") else {
      throw UsageError(
        "elise-sweep \(syntax.name): got an empty word; expected \(syntax.operand ?? "none") "
          + "(is a shell variable unset?)")
    }
    if syntax.operand == nil, let operand = operands.first, !has("help") {
      let isSweep = operand.hasSuffix(".yaml") || operand.hasSuffix(".yml")
      let meant =
        isSweep
        ? "elise-sweep run \(operand)"
        : "--set \(operand.contains("=") ? "" : "pattern=")\(operand)"
      let hint = syntax.options.contains { $0.name == "set" } ? "; did you mean \(meant)?" : ""
      throw UsageError("elise-sweep \(syntax.name) takes no operand; got \(operand)\(hint)")
    }
  }

  private mutating func add(_ value: String?, of option: CommandOption) throws {
    let name = "--" + option.name
    if let value {
      guard !value.isEmpty else {
        throw UsageError(
          "\(name): got an empty word; expected \(option.value ?? "") (is a shell variable unset?)")
      }
      if !option.isRepeatable, let first = values[option.name]?.first {
        throw UsageError("\(name) is given twice: \(first) and \(value); expected one value")
      }
    }
    values[option.name, default: []].append(value ?? "")
  }

  // MARK: Options

  /// The option that a word names.
  private static func option(
    _ typed: String, word: String, next: String?, of syntax: CommandSyntax
  ) throws -> CommandOption {
    let options = syntax.options + [.help]
    if typed.hasPrefix("--") {
      let name = typed.dropFirst(2)
      if let option = options.first(where: { $0.name == name }) { return option }
      let candidates = options.filter { $0.name.hasPrefix(name) }
      if candidates.count == 1 { return candidates[0] }
      if candidates.count > 1 {
        throw UsageError(
          "\(typed) is ambiguous; expected "
            + candidates.map { "--" + $0.name }.joined(separator: " or "))
      }
    }
    throw UsageError(
      "unknown option \(typed) of elise-sweep \(syntax.name)"
        + suggestion(for: typed, next: next, of: syntax)
        + "; expected " + options.map { "--" + $0.name }.joined(separator: ", "))
  }

  /// The names that other programs give to options.
  private static let otherNames = [
    "j": "threads", "jobs": "threads", "t": "threads", "cores": "threads", "cpus": "threads",
    "n": "ranks", "np": "ranks", "p": "ranks", "ranks": "ranks", "o": "out", "output": "out",
    "q": "quiet", "silent": "quiet", "s": "set",
  ]

  /// The option that the user may have meant, as the end of a sentence.
  private static func suggestion(
    for typed: String, next: String?, of syntax: CommandSyntax
  ) -> String {
    let letters = typed.drop { $0 == "-" }.prefix { !$0.isNumber }
    let digits = typed.drop { !$0.isNumber }
    let number = !digits.isEmpty ? String(digits) : next.flatMap { Int($0) == nil ? nil : $0 }
    let names = syntax.options.map(\.name)
    let name = String(letters)
    guard
      let meant = otherNames[name]
        ?? (name.count > 1 ? names.first { $0.hasPrefix(name) } : nil) ?? name.nearest(of: names)
    else { return "" }
    if let option = syntax.options.first(where: { $0.name == meant }) {
      let value = option.value.map { " " + (number ?? $0) } ?? ""
      return ", did you mean --\(meant)\(value)?"
    }
    return meant == "ranks" && names.contains("threads")
      ? ", did you mean mpirun -n \(number ?? "P") elise-sweep \(syntax.name)?" : ""
  }

  // MARK: Values

  /// Whether an option was given.
  func has(_ name: String) -> Bool { values[name] != nil }

  /// The value of an option.
  func value(_ name: String) -> String? { values[name]?.last }

  /// All values of an option that may be repeated.
  func all(_ name: String) -> [String] { values[name] ?? [] }

  /// The value of an option that takes a whole number.
  func integer(_ name: String, in allowed: ClosedRange<Int>) throws -> Int? {
    try integers(name, in: allowed).last
  }

  /// The values of an option that takes a whole number and may be repeated.
  func integers(_ name: String, in allowed: ClosedRange<Int>) throws -> [Int] {
    try all(name).map { text in
      guard let number = Int(text), allowed.contains(number) else {
        throw UsageError(
          "--\(name): got \"\(text)\"; expected a whole number from \(allowed.lowerBound) to "
            + "\(allowed.upperBound)")
      }
      return number
    }
  }

  /// The operands of a command that needs at least one.
  func operands(_ name: String, of command: String) throws -> [String] {
    guard !operands.isEmpty else {
      throw UsageError("elise-sweep \(command) needs \(name); see elise-sweep \(command) --help")
    }
    return operands
  }

  /// The one operand of a command that needs one.
  func operand(_ name: String, of command: String) throws -> String {
    let operands = try operands(name, of: command)
    guard operands.count == 1 else {
      throw UsageError(
        "elise-sweep \(command) takes one \(name); got \(operands.count): "
          + operands.joined(separator: " "))
    }
    return operands[0]
  }
}
