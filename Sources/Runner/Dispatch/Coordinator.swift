import MPI
import SweepPlan

/// Hands trials to ranks and collects their results.
///
/// The coordinator lives on rank 0 beside a ``Worker`` and communicates with it as with any other.
/// It never decodes results, and its work per trial does not grow with their number. A
/// ``Scheduler`` decides which trial goes to which rank. If trials depend on the outcomes of
/// others, ranks send the deciding score beside the result.
final class Coordinator {
  /// The state of the queue.
  struct Progress: Sendable {
    /// The number of trials of this run, by status.
    var finished: [TrialStatus: Int] = [:]
    /// The part of the work whose cycles have been computed, in [0, 1]; it never decreases.
    var fraction = 0.0
    /// The longest remaining time of a running trial [s].
    var longest = 0.0

    /// The number of finished trials.
    var count: Int { finished.values.reduce(0, +) }
  }

  /// The use of the time.
  struct Times: Sendable {
    /// The time of all trials together [core-seconds].
    var busy = 0.0
    /// The time of the longest trial [s].
    var longest = 0.0
    /// The time since a thread first ran out of work [s].
    var tail = 0.0
  }

  private let communicator: any Communicator
  private let message: (Int) -> TrialMessage
  private let accept: (ResultMessage) throws -> Void
  private let followUp: (ResultMessage) -> [TrialQueue.Addition]
  private var scheduler: Scheduler
  private var presence: Presence
  private var finished: [TrialStatus: Int] = [:]
  private var fraction = 0.0
  private var ranDry: ContinuousClock.Instant?
  private let deadline: ContinuousClock.Instant?
  /// Whether the run is ending before all trials are finished.
  private(set) var isLeaving = false
  /// How often unfinished trials have saved a checkpoint.
  private(set) var saves = 0

  /// Creates a coordinator.
  ///
  /// - Parameters:
  ///   - queue: The trials to run.
  ///   - message: Makes the message that sends the trial with an index to a rank.
  ///   - deadline: The time at which the run will be asked to end; nil for never.
  ///   - silenceLimit: The time after which the trials of a silent rank go to others [s].
  ///   - followUp: Receives a finished trial and returns the trial that must run because of it.
  ///   - accept: Receives each finished trial.
  init(
    communicator: any Communicator, queue: TrialQueue, message: @escaping (Int) -> TrialMessage,
    deadline: ContinuousClock.Instant? = nil, silenceLimit: Double = Presence.silenceLimit,
    followUp: @escaping (ResultMessage) -> [TrialQueue.Addition] = { _ in [] },
    accept: @escaping (ResultMessage) throws -> Void
  ) {
    self.communicator = communicator
    self.message = message
    self.deadline = deadline
    self.followUp = followUp
    self.accept = accept
    scheduler = Scheduler(queue, ranks: communicator.size)
    presence = Presence(ranks: communicator.size, silenceLimit: silenceLimit)
  }

  /// Compute threads of all ranks that have announced themselves.
  var threadCount: Int { scheduler.threads }

  /// The state of the queue.
  ///
  /// - Complexity: O(trials that ranks hold).
  var progress: Progress {
    // A trial that is given up takes its cycles with it.
    fraction = max(fraction, scheduler.fraction)
    return Progress(
      finished: finished, fraction: fraction, longest: scheduler.longestLeft(at: now))
  }

  /// The use of the time until now.
  var times: Times {
    Times(
      busy: scheduler.finishedSeconds, longest: scheduler.longestSeconds,
      tail: ranDry.map { $0.duration(to: .now).inSeconds } ?? 0)
  }

  /// The time since the coordinator was created, without the time during which this process was
  /// stopped [s].
  private var now: Double { presence.now }

  /// Whether every trial has ended and every rank but the lost ones is there, so that the ranks can
  /// end together.
  var isFinished: Bool { haveAllEnded && presence.areOthersPresent }

  private var haveAllEnded: Bool { scheduler.waiting == 0 && scheduler.handedOut == 0 }

  /// The ranks that have fallen silent.
  var lostRanks: [LostRank] { presence.lost }

  /// Takes the trials of silent ranks, and starts copies of those that take much too long. Call it
  /// often: it also measures time.
  func watch() throws {
    guard let silent = presence.watch(isEnding: haveAllEnded) else { return }
    for rank in silent {
      try discard(scheduler.lose(rank), on: rank)
      if isLeaving { scheduler.giveUpWaiting() }
    }
    for rank in scheduler.takeIdle() { try refill(rank) }
    guard !isLeaving else { return }
    for (index, rank) in scheduler.copies(at: now) { try send([index], to: rank) }
  }

  /// Handles a message from a rank.
  func handle(_ message: Message) throws {
    var reader = ByteReader(message.bytes)
    var hasAdded = false
    if presence.hear(message.source) { scheduler.rejoin(message.source) }
    switch message.tag {
    case DispatchTag.ready:
      scheduler.join(message.source, threads: reader.read(Int.self))
      presence.announce(message.source, host: reader.read(String.self))
    case DispatchTag.alive:
      report(message.bytes)
    case DispatchTag.results:
      while !reader.isAtEnd {
        let trial = ResultMessage(from: &reader)
        let others = scheduler.finish(
          trial.index, on: message.source, seconds: trial.seconds,
          coreSeconds: trial.coreSeconds, isDone: trial.status == .done)
        guard let others else { continue }
        try accept(trial)
        finished[trial.status, default: 0] += 1
        for rank in others { try discard([trial.index], on: rank) }
        for next in followUp(trial) where !isLeaving {
          scheduler.add(next)
          hasAdded = true
        }
      }
    case DispatchTag.returned:
      saves += reader.read(Int.self)
      while !reader.isAtEnd {
        scheduler.giveUp(reader.read(Int.self), on: message.source)
      }
    case DispatchTag.asked:
      try leave()
    default:
      preconditionFailure("unexpected message \(message.tag) from rank \(message.source)")
    }
    try refill(message.source)
    if hasAdded {
      // There may be more new trials than this rank can start, and the other ranks have no result
      // to send.
      for rank in scheduler.takeIdle() { try refill(rank) }
    }
    ranDry = scheduler.isRunningDry ? ranDry ?? .now : nil
  }

  /// Notes how far the running trials of a rank have come.
  func report(_ bytes: [UInt8]) {
    var reader = ByteReader(bytes)
    while !reader.isAtEnd {
      scheduler.report(reader.read(Int.self), steps: reader.read(Int.self), at: now)
    }
  }

  /// Ends the run: hands out nothing more, and tells every rank to save and return its trials.
  func leave() throws {
    guard !isLeaving else { return }
    isLeaving = true
    scheduler.giveUpWaiting()
    for rank in 0..<communicator.size {
      try communicator.send([], to: rank, tag: DispatchTag.leave)
    }
  }

  private func refill(_ rank: Int) throws {
    let left = deadline.map { ContinuousClock.now.duration(to: $0).inSeconds }
    let indices = scheduler.take(for: rank, at: now, time: left ?? .infinity)
    guard !indices.isEmpty else { return }
    try send(indices, to: rank)
  }

  private func send(_ indices: [Int], to rank: Int) throws {
    var writer = ByteWriter()
    for index in indices { message(index).write(to: &writer) }
    try communicator.send(writer.bytes, to: rank, tag: DispatchTag.trials)
  }

  private func discard(_ indices: [Int], on rank: Int) throws {
    guard !indices.isEmpty else { return }
    var writer = ByteWriter()
    for index in indices { writer.write(index) }
    try communicator.send(writer.bytes, to: rank, tag: DispatchTag.discard)
  }

  /// Tells all ranks that there are no more trials.
  func stopRanks() throws {
    for rank in 0..<communicator.size {
      try communicator.send([], to: rank, tag: DispatchTag.stop)
    }
  }
}
