import Foundation

/// Runs `body` once for each number below `count`, each in a thread of its own, as ranks of a job
/// run side by side, and throws the first error of any.
///
/// A thread that hangs fails the test rather than the test run.
public func onThreads(
  _ count: Int, timeout: Duration = .seconds(60),
  _ body: @escaping @Sendable (Int) throws -> Void
) throws {
  let errors = Errors()
  let done = DispatchSemaphore(value: 0)
  for number in 0..<count {
    let thread = Thread {
      do { try body(number) } catch { errors.append(error) }
      done.signal()
    }
    thread.start()
  }
  let deadline = DispatchTime.now() + timeout.timeInterval
  for _ in 0..<count where done.wait(timeout: deadline) == .timedOut {
    throw errors.first ?? HangingThread()
  }
  if let error = errors.first { throw error }
}

/// A thread did not come to its end in time.
public struct HangingThread: Error, CustomStringConvertible {
  public let description = "a thread did not come to its end"
}

private final class Errors: @unchecked Sendable {
  private let lock = NSLock()
  private var errors: [any Error] = []

  var first: (any Error)? { lock.withLock { errors.first } }

  func append(_ error: any Error) {
    lock.withLock { errors.append(error) }
  }
}
