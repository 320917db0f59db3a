import Dispatch
import MPI
import Synchronization

/// Runs the trials that the coordinator sends, on compute threads of its own.
///
/// Only the thread that owns the worker speaks to other ranks; compute threads put their results
/// into an outbox that it empties.
final class Worker {
  private struct Result: Sendable {
    let number: Int
    let status: TrialStatus
    let line: [UInt8]
  }

  private final class Outbox: Sendable {
    let results = Mutex<[Result]>([])
  }

  private let communicator: any Communicator
  private let perform: @Sendable (ArraySlice<UInt8>) -> (TrialStatus, [UInt8])
  private let queues: [DispatchQueue]
  private var held: [Int]
  private var queueOf: [Int: Int] = [:]
  private let outbox = Outbox()

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
    held = Array(repeating: 0, count: threads)
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

  private func start(_ bytes: [UInt8]) {
    let (number, assignment) = NumberedMessage.decode(bytes)
    let index = held.indices.min { held[$0] < held[$1] }!
    held[index] += 1
    queueOf[number] = index
    queues[index].async { [perform, outbox] in
      let (status, line) = perform(assignment)
      outbox.results.withLock {
        $0.append(Result(number: number, status: status, line: line))
      }
    }
  }

  /// Sends what has been finished since the last call.
  ///
  /// - Returns: Whether there was anything.
  func sendResults() throws -> Bool {
    let results = outbox.results.withLock { pending in
      defer { pending.removeAll(keepingCapacity: true) }
      return pending
    }
    for result in results {
      if let index = queueOf.removeValue(forKey: result.number) { held[index] -= 1 }
      try communicator.send(
        NumberedMessage.encode(result.number, [result.status.code] + result.line), to: 0,
        tag: DispatchTag.result)
    }
    return !results.isEmpty
  }
}
