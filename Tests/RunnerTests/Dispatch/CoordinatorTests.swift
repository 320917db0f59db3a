import Glibc
import MPI
import Testing

@testable import Runner
@testable import SweepPlan

/// The coordinator alone, with ranks that say what a test makes them say.
@Suite struct CoordinatorTests {
  private let world = LocalCommunicator.world(size: 2)

  private func coordinator(
    _ costs: [Double],
    followUp: @escaping (ResultMessage) -> [TrialQueue.Addition] = { _ in [] }
  ) -> Coordinator {
    Coordinator(
      communicator: world[0], queue: TrialQueue(costs: costs), message: TrialMessage.init,
      followUp: followUp, accept: { _ in })
  }

  private func ready(_ rank: Int, threads: Int) -> Message {
    var writer = ByteWriter()
    writer.write(threads)
    writer.write("node\(rank)")
    return Message(source: rank, tag: DispatchTag.ready, bytes: writer.bytes)
  }

  private func results(_ rank: Int, _ trials: [Int], seconds: Double = 1) -> Message {
    var writer = ByteWriter()
    for index in trials {
      ResultMessage(index: index, status: .done, seconds: seconds, line: []).write(to: &writer)
    }
    return Message(source: rank, tag: DispatchTag.results, bytes: writer.bytes)
  }

  /// The trials that have reached a rank since the last look, by message.
  private func received(_ rank: Int) throws -> [[Int]] {
    var messages: [[Int]] = []
    while let message = try world[rank].receive() {
      #expect(message.tag == DispatchTag.trials)
      var reader = ByteReader(message.bytes)
      var trials: [Int] = []
      while !reader.isAtEnd {
        let trial = TrialMessage(from: &reader)
        #expect(trial == TrialMessage(trial.index))
        trials.append(trial.index)
      }
      messages.append(trials)
    }
    return messages
  }

  /// If this fails, a rank with many threads gets a message for each of them.
  @Test func allThatARankShallHoldIsOneMessage() throws {
    let coordinator = coordinator(Array(repeating: 0.9, count: 100))
    try coordinator.handle(ready(1, threads: 3))
    #expect(try received(1) == [[0, 1, 2, 3, 4, 5]])
    try coordinator.handle(results(1, [0, 2, 1], seconds: 0.9))
    #expect(try received(1) == [[6, 7, 8]])
    #expect(try received(0) == [])
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

  /// If this fails, ranks have nothing to do while trials wait that came up later, or the run ends
  /// before those have run.
  @Test func trialsThatComeUpLaterReachIdleRanks() throws {
    let coordinator = coordinator([0.5, 0.5]) { finished in
      finished.index < 4
        ? [.init(index: finished.index + 2, shape: .taking(0.5), chain: 1)] : []
    }
    try coordinator.handle(ready(1, threads: 1))
    #expect(try received(1) == [[0]])
    try coordinator.handle(ready(0, threads: 1))
    #expect(try received(0) == [[1]])
    try coordinator.handle(results(1, [0]))
    #expect(try received(1) == [[2]])
    try coordinator.handle(results(1, [2]))
    #expect(try received(1) == [[4]])
    try coordinator.handle(results(1, [4]))
    #expect(try received(1) == [] && !coordinator.isFinished)
    // Rank 1 is idle, rank 0 returns what makes another one necessary.
    try coordinator.handle(results(0, [1]))
    #expect(try received(0) == [[3]])
    try coordinator.handle(results(0, [3]))
    #expect(try received(0) == [[5]])
    try coordinator.handle(results(0, [5]))
    #expect(coordinator.isFinished)
    #expect(coordinator.progress.fraction == 1)
  }

  /// If this fails, one rank runs what two could.
  @Test func severalThatComeUpAtOnceAreSpread() throws {
    let coordinator = coordinator([0.1, 0.1, 0.1, 0.1]) { finished in
      finished.index < 2
        ? [.init(index: finished.index + 4, shape: .taking(5), chain: 1)] : []
    }
    try coordinator.handle(ready(1, threads: 1))
    try coordinator.handle(ready(0, threads: 2))
    let (one, other) = (try received(1).flatMap(\.self), try received(0).flatMap(\.self))
    try #require(one == [0, 1] && other == [2, 3])
    try coordinator.handle(results(0, other))
    #expect(try received(0) == [] && !coordinator.isFinished)
    try coordinator.handle(results(1, one))
    #expect(Set(try received(1) + received(0)) == [[4], [5]])
  }

  /// If this fails, the progress that a user sees is wrong.
  @Test func countsTheWork() throws {
    let coordinator = coordinator([2, 6])
    try coordinator.handle(ready(1, threads: 2))
    #expect(coordinator.progress.fraction == 0)
    var report = ByteWriter()
    report.write(1)
    report.write(Int(TrialShape.taking(6).steps / 2))
    coordinator.report(report.bytes)
    #expect(abs(coordinator.progress.fraction - 3.0 / 8) < 1e-3)
    #expect(abs(coordinator.progress.longest - 6) < 0.6)
    try coordinator.handle(results(1, [1], seconds: 6))
    #expect(abs(coordinator.progress.fraction - 0.75) < 1e-9)
    #expect(coordinator.progress.finished == [.done: 1])
    #expect(!coordinator.isFinished)
    #expect(coordinator.times.busy == 6)
    #expect(coordinator.times.longest == 6)
    #expect(coordinator.times.tail > 0, "a thread has nothing left to do")
  }

  /// The indices in the messages with a tag that have reached a rank since the last look.
  private func indices(_ tag: Int, at rank: Int, of world: [LocalCommunicator]) throws -> [Int] {
    var indices: [Int] = []
    while let message = try world[rank].receive() {
      guard message.tag == tag else { continue }
      var reader = ByteReader(message.bytes)
      while !reader.isAtEnd {
        indices.append(
          tag == DispatchTag.trials ? TrialMessage(from: &reader).index : reader.read(Int.self))
      }
    }
    return indices
  }

  /// If this fails, the trials of a host that has lost its network are never run, and the run waits
  /// until the network gives up.
  @Test func trialsOfASilentRankGoToOthers() throws {
    let world = LocalCommunicator.world(size: 3)
    var accepted: [Int] = []
    let coordinator = Coordinator(
      communicator: world[0], queue: TrialQueue(costs: [5, 5, 5]), message: TrialMessage.init,
      silenceLimit: 0.2, accept: { accepted.append($0.index) })
    for rank in 0..<3 { try coordinator.handle(ready(rank, threads: 1)) }
    let silent = try indices(DispatchTag.trials, at: 2, of: world)
    try #require(silent == [2])
    try coordinator.handle(results(0, [0]))
    // Rank 1 speaks, rank 2 does not.
    for _ in 0..<5 {
      usleep(100_000)
      try coordinator.handle(Message(source: 1, tag: DispatchTag.alive, bytes: []))
      try coordinator.watch()
    }
    #expect(coordinator.lostRanks.map(\.description) == ["rank 2 on node2"])
    #expect(try indices(DispatchTag.trials, at: 0, of: world).suffix(1) == [2])
    #expect(try indices(DispatchTag.discard, at: 2, of: world) == [2])
    #expect(coordinator.threadCount == 2)
    try coordinator.handle(results(1, [1]))
    #expect(!coordinator.isFinished)
    try coordinator.handle(results(0, [2]))
    #expect(coordinator.isFinished)
    // A result that comes twice counts once, and the rank is there again.
    try coordinator.handle(results(2, [2]))
    #expect(accepted.sorted() == [0, 1, 2] && coordinator.progress.count == 3)
    #expect(coordinator.lostRanks.isEmpty && coordinator.threadCount == 3)
  }

  /// If this fails, the result of a rank that was stopped for a while is thrown away or counted
  /// twice.
  @Test func firstResultOfAReclaimedTrialCounts() throws {
    let world = LocalCommunicator.world(size: 2)
    var accepted: [Int] = []
    let coordinator = Coordinator(
      communicator: world[0], queue: TrialQueue(costs: [5, 5]), message: TrialMessage.init,
      silenceLimit: 0.1, accept: { accepted.append($0.index) })
    for rank in 0..<2 { try coordinator.handle(ready(rank, threads: 1)) }
    usleep(200_000)
    try coordinator.watch()
    #expect(coordinator.lostRanks.map(\.rank) == [1])
    // Nobody has started it yet.
    try coordinator.handle(results(1, [1]))
    try coordinator.handle(results(0, [0]))
    #expect(accepted == [1, 0] && coordinator.isFinished)
    #expect(try indices(DispatchTag.trials, at: 0, of: world) == [0])
  }
}
