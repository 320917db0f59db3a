import Experiment
import Journal
import MPI
import NeuralCore
import SweepPlan
import Synchronization

/// The system allows no compute thread.
struct NoThreads: Error, CustomStringConvertible {
  let description =
    "no compute thread can be started; expected room for one below the limits of the system (ulimit -u)"
}

/// Runs the trials that the coordinator sends, on its own compute threads.
///
/// Only the thread that owns the worker communicates with other ranks; compute threads put their
/// results into an outbox, which that thread empties.
final class Worker {
  /// Runs a trial with the help of a team and returns its status, the score that decides which
  /// trials run next, and its journal line; nil if it left before its end because of a stop request. Calls `didSave` after each checkpoint, and
  /// `didSimulate` with the steps so far after each cycle.
  typealias Perform =
    @Sendable (
      _ trial: TrialMessage, _ team: WindowTeam,
      _ stopRequest: @escaping @Sendable () -> StopRequest,
      _ didSave: @escaping @Sendable () -> Void, _ didSimulate: @escaping @Sendable (Int) -> Void
    ) -> (status: TrialStatus, score: Double?, line: [UInt8])?

  /// The state that the owner of the worker shares with the compute threads.
  private final class Shared: Sendable {
    struct Waiting {
      /// The received trials; those before `next` have been taken.
      var trials: [TrialMessage] = []
      var next = 0
      /// The idle threads.
      var idle: [Int] = []
    }

    let waiting = Mutex(Waiting())
    /// The results that have not been sent yet.
    let outbox = Mutex<[ResultMessage]>([])
    /// The indices of the unfinished trials that have not been returned yet.
    let returned = Mutex<[Int]>([])
    /// How often trials have saved a checkpoint since the last report.
    let saves = Atomic(0)
    /// Whether the run is ending before all trials are finished.
    let isLeaving = Atomic(false)
    /// Whether the rank has stopped, so that nothing that still runs is wanted.
    let isStopped = Atomic(false)
    /// Whether the threads must end.
    let isEnded = Atomic(false)
    let threads: [ComputeThread]
    /// Wakes the owner when a thread runs out of work.
    let sleeper = WakeableSleep()
    /// Wakes each thread for new trials.
    let sleepers: [WakeableSleep]

    init(threads: Int) {
      sleepers = (0..<threads).map { _ in WakeableSleep() }
      self.threads = (0..<threads).map { _ in ComputeThread() }
    }

    /// Queues trials and wakes the threads that are free first.
    func start(_ trials: [TrialMessage]) {
      let threads = waiting.withLock { waiting in
        waiting.trials += trials
        let woken = waiting.idle.suffix(trials.count)
        waiting.idle.removeLast(woken.count)
        return woken
      }
      for thread in threads {
        self.threads[thread].isCalled.store(true, ordering: .releasing)
        sleepers[thread].wake()
      }
    }

    /// Runs trials on a thread until the worker is gone.
    func runTrials(on thread: Int, _ perform: Perform) {
      while true {
        waitForTrials(on: thread)
        if isEnded.load(ordering: .acquiring) { return }
        while let trial = nextTrial(for: thread) {
          let start = ContinuousClock.now
          let slot = threads[thread]
          slot.discarded.store(-1, ordering: .releasing)
          slot.steps.store(0, ordering: .relaxed)
          let helpedBefore = slot.team.helpersSeconds
          slot.current.store(trial.index, ordering: .releasing)
          defer {
            slot.team.room = 0
            slot.current.store(-1, ordering: .releasing)
          }
          let stopRequest: @Sendable () -> StopRequest = {
            self.stopRequest(trial.index, on: thread)
          }
          let didSave: @Sendable () -> Void = { self.saves.add(1, ordering: .relaxed) }
          let didSimulate: @Sendable (Int) -> Void = { slot.steps.store($0, ordering: .relaxed) }
          guard
            let (status, score, line) = perform(
              trial, slot.team, stopRequest, didSave, didSimulate)
          else {
            if stopRequest() != .discard { returned.withLock { $0.append(trial.index) } }
            continue
          }
          let seconds = start.duration(to: .now).inSeconds
          let result = ResultMessage(
            index: trial.index, status: status, seconds: seconds,
            coreSeconds: seconds + slot.team.helpersSeconds - helpedBefore, score: score,
            line: line[...])
          outbox.withLock { $0.append(result) }
        }
        sleeper.wake()
      }
    }

    /// Lets an idle thread help others until there are trials for it, or the worker is gone.
    private func waitForTrials(on thread: Int) {
      let slot = threads[thread]
      func isIdle() -> Bool {
        !slot.isCalled.load(ordering: .acquiring) && !isEnded.load(ordering: .acquiring)
      }
      while isIdle() {
        guard let helped = threadToHelp() else {
          sleepers[thread].sleep(for: Worker.longestPause)
          continue
        }
        let trial = helped.current.load(ordering: .acquiring)
        helped.team.help(sleepers[thread]) {
          isIdle() && helped.team.room > 0 && helped.current.load(ordering: .relaxed) == trial
        }
      }
      slot.isCalled.store(false, ordering: .relaxed)
    }

    /// The thread whose trial needs help most: the one with the fewest helpers; nil if there is none.
    private func threadToHelp() -> ComputeThread? {
      threads.filter { $0.team.helpers < $0.team.room }.min { $0.team.helpers < $1.team.helpers }
    }

    /// Ends the threads once they have no trial.
    func end() {
      isEnded.store(true, ordering: .releasing)
      for sleeper in sleepers { sleeper.wake() }
    }

    /// Drops a trial that waits, or lets the thread that runs it stop.
    func discard(_ index: Int) {
      waiting.withLock { waiting in
        if let place = waiting.trials[waiting.next...].firstIndex(where: { $0.index == index }) {
          waiting.trials.remove(at: place)
        }
      }
      for thread in threads where thread.current.load(ordering: .acquiring) == index {
        thread.discarded.store(index, ordering: .releasing)
      }
    }

    /// What the trial with an index must do.
    func stopRequest(_ index: Int, on thread: Int) -> StopRequest {
      if threads[thread].discarded.load(ordering: .acquiring) == index
        || isStopped.load(ordering: .acquiring)
      {
        return .discard
      }
      return isLeaving.load(ordering: .acquiring) ? .save : .none
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

  /// The trial that a compute thread runs.
  private final class ComputeThread: Sendable {
    /// Its index; -1 if there is none.
    let current = Atomic(-1)
    /// The index of the trial that was discarded while it ran; -1 if none was.
    let discarded = Atomic(-1)
    /// The simulated steps of the trial that runs.
    let steps = Atomic(0)
    /// The threads that help with the trial.
    let team = WindowTeam()
    /// Whether there are trials for this thread, which is idle.
    let isCalled = Atomic(false)
  }

  /// The longest time after which an idle thread looks whether it can help. The look costs less than
  /// a thousandth of a core.
  private static let longestPause = Duration.milliseconds(20)

  private let communicator: any Communicator
  private let shared: Shared

  /// The number of compute threads, at most as many as were asked for.
  let threads: Int

  /// Whether the coordinator has said that there are no more trials.
  private(set) var isStopped = false {
    didSet { shared.isStopped.store(isStopped, ordering: .releasing) }
  }

  /// Creates a worker and starts its compute threads.
  ///
  /// - Throws: ``NoThreads`` if none can be started.
  init(
    communicator: any Communicator, threads: Int, perform: @escaping Perform
  ) throws(NoThreads) {
    precondition(threads > 0)
    self.communicator = communicator
    let shared = Shared(threads: threads)
    self.shared = shared
    // At a limit of the system, fewer are started.
    let started = (0..<threads).prefix { thread in
      guard let running = RunningThread({ shared.runTrials(on: thread, perform) }) else {
        return false
      }
      running.detach()
      return true
    }
    guard !started.isEmpty else { throw NoThreads() }
    self.threads = started.count
    shared.waiting.withLock { $0.idle = Array(started) }
  }

  deinit { shared.end() }

  /// Tells the coordinator that this rank is ready for trials.
  func announce() throws {
    var writer = ByteWriter()
    writer.write(threads)
    writer.write(hostName())
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
    case DispatchTag.discard:
      var reader = ByteReader(message.bytes)
      while !reader.isAtEnd { shared.discard(reader.read(Int.self)) }
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
    shared.start(trials)
  }

  /// How far the running trials have come: the index of each with its simulated steps.
  var progress: [UInt8] {
    var writer = ByteWriter()
    for slot in shared.threads {
      let (index, steps) = (
        slot.current.load(ordering: .acquiring), slot.steps.load(ordering: .relaxed)
      )
      guard index >= 0, steps > 0 else { continue }
      writer.write(index)
      writer.write(steps)
    }
    return writer.bytes
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
