import MPI
import SweepPlan

/// Hands trials to ranks and collects their results.
///
/// The coordinator lives on rank 0 beside a ``Worker`` and communicates with it as with any other.
/// It never decodes results, and its work per trial does not grow with their number. A
/// ``Scheduler`` decides which trial goes to which rank. If trials depend on the outcomes of
/// others, ranks send each outcome beside the result.
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
  private let followUp: (ResultMessage) -> TrialQueue.Addition?
  private var scheduler: Scheduler
  private var announced = 0
  private var finished: [TrialStatus: Int] = [:]
  private var fraction = 0.0
  private var ranDry: ContinuousClock.Instant?
  private let begin = ContinuousClock.now
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
  ///   - followUp: Receives a finished trial and returns the trial that must run because of it.
  ///   - accept: Receives each finished trial.
  init(
    communicator: any Communicator, queue: TrialQueue, message: @escaping (Int) -> TrialMessage,
    deadline: ContinuousClock.Instant? = nil,
    followUp: @escaping (ResultMessage) -> TrialQueue.Addition? = { _ in nil },
    accept: @escaping (ResultMessage) throws -> Void
  ) {
    self.communicator = communicator
    self.message = message
    self.deadline = deadline
    self.followUp = followUp
    self.accept = accept
    scheduler = Scheduler(queue, ranks: communicator.size)
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

  /// The time since the coordinator was created [s].
  private var now: Double { begin.duration(to: .now).inSeconds }

  /// Whether every trial has ended and every rank has announced itself, so that no message is in
  /// transit.
  var isFinished: Bool {
    scheduler.waiting == 0 && scheduler.handedOut == 0 && announced == communicator.size
  }

  /// Handles a message from a rank.
  func handle(_ message: Message) throws {
    var reader = ByteReader(message.bytes)
    var hasAdded = false
    switch message.tag {
    case DispatchTag.ready:
      scheduler.join(message.source, threads: reader.read(Int.self))
      announced += 1
    case DispatchTag.results:
      while !reader.isAtEnd {
        let trial = ResultMessage(from: &reader)
        try accept(trial)
        finished[trial.status, default: 0] += 1
        scheduler.finish(
          trial.index, on: message.source, seconds: trial.seconds, isDone: trial.status == .done)
        if let next = followUp(trial), !isLeaving {
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
    case DispatchTag.progress:
      while !reader.isAtEnd {
        scheduler.report(reader.read(Int.self), steps: reader.read(Int.self), at: now)
      }
      return
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
    var writer = ByteWriter()
    for index in indices { message(index).write(to: &writer) }
    try communicator.send(writer.bytes, to: rank, tag: DispatchTag.trials)
  }

  /// Tells all ranks that there are no more trials.
  func stopRanks() throws {
    for rank in 0..<communicator.size {
      try communicator.send([], to: rank, tag: DispatchTag.stop)
    }
  }
}
