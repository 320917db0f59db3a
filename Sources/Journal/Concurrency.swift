import FoundationEssentials
import Synchronization

/// Runs a closure in parallel on contiguous ranges that together cover all indices below a count.
///
/// If threads cannot be started, those that run do all of the work.
///
/// - Parameter ranges: The number of ranges; nil for one per core.
/// - Throws: The error of one of the calls; the others still run.
package func concurrently<Failure: Error>(
  _ count: Int, ranges: Int? = nil, _ body: @Sendable (Range<Int>) throws(Failure) -> Void
) throws(Failure) {
  let cores = ProcessInfo.processInfo.activeProcessorCount
  let ranges = ranges ?? max(1, min(cores, count))
  let failure = Mutex<Failure?>(nil)
  let next = Atomic(0)
  // The closure outlives no call of this function.
  withoutActuallyEscaping(body) { body in
    let work: @Sendable () -> Void = {
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < ranges else { return }
        do throws(Failure) {
          try body(count * index / ranges..<count * (index + 1) / ranges)
        } catch {
          failure.withLock { $0 = error }
        }
      }
    }
    let threads = (1..<max(1, min(cores, ranges))).compactMap { _ in RunningThread(work) }
    work()
    for thread in threads { thread.join() }
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
