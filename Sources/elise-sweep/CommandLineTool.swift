import CMalloc
import Experiment
import Glibc
import Journal
import MPI
import NetworkFiles
import NeuralCore
import Report
import SweepPlan

/// The program: finds the command and turns what it throws into a message and an exit code.
@main
enum CommandLineTool {
  static var commands: [any Command.Type] {
    [
      Run.self, PlanCommand.self, Status.self, Merge.self, MakeReport.self, Verify.self, Train.self,
      BenchCommand.self, Parameters.self, Help.self, Completions.self,
    ]
  }

  static func main() {
    elise_return_large_blocks()
    // A limit on the size of files, or a pipe that nobody reads, shall be an error that is reported.
    signal(SIGXFSZ, SIG_IGN)
    signal(SIGPIPE, SIG_IGN)
    exit(run(Array(CommandLine.arguments.dropFirst())))
  }

  static func run(_ arguments: [String]) -> Int32 {
    do {
      guard let first = arguments.first else {
        Console.note(help)
        return ExitCode.usage
      }
      switch first {
      case "--help", "-h":
        Console.print(help)
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
    guard let command = commands.first(where: { $0.syntax.name == name }) else {
      throw UsageError(
        "unknown command \(name); allowed are "
          + commands.map { $0.syntax.name }.joined(separator: ", "))
    }
    return command
  }

  /// Writes an error for the user and says how the program ends.
  static func report(_ error: any Error) -> Int32 {
    Console.note("error: \(error)")
    switch error {
    case JournalError.system, is ResultFolder.WriteError:
      Console.note("what has been finished is in the journal; the same command goes on from there")
    default: break
    }
    return isUsersError(error) ? ExitCode.usage : ExitCode.internalError
  }

  /// Whether the user can mend what is wrong: the command line, a sweep file, a network file.
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

  static var help: String {
    """
    elise-sweep: parameter sweeps of ELiSe sequence-learning networks over MPI ranks

    Usage: elise-sweep COMMAND [options]
           mpirun -n P elise-sweep run SWEEP.yaml [options]

    \(TextTable.twoColumns(commands.map { ($0.syntax.name, $0.syntax.summary) }))

    `elise-sweep help COMMAND` says more, with examples; `elise-sweep --version` names the version.
    """
  }
}
