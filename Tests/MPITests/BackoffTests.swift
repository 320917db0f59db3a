import CommunicatorChecks
import Testing

@testable import MPI

/// If these fail, an idle rank uses a whole core, or a busy one answers slowly.
struct BackoffTests {
  @Test("pauses double up to the longest and start again after progress")
  func grows() {
    var backoff = Backoff(from: .microseconds(20), to: .microseconds(100))
    let expected = [20, 40, 80, 100, 100].map { Duration.microseconds($0) }
    #expect((0..<5).map { _ in backoff.nextPause() } == expected)
    backoff.reset()
    #expect(backoff.nextPause() == .microseconds(20))
  }

  @Test("a pause lasts at least its length")
  func sleeps() {
    var backoff = Backoff(from: .milliseconds(20), to: .milliseconds(40))
    let start = ContinuousClock.now
    backoff.pause()
    backoff.pause()
    #expect(ContinuousClock.now - start >= .milliseconds(60))
  }

  @Test("an idle receive loop uses a small part of a core")
  func leavesTheCore() throws {
    let world = LocalCommunicator()
    let load = try load(wholeProcess: false) {
      let end = ContinuousClock.now + .seconds(1)
      var backoff = Backoff()
      while ContinuousClock.now < end {
        if try world.receive() != nil { backoff.reset() } else { backoff.pause() }
      }
    }
    // The aim is 1 %. A loop that spins uses 100 %, or 50 % of a shared core.
    #expect(load < 0.1)
  }

  @Test("waiting polls until the condition holds, and rethrows its error")
  func waits() {
    struct Stop: Error {}
    var backoff = Backoff()
    var polls = 0
    backoff.wait {
      polls += 1
      return polls == 3
    }
    #expect(polls == 3)
    #expect(throws: Stop.self) { try backoff.wait { throw Stop() } }
  }
}
