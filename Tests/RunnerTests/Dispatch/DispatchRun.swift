import Foundation
import MPI
import Synchronization
import TestSupport

@testable import Runner
@testable import SweepPlan

/// A whole dispatch over local ranks, with jobs that a test makes up instead of trials.
struct DispatchRun {
  var ranks = 1
  var threads = 1

  /// What the ranks did.
  struct Outcome: Sendable {
    /// Jobs in the order in which they were handed out.
    var assigned: [Int] = []
    /// Accepted results in the order in which they came.
    var accepted: [Result] = []
    /// Jobs in the order in which they started, with the rank that performs them.
    var started: [Start] = []
    /// What the coordinator counted in the end.
    var progress = Coordinator.Progress()
    /// Compute threads that the coordinator knew of in the end.
    var threadCount = 0
  }

  struct Result: Sendable, Equatable {
    var index: Int
    var status: TrialStatus
    var line: [UInt8]
  }

  struct Start: Sendable, Equatable {
    var index: Int
    var rank: Int
  }

  /// Runs jobs to their end.
  ///
  /// - Parameters:
  ///   - costs: The expected cost of each job; a job's number is its place in the list.
  ///   - onAccept: Gets the number of each job whose result has arrived.
  ///   - perform: Does a job on a rank; what it returns is the job's status and line.
  func run(
    costs: [Double], onAccept: @escaping @Sendable (_ job: Int) -> Void = { _ in },
    perform: @escaping @Sendable (_ job: Int, _ rank: Int) -> (TrialStatus, [UInt8])
  ) throws -> Outcome {
    let outcome = Mutex(Outcome())
    let world = LocalCommunicator.world(size: ranks)
    let queue = TrialQueue(costs: costs)
    try onThreads(ranks, timeout: .seconds(30)) { [threads] rank in
      let worker = try Worker(communicator: world[rank], threads: threads) { message, _, _, _, _ in
        let job = message.index
        outcome.withLock { $0.started.append(Start(index: job, rank: rank)) }
        let (status, line) = perform(job, rank)
        return (status, nil, line)
      }
      let coordinator =
        rank > 0
        ? nil
        : Coordinator(
          communicator: world[0], queue: queue,
          message: { job in
            outcome.withLock { $0.assigned.append(job) }
            return TrialMessage(job)
          },
          accept: { trial in
            outcome.withLock {
              $0.accepted.append(
                Result(index: trial.index, status: trial.status, line: Array(trial.line)))
            }
            onAccept(trial.index)
          })
      try RankLoop.run(
        communicator: world[rank], worker: worker, coordinator: coordinator, tick: {})
      if let coordinator {
        outcome.withLock {
          $0.progress = coordinator.progress
          $0.threadCount = coordinator.threadCount
        }
      }
    }
    return outcome.withLock { $0 }
  }
}

extension TrialMessage {
  /// The message of a trial that belongs to no plan, with a content that its number determines.
  init(_ index: Int) {
    self.init(
      index: index, id: ContentHash(high: UInt64(index), low: 7), combination: 3 * index + 1)
  }
}
