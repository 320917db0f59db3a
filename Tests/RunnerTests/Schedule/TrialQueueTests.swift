import Testing

@testable import Runner
@testable import SweepPlan

@Suite struct TrialQueueTests {
  private static func drain(_ queue: inout TrialQueue) -> [Int] {
    var indices: [Int] = []
    while let entry = queue.first {
      indices.append(entry.index)
      queue.remove(queue.first!)
    }
    return indices
  }

  /// If this fails, the last long trial starts when everything else is done.
  @Test func longestComeFirstAndEqualOnesInTheOrderOfThePlan() {
    var queue = TrialQueue(costs: [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5])
    #expect(queue.count == 11)
    #expect(abs(queue.cost - 44) < 1e-9)
    #expect(Self.drain(&queue) == [5, 7, 4, 8, 10, 2, 0, 9, 6, 1, 3])
    #expect(queue.count == 0)
    #expect(abs(queue.cost) < 1e-9)
  }

  /// If this fails, a guess that was wrong for one kind of network decides to the end.
  @Test func finishedTrialsChangeTheOrder() {
    var queue = TrialQueue([
      .init(shape: .taking(10, neurons: 20), indices: [0, 1, 2]),
      .init(shape: .taking(9, neurons: 500), indices: [3, 4]),
    ])
    #expect(queue.first?.index == 0)
    #expect(queue.first?.isMeasured == false)
    let first = queue.first!
    queue.remove(queue.first!)
    // Both kinds are believed to be twice as slow, until the second proves to be slower still.
    queue.learn(line: first.line, seconds: 20)
    queue.learn(line: first.line, seconds: 20)
    #expect(abs(queue.cost - 2 * (2 * 10 + 2 * 9)) < 1e-6)
    #expect(queue.first?.isMeasured == true)
    queue.learn(line: 1 - first.line, seconds: 900)
    queue.learn(line: 1 - first.line, seconds: 900)
    #expect(abs(queue.cost - (2 * 20 + 2 * 900)) < 1e-6)
    #expect(Self.drain(&queue) == [3, 4, 1, 2])
  }

  /// If this fails, the last search of a sweep starts when all others have ended.
  @Test func trialsOnWhichOthersWaitComeFirst() {
    var queue = TrialQueue([
      .init(shape: .taking(3), chain: 4, indices: [0, 1]), .init(shape: .taking(5), indices: [2]),
    ])
    #expect(abs(queue.cost - 29) < 1e-9)
    let first = queue.first!
    #expect(first.index == 0 && abs(first.cost - 3) < 1e-9 && abs(first.work - 12) < 1e-9)
    queue.remove(first)
    // What follows is longer, but fewer wait on it.
    queue.insert(.init(index: 7, shape: .taking(6), chain: 3))
    queue.insert(.init(index: 8, shape: .taking(5), chain: 1))
    #expect(queue.count == 4 && abs(queue.cost - (12 + 5 + 18 + 5)) < 1e-9)
    #expect(Self.drain(&queue) == [7, 1, 2, 8])
    // A line whose trials have all been taken can fill again.
    queue.insert(.init(index: 9, shape: .taking(3), chain: 4))
    queue.insert(.init(index: 3, shape: .taking(6), chain: 3))
    #expect(Self.drain(&queue) == [3, 9])
    #expect(queue.count == 0 && abs(queue.cost) < 1e-9)
  }

  @Test func nothingWaitsInAnEmptyQueue() {
    #expect(TrialQueue([]).first == nil)
    #expect(TrialQueue([.init(shape: .taking(1), indices: [])]).first == nil)
  }
}
