import TestSupport
import Testing

@testable import SweepPlan

@Suite struct BisectionTests {
  /// Follows a search to its end; the values that it tried, in order.
  private func run(
    _ count: Int, _ isMet: (Int) -> Bool
  ) throws -> (walk: Bisection, tried: [Int]) {
    var (walk, tried) = (Bisection(count: count), [Int]())
    while let next = walk.next {
      try #require((0..<count).contains(next) && tried.count < count, "the search does not end")
      tried.append(next)
      walk.take(isMet: isMet(next))
    }
    return (walk, tried)
  }

  /// If this fails, a search reports another frontier than the full grid, or runs more of it than it
  /// is there to save. All rows of outcomes that change once, of up to 70 values.
  @Test func findsEveryFrontier() throws {
    for count in 1...70 {
      let start = Bisection(count: count)
      for frontier in 0...count {
        let (walk, tried) = try run(count) { $0 < frontier }
        #expect(walk.lastMet == frontier - 1 && walk.firstMissed == frontier)
        #expect(Set(tried).count == tried.count, "a value was tried twice")
        #expect(start.costs { _ in 1 }.contains(tried.count) && tried.count <= start.most)
        #expect(1 << (start.most - 1) < count + 1 && count + 1 <= 1 << start.most)
      }
    }
  }

  /// Noisy networks may fail at a short sequence and succeed at a longer one.
  ///
  /// If this fails, such outcomes send a search around in circles, or it ends between values that
  /// were never tried.
  @Test func endsWhateverTheOutcomes() throws {
    var random = Congruential(seed: 5)
    for count in [1, 2, 3, 7, 8, 31, 100] {
      let start = Bisection(count: count)
      for _ in 0..<300 {
        let outcomes = (0..<count).map { _ in random.next() & 1 == 0 }
        let (walk, tried) = try run(count) { outcomes[$0] }
        #expect(walk.firstMissed == walk.lastMet + 1)
        #expect(walk.lastMet < 0 || tried.contains(walk.lastMet) && outcomes[walk.lastMet])
        #expect(
          walk.firstMissed == count
            || tried.contains(walk.firstMissed) && !outcomes[walk.firstMissed])
        #expect(Set(tried).count == tried.count && tried.count <= start.most)
      }
    }
  }

  /// If this fails, `plan` names a range that a run does not keep to.
  @Test(arguments: [1, 2, 5, 10, 17])
  func predictsTheRange(count: Int) throws {
    func cost(_ value: Int) -> Double { Double(value * value + 1) }
    let runs = try (0...count).map { frontier in
      try run(count) { $0 < frontier }.tried
    }
    let start = Bisection(count: count)
    #expect(start.costs { _ in 1 } == runs.map(\.count).min()!...start.most)
    let costs = runs.map { $0.reduce(0) { $0 + cost($1) } }
    #expect(start.costs(cost) == costs.min()!...costs.max()!)
  }

  /// If this fails, a search runs trials again to verify its frontier, or looks past the values next to it,
  /// at which a network most likely recalls.
  @Test func valuesBeyondTheFrontier() throws {
    for count in 1...20 {
      for frontier in 0...count {
        let (walk, tried) = try run(count) { $0 < frontier }
        let untried = (0..<count).filter { $0 > frontier && !tried.contains($0) }
        for most in 0...5 {
          let beyond = walk.beyond(most, of: count)
          #expect(beyond.count == min(most, untried.count) && Set(beyond).count == beyond.count)
          #expect(Set(beyond).isSubset(of: untried) && beyond == beyond.sorted())
          if most > 0 { #expect(beyond.first == untried.first) }
        }
        #expect(walk.beyond(1000, of: count) == untried)
      }
    }
    // Of 15 values, 7, 3, 1 and 0 were missed; 2, 4, 5, 6, 8 and the last ones were not run.
    #expect(try run(15) { _ in false }.walk.beyond(2, of: 15) == [2, 9])
  }
}

/// A fixed stream of numbers.
private struct Congruential {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }
}
