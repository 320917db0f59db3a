import Dispatch
import MPI
import Synchronization

/// Runs the trials that the coordinator sends, on compute threads of its own.
///
/// Only the thread that owns the worker speaks to other ranks; compute threads put their results
/// into an outbox that it empties.
final class Worker {
  private struct Job: Sendable {
    let number: Int
    let assignment: ArraySlice<UInt8>
  }

  private struct Result: Sendable {
    let number: Int
    let status: TrialStatus
    let line: [UInt8]
  }

  /// What the owner of the worker and its compute threads share.
  private final class Shared: Sendable {
    /// The trials that no thread has taken yet, few at any time, and the threads without one.
    let waiting: Mutex<(jobs: [Job], idle: [Int])>
    /// What has been finished and not been sent yet.
    let outbox = Mutex<[Result]>([])

    init(threads: Int) {
      waiting = Mutex(([], Array(0..<threads)))
    }

    /// The next trial for a thread; nil sends it to sleep.
    func nextJob(for thread: Int) -> Job? {
      waiting.withLock { waiting in
        guard waiting.jobs.isEmpty else { return waiting.jobs.removeFirst() }
        waiting.idle.append(thread)
        return nil
      }
    }
  }

  private let communicator: any Communicator
  private let perform: @Sendable (ArraySlice<UInt8>) -> (TrialStatus, [UInt8])
  private let queues: [DispatchQueue]
  private let shared: Shared

  /// Whether the coordinator has said that nothing more will come.
  private(set) var isStopped = false

  /// Creates a worker.
  ///
  /// - Parameter perform: Runs one assignment and returns its status and journal line.
  init(
    communicator: any Communicator, threads: Int,
    perform: @escaping @Sendable (ArraySlice<UInt8>) -> (TrialStatus, [UInt8])
  ) {
    precondition(threads > 0)
    self.communicator = communicator
    self.perform = perform
    queues = (0..<threads).map { DispatchQueue(label: "trials-\($0)") }
    shared = Shared(threads: threads)
  }

  /// Tells the coordinator that trials can come.
  func announce() throws {
    try communicator.send(
      NumberedMessage.encode(queues.count, []), to: 0, tag: DispatchTag.ready)
  }

  /// Takes in a message from the coordinator.
  func handle(_ message: Message) {
    switch message.tag {
    case DispatchTag.trial:
      start(message.bytes)
    case DispatchTag.stop:
      isStopped = true
    default:
      preconditionFailure("unexpected message \(message.tag) from rank \(message.source)")
    }
  }

  /// Leaves a trial to whichever thread is free first.
  private func start(_ bytes: [UInt8]) {
    let (number, assignment) = NumberedMessage.decode(bytes)
    let thread = shared.waiting.withLock { waiting in
      waiting.jobs.append(Job(number: number, assignment: assignment))
      return waiting.idle.popLast()
    }
    guard let thread else { return }
    queues[thread].async { [perform, shared] in
      while let job = shared.nextJob(for: thread) {
        let (status, line) = perform(job.assignment)
        shared.outbox.withLock {
          $0.append(Result(number: job.number, status: status, line: line))
        }
      }
    }
  }

  /// Sends what has been finished since the last call.
  ///
  /// - Returns: Whether there was anything.
  func sendResults() throws -> Bool {
    let results = shared.outbox.withLock { pending in
      defer { pending.removeAll(keepingCapacity: true) }
      return pending
    }
    for result in results {
      try communicator.send(
        NumberedMessage.encode(result.number, [result.status.code] + result.line), to: 0,
        tag: DispatchTag.result)
    }
    return !results.isEmpty
  }
}
