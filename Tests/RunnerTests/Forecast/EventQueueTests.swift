import Testing

@testable import Runner
@testable import SweepPlan

@Suite struct EventQueueTests {
  /// If this fails, the events of a predicted run are processed in an order that is impossible in a real run.
  @Test func eventsComeByTimeAndThenInTheOrderInWhichTheyWerePutIn() {
    var queue = EventQueue<Int>()
    let times = (0..<500).map { Double($0 * 7_919 % 83) }
    for (number, time) in times.enumerated() { queue.insert(number, at: time) }
    let expected = times.indices.sorted { (times[$0], $0) < (times[$1], $1) }
    var popped: [Int] = []
    while let (time, event) = queue.popFirst() {
      #expect(time == times[event])
      popped.append(event)
    }
    #expect(popped == expected)
    #expect(queue.popFirst() == nil)
  }

  @Test func eventsMayBePutInMeanwhile() {
    var queue = EventQueue<String>()
    queue.insert("b", at: 2)
    queue.insert("a", at: 1)
    #expect(queue.popFirst()?.event == "a")
    queue.insert("c", at: 1.5)
    #expect(queue.popFirst()?.event == "c")
    #expect(queue.popFirst()?.event == "b")
  }
}
