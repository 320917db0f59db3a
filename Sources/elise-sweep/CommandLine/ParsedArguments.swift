import CGetopt
import Glibc

/// The operands and option values of a command line.
struct ParsedArguments {
  /// The arguments as they were typed.
  private(set) var words: [String] = []

  private(set) var operands: [String] = []
  private var values: [String: [String]] = [:]

  /// Reads the arguments of a command with `getopt_long`.
  ///
  /// - Parameter arguments: What follows the command's name.
  /// - Throws: ``UsageError`` for an unknown option, a missing or a superfluous value.
  init(_ arguments: [String], for syntax: CommandSyntax) throws {
    words = arguments
    let options = syntax.options + [CommandOption("help", "")]
    let names = options.map { strdup($0.name)! }
    var argv = (["elise-sweep"] + arguments).map { strdup($0) } + [nil]
    defer {
      for name in names { free(name) }
      for word in argv { free(word) }
    }
    let long =
      zip(options, names).map { declared, name in
        option(
          name: name, has_arg: declared.value == nil ? no_argument : required_argument, flag: nil,
          val: 0)
      } + [option()]

    elise_getopt_reset()
    var place: Int32 = 0
    while true {
      let code = elise_getopt_next(Int32(argv.count - 1), &argv, long, &place)
      if code == -1 { break }
      let typed = argv[Int(elise_getopt_index()) - 1].map { String(cString: $0) } ?? ""
      switch code {
      case 0:
        let value = elise_getopt_argument().map { String(cString: $0) } ?? ""
        values[options[Int(place)].name, default: []].append(value)
      case Int32(UInt8(ascii: ":")):
        throw UsageError("\(typed) needs a value; see elise-sweep \(syntax.name) --help")
      default:
        throw UsageError(
          "unknown option \(typed) of elise-sweep \(syntax.name); expected "
            + options.map { "--" + $0.name }.joined(separator: ", "))
      }
    }
    operands = argv[Int(elise_getopt_index())...].compactMap { $0.map { String(cString: $0) } }
  }

  /// Whether an option was given.
  func has(_ name: String) -> Bool { values[name] != nil }

  /// The value of an option; the last one where it was given several times.
  func value(_ name: String) -> String? { values[name]?.last }

  /// All values of an option that may be repeated.
  func all(_ name: String) -> [String] { values[name] ?? [] }

  /// The value of an option that takes a whole number; the last one where it was given several
  /// times.
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
      throw UsageError(
        "elise-sweep \(command) needs \(name); see elise-sweep \(command) --help")
    }
    return operands
  }

  /// The one operand of a command that needs one.
  func operand(_ name: String, of command: String) throws -> String {
    guard operands.count == 1 else {
      throw UsageError(
        operands.isEmpty
          ? "elise-sweep \(command) needs \(name); see elise-sweep \(command) --help"
          : "elise-sweep \(command) takes one \(name); got \(operands.count): "
            + operands.joined(separator: " "))
    }
    return operands[0]
  }
}
