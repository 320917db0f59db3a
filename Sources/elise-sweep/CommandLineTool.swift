import CBuildInfo
import CMalloc
import Experiment
import Glibc
import Journal
import MPI
import NetworkFiles
import NeuralCore
import Report
import SweepPlan

/// The program: finds the command, runs it, and turns errors into a message and an exit code.
@main
enum CommandLineTool {
  static var commands: [any Command.Type] {
    [
      RunCommand.self, PlanCommand.self, StatusCommand.self, MergeCommand.self, ReportCommand.self,
      VerifyCommand.self, TrainCommand.self,
      BenchCommand.self, ParametersCommand.self, HelpCommand.self, CompletionsCommand.self,
    ]
  }

  static func main() {
    elise_return_large_blocks()
    // A file size limit and a closed pipe are reported as errors instead of ending the program.
    signal(SIGXFSZ, SIG_IGN)
    signal(SIGPIPE, SIG_IGN)
    Console.occupyStandardStreams()
    let code = run(Array(CommandLine.arguments.dropFirst()))
    exit(Console.hasFailed ? ExitCode.internalError : code)
  }

  static func run(_ arguments: [String]) -> Int32 {
    do {
      guard let first = arguments.first else {
        Console.note(
          HelpCommand.firstSteps(
            width: TextTable.width(in: Console.isTerminal ? Console.columns : nil)))
        return ExitCode.usage
      }
      switch first {
      case "--help", "-h":
        Console.print(HelpCommand.overview())
        return ExitCode.done
      case NetworkExamination.word:
        return NetworkExamination.examine(arguments.dropFirst().first ?? "")
      case "--version":
        Console.print("elise-sweep \(Version.number) (\(Version.commit))")
        return ExitCode.done
      default:
        return try command(first).run(Array(arguments.dropFirst()))
      }
    } catch {
      return report(error)
    }
  }

  /// The command with a name.
  ///
  /// - Throws: ``UsageError``.
  static func command(_ name: String) throws -> any Command.Type {
    if let command = commands.first(where: { $0.syntax.name == name }) { return command }
    let names = commands.map { $0.syntax.name }
    guard !name.hasPrefix("-") else {
      throw UsageError(
        "got the option \(name) before the command; expected elise-sweep COMMAND [options], "
          + "with COMMAND one of " + names.joined(separator: ", "))
    }
    let isSweepFile = name.hasSuffix(".yaml") || name.hasSuffix(".yml")
    throw UsageError(
      "unknown command \(name)"
        + (isSweepFile
          ? ", did you mean elise-sweep run \(name)?" : didYouMean(name.nearest(of: names)))
        + "; expected " + names.joined(separator: ", "))
  }

  /// Reports an error to the user.
  ///
  /// - Returns: The exit code.
  static func report(_ error: any Error) -> Int32 {
    Console.note("error: \(error)")
    switch error {
    case JournalError.system, is ResultFolder.WriteError:
      Console.note("Finished trials are in the journal; repeat the command to continue.")
    default: break
    }
    return isUsersError(error) ? ExitCode.usage : ExitCode.internalError
  }

  /// Whether the user can fix the cause: the command line, a sweep file, or a network file.
  static func isUsersError(_ error: any Error) -> Bool {
    switch error {
    case is UsageError, is SweepFileError, is ParameterError, is TrialModelError,
      is NetworkError, is NetworkFileError, is StoredSweepError:
      true
    case MPIError.separateWorlds:
      true
    default:
      false
    }
  }
}

/// The exit codes of the program.
enum ExitCode {
  /// All trials are done.
  static let done: Int32 = 0
  /// Some trials failed; the tables are written.
  static let someFailed: Int32 = 1
  /// Wrong usage or a wrong sweep file; nothing was run.
  static let usage: Int32 = 2
  /// Trials remain; repeat the command to continue.
  static let incomplete: Int32 = 3
  /// Any other error, such as a full disk.
  static let internalError: Int32 = 70
}

/// An invalid command line. Ends with exit code 2.
struct UsageError: Error, CustomStringConvertible {
  let description: String

  /// Creates an error; control characters of what was typed do not reach the terminal.
  init(_ description: String) { self.description = description.escapingControlCharacters }
}

/// The version of this program.
enum Version {
  /// The number, by Semantic Versioning.
  static let number = "0.1.0"

  /// The commit that was built, marked if files had been changed.
  static var commit: String { String(cString: elise_build_commit()) }
}
