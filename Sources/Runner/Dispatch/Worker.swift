import Dispatch
import MPI
import SweepPlan
import Synchronization

/// Runs the trials that the coordinator sends, on its own compute threads.
///
/// Only the thread that owns the worker communicates with other ranks; compute threads put their
/// results into an outbox, which that thread empties.
final class Worker {
  /// Runs a trial and returns its status, its outcome for a search, and its journal line; nil if it
  /// left before its end because `isLeaving` returned true. Calls `didSave` after each checkpoint, and
  /// `didSimulate` with the steps so far after each cycle.
  typealias Perform =
    @Sendable (
      _ trial: TrialMessage, _ isLeaving: @escaping @Sendable () -> Bool,
      _ didSave: @escaping @Sendable () -> Void, _ didSimulate: @escaping @Sendable (Int) -> Void
    ) -> (status: TrialStatus, outcome: SearchOutcome?, line: [UInt8])?

  /// The state that the owner of the worker shares with the compute threads.
  private final class Shared: Sendable {
    struct Waiting {
      /// The received trials; those before `next` have been taken.
      var trials: [TrialMessage] = []
      var next = 0
      /// The idle threads.
      var idle: [Int]
    }

    let waiting: Mutex<Waiting>
    /// The results that have not been sent yet.
    let outbox = Mutex<[ResultMessage]>([])
    /// The indices of the unfinished trials that have not been returned yet.
    let returned = Mutex<[Int]>([])
    /// The simulated steps of running trials, by their indices.
    let steps = Mutex<[Int: Int]>([:])
    /// How often trials have saved a checkpoint since the last report.
    let saves = Atomic(0)
    /// Whether the run is ending before all trials are finished.
    let isLeaving = Atomic(false)
    /// Wakes the owner when a thread runs out of work.
    let sleeper = WakeableSleep()

    init(threads: Int) {
      waiting = Mutex(Waiting(idle: Array(0..<threads)))
    }

    /// Returns the waiting trials; running ones notice the end of the run themselves.
    func leave() {
      isLeaving.store(true, ordering: .releasing)
      let left = waiting.withLock { waiting in
        defer { waiting.next = waiting.trials.count }
        return waiting.trials[waiting.next...].map(\.index)
      }
      returned.withLock { $0 += left }
    }

    /// The next trial for a thread; nil if none waits: the thread then becomes idle.
    func nextTrial(for thread: Int) -> TrialMessage? {
      waiting.withLock { waiting in
        guard waiting.next < waiting.trials.count else {
          waiting.trials.removeAll(keepingCapacity: true)
          waiting.next = 0
          waiting.idle.append(thread)
          return nil
        }
        defer { waiting.next += 1 }
        return waiting.trials[waiting.next]
      }
    }
  }

  private let communicator: any Communicator
  private let perform: Perform
  private let queues: [DispatchQueue]
  private let shared: Shared
  private var lastProgress = ContinuousClock.now
  /// The time between two reports; the more ranks, the longer, so that the coordinator need not read
  /// thousands in a second.
  private let progressInterval: Duration

  /// Whether the coordinator has said that there are no more trials.
  private(set) var isStopped = false

  /// Creates a worker.
  init(communicator: any Communicator, threads: Int, perform: @escaping Perform) {
    precondition(threads > 0)
    self.communicator = communicator
    self.perform = perform
    progressInterval = .seconds(max(1, communicator.size / 500))
    queues = (0..<threads).map { DispatchQueue(label: "trials-\($0)") }
    shared = Shared(threads: threads)
  }

  /// Tells the coordinator that this rank is ready for trials.
  func announce() throws {
    var writer = ByteWriter()
    writer.write(queues.count)
    try communicator.send(writer.bytes, to: 0, tag: DispatchTag.ready)
  }

  /// Handles a message from the coordinator.
  func handle(_ message: Message) {
    switch message.tag {
    case DispatchTag.trials:
      start(message.bytes)
    case DispatchTag.stop:
      isStopped = true
    case DispatchTag.leave:
      shared.leave()
    default:
      preconditionFailure("unexpected message \(message.tag) from rank \(message.source)")
    }
  }

  /// Sleeps for some time, or until a compute thread runs out of work.
  func pause(_ time: Duration) {
    shared.sleeper.sleep(for: time)
  }

  /// Queues trials for the threads that are free first.
  private func start(_ bytes: [UInt8]) {
    var reader = ByteReader(bytes)
    var trials: [TrialMessage] = []
    while !reader.isAtEnd { trials.append(TrialMessage(from: &reader)) }
    let threads = shared.waiting.withLock { waiting in
      waiting.trials += trials
      let woken = waiting.idle.suffix(trials.count)
      waiting.idle.removeLast(woken.count)
      return woken
    }
    for thread in threads {
      queues[thread].async { [perform, shared] in
        while let trial = shared.nextTrial(for: thread) {
          let start = ContinuousClock.now
          let isLeaving: @Sendable () -> Bool = { shared.isLeaving.load(ordering: .acquiring) }
          let didSave: @Sendable () -> Void = { shared.saves.add(1, ordering: .relaxed) }
          let didSimulate: @Sendable (Int) -> Void = { steps in
            shared.steps.withLock { $0[trial.index] = steps }
          }
          let performed = perform(trial, isLeaving, didSave, didSimulate)
          // Nothing may follow the result, which can end the run.
          shared.steps.withLock { $0[trial.index] = nil }
          guard let (status, outcome, line) = performed else {
            shared.returned.withLock { $0.append(trial.index) }
            continue
          }
          let result = ResultMessage(
            index: trial.index, status: status,
            seconds: start.duration(to: .now).inSeconds, outcome: outcome, line: line[...])
          shared.outbox.withLock { $0.append(result) }
        }
        shared.sleeper.wake()
      }
    }
  }

  /// Sends how far the running trials have come, if it is time to.
  func sendProgress() throws {
    guard lastProgress.duration(to: .now) >= progressInterval else { return }
    lastProgress = .now
    let steps = shared.steps.withLock { $0 }
    guard !steps.isEmpty else { return }
    var writer = ByteWriter()
    for (index, steps) in steps {
      writer.write(index)
      writer.write(steps)
    }
    try communicator.send(writer.bytes, to: 0, tag: DispatchTag.progress)
  }

  /// Sends the trials that were finished or left since the last call.
  ///
  /// - Returns: Whether there were any.
  func sendResults() throws -> Bool {
    let results = shared.outbox.withLock { pending in
      defer { pending.removeAll(keepingCapacity: true) }
      return pending
    }
    if !results.isEmpty {
      var writer = ByteWriter()
      for result in results { result.write(to: &writer) }
      try communicator.send(writer.bytes, to: 0, tag: DispatchTag.results)
    }
    let returned = shared.returned.withLock { pending in
      defer { pending.removeAll() }
      return pending
    }
    if !returned.isEmpty {
      var writer = ByteWriter()
      writer.write(shared.saves.exchange(0, ordering: .relaxed))
      for index in returned { writer.write(index) }
      try communicator.send(writer.bytes, to: 0, tag: DispatchTag.returned)
    }
    return !results.isEmpty || !returned.isEmpty
  }
}
