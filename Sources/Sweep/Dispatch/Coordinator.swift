import MPI

/// Hands trials to ranks, the most expensive first, and takes in what they return.
///
/// The coordinator lives on rank 0 beside a ``Worker`` and speaks to that one as to any other. It
/// never looks into assignments or results, and its work per trial does not grow with their number.
final class Coordinator {
  /// Where the queue stands.
  struct Progress: Sendable {
    /// Trials by how they ended, in this run.
    var finished: [TrialStatus: Int] = [:]
    /// Trials of this run in all.
    var total = 0
    /// Cost of the finished trials, in the units of the cost model.
    var finishedCost = 0.0
    /// Cost of all trials of this run.
    var totalCost = 0.0

    /// Trials that have ended.
    var count: Int { finished.values.reduce(0, +) }
  }

  /// A trial that waits in the queue.
  struct Job: Sendable {
    /// The trial's number in the plan.
    let number: Int
    /// Its expected cost [core-seconds, roughly].
    let cost: Double
  }

  /// Below this cost a rank holds a second trial per thread, so that it need not wait for messages.
  /// Longer trials are handed out one by one, and none is put behind them: a trial that waits
  /// behind a long one could have started elsewhere.
  static let prefetchCost = 0.1

  private(set) var progress = Progress()
  private let communicator: any Communicator
  private let jobs: [Job]
  private let assignment: (Int) throws -> [UInt8]
  private let accept: (Int, TrialStatus, [UInt8]) throws -> Void
  private var next = 0
  private var threads: [Int]
  private var announced = 0
  private var held: [Int]
  private var heldLong: [Int]
  private var cost: [Int: Double] = [:]

  /// Creates a coordinator.
  ///
  /// - Parameters:
  ///   - jobs: The trials to run.
  ///   - assignment: Encodes what a rank must know to run a trial.
  ///   - accept: Takes a finished trial: number, status and journal line.
  init(
    communicator: any Communicator, jobs: [Job], assignment: @escaping (Int) throws -> [UInt8],
    accept: @escaping (Int, TrialStatus, [UInt8]) throws -> Void
  ) {
    self.communicator = communicator
    // Equal costs keep the order of the plan.
    self.jobs = jobs.sorted { ($0.cost, $1.number) > ($1.cost, $0.number) }
    self.assignment = assignment
    self.accept = accept
    threads = Array(repeating: 0, count: communicator.size)
    held = threads
    heldLong = threads
    progress.total = jobs.count
    progress.totalCost = jobs.reduce(0) { $0 + $1.cost }
  }

  /// Compute threads of all ranks that have announced themselves.
  var threadCount: Int { threads.reduce(0, +) }

  /// Whether every trial has ended and every rank has announced itself, so that no message is on
  /// its way any more.
  var isFinished: Bool { progress.count == jobs.count && announced == threads.count }

  /// Takes in a message from a rank.
  func handle(_ message: Message) throws {
    switch message.tag {
    case DispatchTag.ready:
      threads[message.source] = NumberedMessage.decode(message.bytes).number
      announced += 1
    case DispatchTag.result:
      let (number, rest) = NumberedMessage.decode(message.bytes)
      guard let status = rest.first.flatMap(TrialStatus.init(code:)) else {
        preconditionFailure("a result without status from rank \(message.source)")
      }
      held[message.source] -= 1
      try accept(number, status, Array(rest.dropFirst()))
      progress.finished[status, default: 0] += 1
      let cost = cost.removeValue(forKey: number) ?? 0
      if cost >= Self.prefetchCost { heldLong[message.source] -= 1 }
      progress.finishedCost += cost
    default:
      preconditionFailure("unexpected message \(message.tag) from rank \(message.source)")
    }
    try refill(message.source)
  }

  private func refill(_ rank: Int) throws {
    while next < jobs.count {
      let job = jobs[next]
      let isLong = job.cost >= Self.prefetchCost
      let capacity = isLong ? threads[rank] : 2 * threads[rank] - heldLong[rank]
      guard held[rank] < capacity else { return }
      try communicator.send(
        NumberedMessage.encode(job.number, assignment(job.number)), to: rank,
        tag: DispatchTag.trial)
      held[rank] += 1
      if isLong { heldLong[rank] += 1 }
      cost[job.number] = job.cost
      next += 1
    }
  }

  /// Tells all ranks that nothing more will come.
  func stopRanks() throws {
    for rank in 0..<communicator.size {
      try communicator.send([], to: rank, tag: DispatchTag.stop)
    }
  }
}
