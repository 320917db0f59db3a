import Experiment
import Foundation
import Parameters
import SweepPlan
import TestSupport
import Testing

@testable import elise_sweep

/// The suggestions of the tab key.
@Suite struct CompletionTests {
  /// A folder with something to complete.
  private static func withFiles(_ body: (URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      for name in ["size.yaml", "song.txt", "net.nc"] {
        try Data().write(to: folder.appendingPathComponent(name))
      }
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent("results/size"), withIntermediateDirectories: true)
      try body(folder)
    }
  }

  /// The suggestions of bash for a command line, in which an equals sign ends a word.
  private static func bash(_ line: String, in folder: URL, wordBreaks: String? = nil) throws
    -> [String]
  {
    try Self.script("bash", in: folder)
    let breaks = wordBreaks.map { "COMP_WORDBREAKS='\($0)'" } ?? ""
    let program = """
      source ./script
      \(breaks)
      COMP_WORDS=(\(words(line, splittingEquals: wordBreaks == nil)))
      COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
      _elise_sweep
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let outcome = try TestSupport.run(
      "bash", ["--norc", "--noprofile", "-c", program], in: folder, timeout: .seconds(20))
    #expect(outcome.exitCode == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    return outcome.output.split(separator: "\n").map(String.init).sorted()
  }

  private static func script(_ shell: String, in folder: URL) throws {
    let script = try Program.run(["completions", shell], in: folder)
    #expect(script.exitCode == 0)
    try script.output.write(
      to: folder.appendingPathComponent("script"), atomically: true, encoding: .utf8)
  }

  /// The words of a line as bash sees them, quoted.
  private static func words(_ line: String, splittingEquals: Bool) -> String {
    line.split(separator: " ", omittingEmptySubsequences: false).flatMap { word -> [String] in
      guard splittingEquals, let equals = word.firstIndex(of: "=") else { return [String(word)] }
      let rest = String(word[word.index(after: equals)...])
      return [String(word[..<equals]), "="] + (rest.isEmpty ? [""] : [rest])
    }.map { "'\($0)'" }.joined(separator: " ")
  }

  /// If this fails, the tab key suggests invalid words, or misses valid ones.
  @Test(
    "bash completes",
    arguments: [
      ("elise-sweep pl", ["plan"]), ("elise-sweep me", ["merge"]),
      ("elise-sweep run s", ["size.yaml"]),
      ("elise-sweep run size.yaml --ret", ["--retry-failed"]),
      ("elise-sweep run size.yaml --out re", ["results"]),
      ("elise-sweep run size.yaml --out=re", ["results"]),
      ("elise-sweep status results/s", ["results/size"]),
      ("elise-sweep train --network ", ["net.nc", "results/"]),
      ("elise-sweep train --record-cycles ", ["all", "replay"]),
      ("elise-sweep train --record-neurons ", ["all", "visible"]),
      ("elise-sweep run size.yaml --set lat", ["latent="]),
      ("elise-sweep run size.yaml --set model=re", ["reservoir"]),
      ("elise-sweep run size.yaml --set scaffold=", ["false", "true"]),
      ("elise-sweep run size.yaml --set pattern=so", ["song.txt"]),
      ("elise-sweep run size.yaml --set seed=", []),
      ("elise-sweep run size.yaml --threads ", []),
      ("elise-sweep help comp", ["compare", "completions"]),
      ("elise-sweep compare results/size res", ["results"]),
      ("elise-sweep completions ", ["bash", "zsh"]),
    ])
  func bash(line: String, expected: [String]) throws {
    try Self.withFiles { folder in
      let found = try Self.bash(line, in: folder)
      #expect(found == expected)
    }
  }

  @Test("bash completes every command, every option and every parameter") func everything() throws {
    try Self.withFiles { folder in
      let commands = Commands.all.map { $0.syntax }
      let names = try Self.bash("elise-sweep ", in: folder)
      #expect(names == (commands.map(\.name) + ["--help", "--version"]).sorted())
      for syntax in commands {
        let options = try Self.bash("elise-sweep \(syntax.name) --", in: folder)
        #expect(options == (syntax.options.map { "--" + $0.name } + ["--help"]).sorted())
      }
      let keys = try Self.bash("elise-sweep train --set ", in: folder)
      #expect(keys == Parameter.all.map { $0.key + "=" }.sorted())
    }
  }

  /// Some users remove the equals sign from the characters that end a word.
  @Test("bash completes values even if an equals sign does not end a word") func wholeWords() throws
  {
    try Self.withFiles { folder in
      for (line, expected) in [
        ("elise-sweep run --set model=re", "model=reservoir"),
        ("elise-sweep run --out=re", "--out=results"),
      ] {
        let found = try Self.bash(line, in: folder, wordBreaks: " \t\n")
        #expect(found == [expected])
      }
    }
  }

  private static let hasZsh =
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .contains { FileManager.default.isExecutableFile(atPath: "\($0)/zsh") }

  /// If this fails, users of zsh get an error or nothing.
  @Test(
    "zsh completes",
    .enabled(if: hasZsh, "zsh is not installed; `make test` installs it where it can"),
    arguments: [
      ("elise-sweep pl", "elise-sweep plan"),
      ("elise-sweep run siz", "elise-sweep run size.yaml"),
      ("elise-sweep run size.yaml --ret", "elise-sweep run size.yaml --retry-failed"),
      ("elise-sweep status resu", "elise-sweep status results/"),
      ("elise-sweep train --set scaffold_p0", "elise-sweep train --set scaffold_p0="),
      ("elise-sweep train --set model=res", "elise-sweep train --set model=reservoir"),
      ("elise-sweep train --set pattern=so", "elise-sweep train --set pattern=song.txt"),
    ])
  func zsh(line: String, expected: String) throws {
    try Self.withFiles { folder in
      try Self.script("zsh", in: folder)
      // A shell in a pseudo-terminal, whose line is written to a file by a key after the tabulator.
      let inner = """
        autoload -Uz compinit; compinit -u -D
        source ./script
        write-line() { print -r -- "$BUFFER" > line; exit }
        zle -N write-line; bindkey '^X' write-line
        touch ready
        """
      try inner.write(
        to: folder.appendingPathComponent("inner"), atomically: true, encoding: .utf8)
      let outer = """
        zmodload zsh/zpty
        zpty shell zsh -f -i
        zpty -w shell 'source ./inner'
        for i in {1..100}; do [[ -e ready ]] && break; sleep 0.1; done
        zpty -w -n shell $'\(line)\\t'
        sleep 0.3
        zpty -w -n shell $'\\x18'
        for i in {1..100}; do [[ -s line ]] && break; sleep 0.1; done
        zpty -d shell
        """
      let outcome = try TestSupport.run(
        "zsh", ["-f", "-c", outer], in: folder, timeout: .seconds(30))
      let found = try? String(
        contentsOf: folder.appendingPathComponent("line"), encoding: .utf8)
      #expect(
        found?.split(separator: "\n").first.map { $0.trimmingCharacters(in: .whitespaces) }
          == expected, "\(outcome.errors)")
    }
  }

  @Test("A shell that is not known is refused") func unknownShell() throws {
    try Self.withFiles { folder in
      let outcome = try Program.run(["completions", "fish"], in: folder)
      #expect(outcome.exitCode == 2)
      #expect(outcome.errors == "error: completions: got fish; expected bash or zsh\n")
    }
  }
}
