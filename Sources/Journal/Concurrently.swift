import Dispatch
import FoundationEssentials
import SweepPlan
import Synchronization

/// Does something with the numbers below a count, in as many ranges as there are cores.
///
/// - Throws: What one of the ranges throws.
func concurrently(_ count: Int, _ body: @Sendable (Range<Int>) throws -> Void) throws {
  let ranges = max(1, min(ProcessInfo.processInfo.activeProcessorCount, count))
  let failure = Mutex<(any Error)?>(nil)
  DispatchQueue.concurrentPerform(iterations: ranges) { number in
    do {
      try body(count * number / ranges..<count * (number + 1) / ranges)
    } catch {
      failure.withLock { $0 = error }
    }
  }
  if let error = failure.withLock({ $0 }) { throw error }
}
