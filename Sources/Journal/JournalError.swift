import FoundationEssentials
import Glibc
import SweepPlan

/// An error in writing or reading the journal.
public enum JournalError: Error, Equatable {
  /// A call to the system failed.
  case system(call: String, path: String, reason: String)

  /// A line has a valid checksum, but not the form that a run writes.
  case content(place: String)

  /// Two finished rows of one trial hold different results.
  case conflict(trial: String, first: String, second: String)

  /// A row of an earlier version has no value of a column that decides which trials run.
  case lacks(column: String, place: String)
}

extension JournalError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .system(let call, let path, let reason):
      "\(path): cannot \(call): \(reason)"
    case .content(let place):
      "\(place): this line is not in the form that a run writes; remove it, and its trial runs again"
    case .conflict(let trial, let first, let second):
      """
      trial \(trial) has two different results, in \(first) and in \(second); \
      they were computed by different programs or with different libraries: \
      remove one of the two files, or use another folder
      """
    case .lacks(let column, let place):
      """
      \(place): got trials of an earlier version, which did not measure \(column); expected this score, \
      because it decides which trials run: run the sweep into another folder (--out)
      """
    }
  }
}

/// The system's message for a failed file-system call; for any other error, its own description.
public func systemReason(of error: any Error) -> String {
  guard let cause = (error as? CocoaError)?.underlying as? POSIXError else { return "\(error)" }
  return String(cString: strerror(cause.code.rawValue))
}
