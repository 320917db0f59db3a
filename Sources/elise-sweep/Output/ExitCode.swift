import Experiment
import Journal
import MPI
import NetworkFiles
import NeuralCore
import Report
import SweepPlan

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

  /// Reports an error to the user.
  ///
  /// - Returns: The exit code.
  static func report(_ error: any Error) -> Int32 {
    Console.note("error: \("\(error)".escapingControlCharacters)")
    switch error {
    // Journals are opened and listed to be read.
    case JournalError.system(let call, _, _) where ["open", "read", "list"].contains(call): break
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

/// An invalid command line. Ends with exit code 2.
struct UsageError: Error, CustomStringConvertible {
  let description: String

  /// Creates an error; control characters of what was typed do not reach the terminal.
  init(_ description: String) { self.description = description.escapingControlCharacters }
}
