import Testing

@testable import MPI

/// If this fails, messages come twice, out of order, or never.
struct QueueTests {
  @Test(
    "elements come out once each, in order, whatever is in the queue",
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
