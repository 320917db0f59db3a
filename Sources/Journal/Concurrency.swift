import Dispatch
import FoundationEssentials
import Synchronization

/// Runs a closure in parallel on contiguous ranges that together cover all indices below a count.
///
/// - Parameter ranges: The number of ranges; nil for one per core.
/// - Throws: The error of one of the calls; the others still run.
package func concurrently<Failure: Error>(
  _ count: Int, ranges: Int? = nil, _ body: @Sendable (Range<Int>) throws(Failure) -> Void
) throws(Failure) {
  let ranges = ranges ?? max(1, min(ProcessInfo.processInfo.activeProcessorCount, count))
  let failure = Mutex<Failure?>(nil)
  DispatchQueue.concurrentPerform(iterations: ranges) { index in
    do throws(Failure) {
      try body(count * index / ranges..<count * (index + 1) / ranges)
    } catch {
      failure.withLock { $0 = error }
    }
  }
  if let error = failure.withLock({ $0 }) { throw error }
}

/// The results of a closure for all indices below a count, in order, computed in parallel.
package func concurrentMap<Element: Sendable>(
  _ count: Int, _ body: @Sendable (_ index: Int) -> Element
) -> [Element] {
  let elements = Mutex([Element?](repeating: nil, count: count))
  concurrently(count, ranges: count) { range in
    for index in range {
      let element = body(index)
      elements.withLock { $0[index] = element }
    }
  }
  return elements.withLock { $0.map { $0! } }
}
