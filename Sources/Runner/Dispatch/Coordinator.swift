import MPI
import SweepPlan

/// Hands trials to ranks and takes in what they return.
///
/// The coordinator lives on rank 0 beside a ``Worker`` and speaks to that one as to any other. It
/// never looks into results, and its work per trial does not grow with their number.
/// Which trial goes where is decided by a ``Scheduler``. Where trials follow from the outcomes of
/// others, ranks send each outcome beside the result.
final class Coordinator {
  /// Where the queue stands.
  struct Progress: Sendable {
    /// Trials by how they ended, in this run.
    var finished: [TrialStatus: Int] = [:]
    /// The part of the work that has been done, by what trials took and are expected to take; of
    /// those that run, what they have run.
    var fraction = 0.0
    /// What the longest of the trials that run will still take [s].
    var longest = 0.0

    /// Trials that have ended.
    var count: Int { finished.values.reduce(0, +) }
  }

  /// How the time went.
  struct Times: Sendable {
    /// What the trials took together [core-seconds].
    var busy = 0.0
    /// What the longest trial took [s].
    var longest = 0.0
    /// From when a thread found nothing to do any more until now [s].
    var tail = 0.0
  }

  private let communicator: any Communicator
  private let message: (Int) -> TrialMessage
  private let accept: (ResultMessage) throws -> Void
  private let followUp: (ResultMessage) -> TrialQueue.Addition?
  private var scheduler: Scheduler
  private var announced = 0
  private var finished: [TrialStatus: Int] = [:]
  private var ranDry: ContinuousClock.Instant?
  private let begin = ContinuousClock.now
  private let deadline: ContinuousClock.Instant?
  /// Whether the run ends before its trials do.
  private(set) var isLeaving = false
  /// How often trials that are left have saved themselves.
  private(set) var saves = 0

  /// Creates a coordinator.
  ///
  /// - Parameters:
  ///   - queue: The trials to run.
  ///   - message: What is sent to a rank for the trial with a number.
  ///   - deadline: When the run will be asked to end; nil for never.
  ///   - followUp: Takes a finished trial and gives the one that is to be run because of it.
  ///   - accept: Takes a finished trial.
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

  /// Where the queue stands.
  ///
  /// - Complexity: O(trials that ranks hold).
  var progress: Progress {
    var (done, rest) = (scheduler.finishedSeconds, scheduler.remainingCost)
    var longest = 0.0
    // Shorter ones are over before it matters.
    for trial in scheduler.longTrials {
      // One that takes longer than expected is taken to be near its end.
      let run = min(0.95 * trial.cost, now - trial.start)
      done += run
      rest += trial.cost - trial.costThen - run
      longest = max(longest, trial.cost - run)
    }
    return Progress(
      finished: finished, fraction: done + rest > 0 ? min(1, done / (done + rest)) : 1,
      longest: longest)
  }

  /// How the time has gone until now.
  var times: Times {
    Times(
      busy: scheduler.finishedSeconds, longest: scheduler.longestSeconds,
      tail: ranDry.map { $0.duration(to: .now).inSeconds } ?? 0)
  }

  /// The time since the coordinator was made [s].
  private var now: Double { begin.duration(to: .now).inSeconds }

  /// Whether every trial has ended and every rank has announced itself, so that no message is on
  /// its way any more.
  var isFinished: Bool {
    scheduler.waiting == 0 && scheduler.handedOut == 0 && announced == communicator.size
  }

  /// Takes in a message from a rank.
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
          trial.number, on: message.source, seconds: trial.seconds, isDone: trial.status == .done)
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
    default:
      preconditionFailure("unexpected message \(message.tag) from rank \(message.source)")
    }
    try refill(message.source)
    if hasAdded {
      // More may have come than this rank can start, and others have no result to send.
      for rank in scheduler.takeIdle() { try refill(rank) }
    }
    ranDry = scheduler.isRunningDry ? ranDry ?? .now : nil
  }

  /// Ends the run: hands out nothing more, and has every rank save and return what it holds.
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
    let numbers = scheduler.take(for: rank, at: now, time: left ?? .infinity)
    guard !numbers.isEmpty else { return }
    var writer = ByteWriter()
    for number in numbers { message(number).write(to: &writer) }
    try communicator.send(writer.bytes, to: rank, tag: DispatchTag.trials)
  }

  /// Tells all ranks that nothing more will come.
  func stopRanks() throws {
    for rank in 0..<communicator.size {
      try communicator.send([], to: rank, tag: DispatchTag.stop)
    }
  }
}
