import Testing

@testable import elise_sweep

@Suite struct ParsedArgumentsTests {
  private static func message(_ words: [String], _ command: any Command.Type) -> String {
    do {
      _ = try ParsedArguments(words, for: command.syntax)
      return ""
    } catch {
      return "\(error)"
    }
  }

  /// If this fails, a user searches the mistake in the wrong word.
  @Test(
    "An unknown option is named as it was typed, with the option that was meant",
    arguments: [
      ("q.yaml -j4", "-j4", "--threads 4"), ("q.yaml -j 4", "-j", "--threads 4"),
      ("-t 2 q.yaml", "-t", "--threads 2"), ("q.yaml --cores=8", "--cores", "--threads N"),
      ("q.yaml -np 4", "-np", "mpirun -n 4 elise-sweep run"),
      ("q.yaml -n 4", "-n", "mpirun -n 4 elise-sweep run"),
      ("q.yaml -quiet", "-quiet", "--quiet"), ("q.yaml -q", "-q", "--quiet"),
      ("q.yaml -o here", "-o", "--out DIR"), ("q.yaml --treads 4", "--treads", "--threads 4"),
      ("q.yaml -set seed=4", "-set", "--set KEY=VALUE"),
    ])
  func unknownOptions(line: String, typed: String, meant: String) {
    #expect(
      Self.message(line.split(separator: " ").map(String.init), RunCommand.self).hasPrefix(
        "unknown option \(typed) of elise-sweep run, did you mean \(meant)?; expected --out, "))
  }

  @Test("plan knows its own ranks, and a command without the option suggests none")
  func suggestionsFitTheCommand() {
    #expect(
      Self.message(["q.yaml", "-np", "4"], PlanCommand.self).contains("did you mean --ranks 4?"))
    for word in ["-j4", "-np", "-4", "--zzzzzzz"] {
      #expect(
        Self.message(["results/q", word], StatusCommand.self)
          == "unknown option \(word) of elise-sweep status; expected --json, --help")
    }
  }

  @Test(
    "A wrong use of a known option is not reported as an unknown option",
    arguments: [
      (["--quiet=yes"], "--quiet takes no value; got --quiet=yes"),
      (["--s", "1/2"], "--s is ambiguous; expected --shard or --set"),
      (["--threads"], "--threads needs a value; expected --threads N"),
      (
        ["--threads", "1", "--threads", "2"],
        "--threads is given twice: 1 and 2; expected one value"
      ),
    ])
  func wrongUse(words: [String], message: String) {
    #expect(Self.message(words, RunCommand.self) == message)
  }

  @Test("Options and operands mix; a value follows as a word or after an equals sign")
  func validLine() throws {
    let arguments = try ParsedArguments(
      [
        "--set", "pattern=a=b.txt", "q.yaml", "--out=x=y", "--thr", "-5", "--set=seed=1", "--quiet",
        "--quiet", "--", "--out",
      ], for: RunCommand.syntax)
    #expect(arguments.operands == ["q.yaml", "--out"])
    #expect(arguments.all("set") == ["pattern=a=b.txt", "seed=1"])
    #expect(arguments.value("out") == "x=y" && arguments.value("threads") == "-5")
    #expect(arguments.has("quiet") && !arguments.has("json"))
  }

  /// If this fails, a name with control characters from elsewhere drives the user's terminal.
  @Test func controlCharactersAreEscaped() {
    #expect(!Self.message(["--\u{1B}[2J"], RunCommand.self).contains("\u{1B}"))
  }
}
