import FoundationEssentials
import Glibc

/// Why a call to the file system failed, in the system's own words; what else is thrown is described
/// as it describes itself.
public func systemReason(of error: any Error) -> String {
  guard let cause = (error as? CocoaError)?.underlying as? POSIXError else { return "\(error)" }
  return String(cString: strerror(cause.code.rawValue))
}
