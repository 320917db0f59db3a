import MPI
import Testing

@testable import Sweep

/// The coordinator alone, with ranks that say what a test makes them say.
@Suite struct CoordinatorTests {
  private let world = LocalCommunicator.world(size: 2)

  private func coordinator(_ costs: [Double]) -> Coordinator {
    Coordinator(
      communicator: world[0],
      jobs: costs.enumerated().map { Coordinator.Job(number: $0, cost: $1) },
      assignment: { _ in [] }, accept: { _, _, _ in })
  }

  private func ready(_ rank: Int, threads: Int) -> Message {
    Message(source: rank, tag: DispatchTag.ready, bytes: NumberedMessage.encode(threads, []))
  }

  private func result(_ rank: Int, _ job: Int) -> Message {
    Message(
      source: rank, tag: DispatchTag.result,
      bytes: NumberedMessage.encode(job, [TrialStatus.done.code]))
  }

  /// The jobs that have reached a rank since the last look.
  private func received(_ rank: Int) throws -> [Int] {
    var jobs: [Int] = []
    while let message = try world[rank].receive() {
      jobs.append(NumberedMessage.decode(message.bytes).number)
    }
    return jobs
  }

  /// If this fails, long trials wait behind others while another rank has nothing to do.
  @Test(arguments: [1, 3])
  func longJobsAreNotHeldInAdvance(threads: Int) throws {
    let coordinator = coordinator(Array(repeating: 100, count: 10))
    try coordinator.handle(ready(1, threads: threads))
    #expect(try received(1) == Array(0..<threads))
    try coordinator.handle(result(1, 0))
    #expect(try received(1) == [threads])
  }

  /// If this fails, a rank with short trials waits for a message after each of them.
  @Test(arguments: [1, 3])
  func shortJobsAreHeldInAdvance(threads: Int) throws {
    let coordinator = coordinator(Array(repeating: 0.01, count: 10))
    try coordinator.handle(ready(1, threads: threads))
    #expect(try received(1) == Array(0..<2 * threads))
    try coordinator.handle(result(1, 0))
    #expect(try received(1) == [2 * threads])
  }

  /// If this fails, a trial of milliseconds waits for hours behind a long one.
  @Test func shortJobIsNotHeldBehindALongOne() throws {
    let coordinator = coordinator([100, 0.01, 0.01, 0.01])
    try coordinator.handle(ready(1, threads: 1))
    #expect(try received(1) == [0])
    try coordinator.handle(ready(0, threads: 1))
    #expect(try received(0) == [1, 2])
    try coordinator.handle(result(1, 0))
    #expect(try received(1) == [3])
  }

  /// If this fails, a rank that starts late finds the run ended and the record lacks its threads.
  @Test func isNotFinishedBeforeEveryRankIsThere() throws {
    let coordinator = coordinator([])
    #expect(!coordinator.isFinished)
    try coordinator.handle(ready(0, threads: 1))
    #expect(!coordinator.isFinished)
    try coordinator.handle(ready(1, threads: 2))
    #expect(coordinator.isFinished)
    #expect(coordinator.threadCount == 3)
  }

  /// If this fails, the expected end that a user sees is wrong.
  @Test func countsCosts() throws {
    let coordinator = coordinator([2, 6])
    try coordinator.handle(ready(1, threads: 2))
    #expect(coordinator.progress.totalCost == 8)
    #expect(coordinator.progress.total == 2)
    try coordinator.handle(result(1, 1))
    #expect(coordinator.progress.finishedCost == 6)
    #expect(coordinator.progress.finished == [.done: 1])
  }
}
