import CommunicatorChecks
import TestSupport
import Testing

@testable import MPI

/// If these fail, a run without a launcher loses or confuses jobs and results,
/// and tests of the sweep that use several local ranks prove nothing.
struct LocalCommunicatorTests {
  @Test(arguments: CommunicatorCheck.all, [1, 2, 4])
  func passesCheck(_ check: CommunicatorCheck, size: Int) throws {
    let ranks = LocalCommunicator.world(size: size)
    try onThreads(size) { try check.run(on: ranks[$0]) }
  }

  @Test("a communicator created alone is a world of one rank")
  func worldOfOne() throws {
    let world = LocalCommunicator()
    #expect(world.rank == 0)
    #expect(world.size == 1)
    for check in CommunicatorCheck.all { try check.run(on: world) }
  }

  @Test("two worlds in one process do not receive each other's messages")
  func separateWorlds() throws {
    let first = LocalCommunicator()
    let second = LocalCommunicator()
    try first.send([1], to: 0, tag: 0)
    #expect(try second.receive() == nil)
    #expect(try first.receive()?.bytes == [1])
  }

  @Test("a message of 2 GiB is refused, and one of a byte less is not")
  func messageTooLong() throws {
    let world = LocalCommunicator()
    let longest = (1 << 31) - 1
    try world.validate(length: longest, to: 0, tag: 0)
    let error = #expect(throws: MPIError.self) {
      try world.validate(length: longest + 1, to: 0, tag: 0)
    }
    #expect(error?.description.contains("at most \(longest) bytes") == true)
  }
}

/// If this fails, messages arrive twice, out of order, or never.
struct QueueTests {
  @Test(
    "each element comes out once, in order, whatever the length of the queue",
    arguments: [1, 2, 7, 1500, 5000])
  func keepsOrder(backlog: Int) {
    var queue = Queue<Int>()
    #expect(queue.popFirst() == nil)
    for number in 0..<backlog { queue.append(number) }
    var next = 0
    for number in backlog..<3 * backlog {
      queue.append(number)
      #expect(queue.popFirst() == next)
      next += 1
    }
    while let element = queue.popFirst() {
      #expect(element == next)
      next += 1
    }
    #expect(next == 3 * backlog)
    queue.append(7)
    #expect(queue.popFirst() == 7)
  }
}
