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
    for syntax in CommandLineTool.commands.map({ $0.syntax }) {
      #expect(general.output.contains("  \(syntax.name) "))
      let help = try Program.run([syntax.name, "--help"], in: folder)
      #expect(help.exitCode == 0 && help.errors.isEmpty)
      #expect(help.output.contains("Usage: elise-sweep \(syntax.name)"))
      for option in syntax.options { #expect(help.output.contains("  \(option.usage) ")) }
    }
  }

  @Test("help COMMAND says what COMMAND --help says, with examples of the commands that need some")
  func helpOfCommands() throws {
    let folder = FileManager.default.temporaryDirectory
    for syntax in CommandLineTool.commands.map({ $0.syntax }) {
      let help = try Program.run(["help", syntax.name], in: folder)
      #expect(help.exitCode == 0 && help.output == syntax.help + "\n")
      for example in syntax.examples { #expect(help.output.contains("\n  \(example.line)\n")) }
    }
    for name in ["run", "plan", "status", "merge", "report", "verify", "train"] {
      #expect(try !CommandLineTool.command(name).syntax.examples.isEmpty, "\(name)")
    }
    #expect(try Program.run(["help"], in: folder).output == CommandLineTool.help + "\n")
    #expect(try Program.run(["help", "walk"], in: folder).exitCode == 2)
  }

  @Test("No line of help is too wide for a terminal")
  func helpFits() {
    let texts =
      [CommandLineTool.help, ParametersCommand.text]
      + CommandLineTool.commands.map { $0.syntax.help }
    for line in texts.joined(separator: "\n").split(separator: "\n") {
      #expect(line.count <= 100, "\(line)")
    }
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

  @Test("Without a command the help goes to standard error and the exit code says wrong usage")
  func noCommand() throws {
    let outcome = try Program.run([], in: FileManager.default.temporaryDirectory)
    #expect(outcome.exitCode == 2 && outcome.output.isEmpty)
    #expect(outcome.errors == CommandLineTool.help + "\n")
  }

  @Test("The version is a number and a commit")
  func version() throws {
    let outcome = try Program.run(["--version"], in: FileManager.default.temporaryDirectory)
    #expect(outcome.output.hasPrefix("elise-sweep \(Version.number) ("))
  }
}
