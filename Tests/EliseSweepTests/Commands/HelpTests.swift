import Experiment
import Foundation
import Parameters
import SweepPlan
import TestSupport
import Testing

@testable import elise_sweep

@Suite struct HelpTests {
  @Test("Help names every command and every option, on standard output, with exit code 0")
  func helpIsComplete() throws {
    let folder = FileManager.default.temporaryDirectory
    let general = try Program.run(["--help"], in: folder)
    #expect(general.exitCode == 0 && general.errors.isEmpty)
    for syntax in Commands.all.map({ $0.syntax }) {
      #expect(general.output.contains("  \(syntax.name) "))
      let help = try Program.run([syntax.name, "--help"], in: folder)
      #expect(help.exitCode == 0 && help.errors.isEmpty)
      #expect(help.output.contains("Usage: elise-sweep \(syntax.name)"))
      for option in syntax.options { #expect(help.output.contains("  \(option.usage) ")) }
    }
  }

  @Test("help COMMAND prints the same as COMMAND --help, with examples")
  func helpOfCommands() throws {
    let folder = FileManager.default.temporaryDirectory
    for syntax in Commands.all.map({ $0.syntax }) {
      let help = try Program.run(["help", syntax.name], in: folder)
      #expect(help.exitCode == 0 && help.output == syntax.help(width: 96) + "\n")
      for example in syntax.examples { #expect(help.output.contains("\n  \(example.line)\n")) }
    }
    for name in [
      "run", "plan", "status", "merge", "report", "compare", "verify", "train", "init",
    ] {
      #expect(try !Commands.named(name).syntax.examples.isEmpty, "\(name)")
    }
    #expect(
      try Program.run(["help"], in: folder).output == HelpCommand.overview(width: 96) + "\n")
    #expect(try Program.run(["help", "walk"], in: folder).exitCode == 2)
  }

  /// If this fails, `man elise-sweep` lacks what help shows, or shows commands of its own language.
  @Test("The manual page has every command, option and example, and man accepts it")
  func manualPage() throws {
    try withTemporaryFolder { folder in
      let page = try Program.run(["help", "--man"], in: folder)
      #expect(page.exitCode == 0 && page.output.hasPrefix(".TH ELISE-SWEEP 1 "))
      let path = folder.appending(path: "elise-sweep.1")
      try page.output.write(to: path, atomically: true, encoding: .utf8)
      // groff-base has what man needs; on a machine without it, the source alone is read.
      let shown = try run(
        "sh",
        [
          "-c",
          "! command -v groff >/dev/null || groff -man -Kutf8 -Tutf8 -ww elise-sweep.1 | col -bx",
        ], in: folder)
      #expect(shown.errors.isEmpty, "\(shown.errors)")
      /// Without blanks and line ends, and with plain hyphens.
      func bare(_ text: String) -> String {
        text.filter { !$0.isWhitespace }.replacing("‐", with: "-").replacing("−", with: "-")
      }
      let source = [
        ("\\-", "-"), ("\\(aq", "'"), ("\\(ga", "`"), ("\\(dq", "\""), ("\\(ti", "~"),
        ("\\e", "\\"),
      ]
      .reduce(page.output) { $0.replacing($1.0, with: $1.1) }
      let text = bare(shown.output.isEmpty ? source : shown.output)
      for syntax in Commands.all.map({ $0.syntax }) {
        let parts =
          ["elise-sweep \(syntax.name)"] + syntax.options.map(\.usage) + syntax.examples.map(\.line)
        for part in parts { #expect(text.contains(bare(part)), "\(part)") }
      }
    }
  }

  /// If this fails, words break in the middle of a narrow terminal.
  @Test("Help fits the terminal; only lines to copy may be longer", arguments: [40, 60, 96])
  func helpFits(width: Int) {
    let texts =
      [
        HelpCommand.overview(width: width), HelpCommand.firstSteps(width: width),
        ParametersCommand.text(width: width),
      ] + Commands.all.map { $0.syntax.help(width: width) }
    let copied =
      Commands.all.flatMap { $0.syntax.examples.map(\.line) }
    for line in texts.joined(separator: "\n").split(separator: "\n") where line.count > width {
      let words = line.drop { $0 == " " }
      #expect(
        copied.contains(String(words)) || !words.contains(" ")
          || words.hasPrefix("mpirun -n P") || words.hasPrefix("Usage: "), "\(line)")
    }
  }

  /// If this fails, help in a real terminal does not use its width.
  @Test(
    "Help is as wide as the terminal",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script")))
  func helpInTerminal() throws {
    let program = try builtProduct("elise-sweep").path
    for (columns, width) in [(30, 40), (57, 57), (200, 96)] {
      let outcome = try TestSupport.run(
        "script", ["-qec", "stty cols \(columns); '\(program)' run --help", "/dev/null"])
      let text = outcome.output.replacingOccurrences(of: "\r\n", with: "\n")
      #expect(text == RunCommand.syntax.help(width: width) + "\n", "\(columns) columns")
    }
  }

  @Test("Every command knows -h", arguments: Commands.all.map { $0.syntax.name })
  func shortHelp(command: String) throws {
    let folder = FileManager.default.temporaryDirectory
    let short = try Program.run([command, "-h"], in: folder)
    #expect(short.exitCode == 0)
    #expect(try short.output == Program.run([command, "--help"], in: folder).output)
  }

  /// If this fails, a user searches a page of parameters for one.
  @Test("parameters WORD lists only entries with the word") func filteredParameters() throws {
    let outcome = try Program.run(
      ["parameters", "delay"], in: FileManager.default.temporaryDirectory)
    #expect(outcome.exitCode == 0)
    for key in ["delay_min", "delay_max", "interneuron_delay"] {
      #expect(outcome.output.contains("  \(key) "))
    }
    for key in ["latent", "seed", "nudging"] { #expect(!outcome.output.contains("  \(key) ")) }
  }

  @Test("The list of parameters names every key and every column")
  func parametersAreComplete() throws {
    let outcome = try Program.run(["parameters"], in: FileManager.default.temporaryDirectory)
    #expect(outcome.exitCode == 0)
    let scoreGroups = ScoreGroup.allCases.map(\.rawValue)
    for key in Parameter.all.map(\.key) + scoreGroups + ScoreColumn.all.map(\.key) {
      #expect(outcome.output.contains("  \(key) "), "\(key)")
    }
  }

  /// If this fails, a newcomer does not learn how to begin.
  @Test("Without a command, the first steps go to standard error") func noCommand() throws {
    let outcome = try Program.run([], in: Page.project)
    #expect(outcome.exitCode == 2 && outcome.output.isEmpty)
    #expect(outcome.errors == HelpCommand.firstSteps(width: 96) + "\n")
    for command in ["run sweeps/quickstart.yaml", "init SONG.txt", "help"] {
      #expect(outcome.errors.contains("elise-sweep \(command)"))
    }
  }

  @Test("The version is a number and a commit")
  func version() throws {
    let outcome = try Program.run(["--version"], in: FileManager.default.temporaryDirectory)
    #expect(outcome.output.hasPrefix("elise-sweep \(Version.number) ("))
  }
}
