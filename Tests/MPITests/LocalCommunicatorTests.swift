import CommunicatorChecks
import Foundation
import MPI
import Testing

/// If these fail, a run without a launcher loses or mixes up jobs and results,
/// and tests of the sweep that use several local ranks prove nothing.
struct LocalCommunicatorTests {
  @Test(arguments: CommunicatorCheck.all, [1, 2, 4])
  func keepsThePromise(_ check: CommunicatorCheck, size: Int) throws {
    try onThreads(LocalCommunicator.world(size: size)) { try check.run(on: $0) }
  }

  @Test("the plain communicator is a world of one")
  func worldOfOne() throws {
    let world = LocalCommunicator()
    #expect(world.rank == 0)
    #expect(world.size == 1)
    for check in CommunicatorCheck.all { try check.run(on: world) }
  }

  @Test("two worlds in one process do not see each other's messages")
  func separateWorlds() throws {
    let first = LocalCommunicator()
    let second = LocalCommunicator()
    try first.send([1], to: 0, tag: 0)
    #expect(try second.receive() == nil)
    #expect(try first.receive()?.bytes == [1])
  }
}

/// Runs each rank in a thread of its own and throws the first error of any; a
/// rank that hangs fails the test rather than the test run.
private func onThreads(
  _ ranks: [LocalCommunicator], timeout: TimeInterval = 60,
  _ body: @escaping @Sendable (LocalCommunicator) throws -> Void
) throws {
  let errors = Errors()
  let done = DispatchSemaphore(value: 0)
  for rank in ranks {
    let thread = Thread {
      do { try body(rank) } catch { errors.append(error) }
      done.signal()
    }
    thread.start()
  }
  let deadline = DispatchTime.now() + timeout
  for _ in ranks where done.wait(timeout: deadline) == .timedOut {
    throw errors.first ?? Hanging()
  }
  if let error = errors.first { throw error }
}

private struct Hanging: Error, CustomStringConvertible {
  let description = "a rank did not come to its end"
}

private final class Errors: @unchecked Sendable {
  private let lock = NSLock()
  private var errors: [any Error] = []

  var first: (any Error)? { lock.withLock { errors.first } }

  func append(_ error: any Error) {
    lock.withLock { errors.append(error) }
  }
}
