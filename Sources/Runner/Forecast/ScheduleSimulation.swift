import SweepPlan

/// Plays a run through without running anything: the decisions of the real ``Scheduler`` at the
/// times at which messages would come.
///
/// One coordinator takes in one message after the other; every compute thread runs one trial after
/// the other. Trials of one shape all take the time that the cost model expects of it, and searches
/// take the way that they are given.
struct ScheduleSimulation {
  /// What messages cost.
  struct Messages {
    /// What the coordinator takes to keep a result and to hand out a trial for it [s].
    var coordinator: Double
    /// From sending to looking into it, between two ranks [s].
    var latency = RankLoop.meanLatency

    /// Messages that cost nothing.
    static let free = Messages(coordinator: 0, latency: 0)
  }

  /// What came out.
  struct Outcome {
    /// When the last result was taken in [s].
    var seconds = 0.0
    /// What the coordinator was busy for [s].
    var coordinatorSeconds = 0.0
    /// The trials in the order in which they started.
    var started: [Int] = []
  }

  /// The trials.
  var lines: [TrialQueue.Line]
  /// How long they take.
  var model: CostModel
  /// What messages cost.
  var messages: Messages
  /// What each trial takes that other ones have to wait for [s], by its number.
  var laterSeconds: [Int: Double] = [:]
  /// The trial that is to be run when one has finished; nil where there is none.
  var followUp: (_ trial: Int) -> TrialQueue.Addition? = { _ in nil }

  private enum Event {
    case arrival(trial: Int)
    case finish(trial: Int)
  }

  private struct Rank {
    var free: Int
    var waiting: [Int] = []
    var next = 0
  }

  /// Plays a run through.
  ///
  /// - Parameters:
  ///   - ranks: How many ranks there are.
  ///   - threads: Compute threads of each.
  ///   - recordsStarts: Whether ``Outcome/started`` is wanted.
  func run(ranks count: Int, threads: Int, recordsStarts: Bool = false) -> Outcome {
    var outcome = Outcome()
    guard lines.contains(where: { !$0.numbers.isEmpty }) else { return outcome }
    let seconds = secondsByNumber
    // A run knows nothing at its start, as here.
    var scheduler = Scheduler(TrialQueue(lines), ranks: count)
    var ranks = Array(repeating: Rank(free: threads), count: count)
    var events = EventQueue<(rank: Int, event: Event)>()
    var coordinatorIsFree = 0.0

    func refill(_ rank: Int) {
      for trial in scheduler.take(for: rank, at: coordinatorIsFree) {
        events.insert((rank, .arrival(trial: trial)), at: coordinatorIsFree + latency(rank))
      }
    }
    /// The coordinator takes in a message and hands out what it can.
    func handle(_ rank: Int, finished trial: Int? = nil, at time: Double) {
      let start = max(coordinatorIsFree, time + latency(rank))
      coordinatorIsFree = start + messages.coordinator
      outcome.coordinatorSeconds += messages.coordinator
      let addition = trial.flatMap(followUp)
      if let addition { scheduler.add(addition) }
      refill(rank)
      if addition != nil { for rank in scheduler.takeIdle() { refill(rank) } }
      outcome.seconds = max(outcome.seconds, coordinatorIsFree)
    }
    /// A free thread of a rank begins with the next trial that waits there.
    func startNext(_ rank: Int, at time: Double) {
      guard ranks[rank].free > 0, ranks[rank].next < ranks[rank].waiting.count else { return }
      let trial = ranks[rank].waiting[ranks[rank].next]
      ranks[rank].next += 1
      ranks[rank].free -= 1
      if recordsStarts { outcome.started.append(trial) }
      events.insert((rank, .finish(trial: trial)), at: time + seconds[trial]!)
    }

    for rank in 0..<count {
      scheduler.join(rank, threads: threads)
    }
    for rank in 0..<count { handle(rank, at: 0) }
    while let (time, (rank, event)) = events.popFirst() {
      switch event {
      case .arrival(let trial):
        if ranks[rank].next == ranks[rank].waiting.count {
          ranks[rank].waiting.removeAll(keepingCapacity: true)
          ranks[rank].next = 0
        }
        ranks[rank].waiting.append(trial)
      case .finish(let trial):
        ranks[rank].free += 1
        scheduler.finish(trial, on: rank, seconds: seconds[trial]!, isDone: true)
        handle(rank, finished: trial, at: time)
      }
      startNext(rank, at: time)
    }
    return outcome
  }

  private func latency(_ rank: Int) -> Double { rank == 0 ? 0 : messages.latency }

  private var secondsByNumber: [Int: Double] {
    var seconds = laterSeconds
    for line in lines {
      let expected = model.seconds(line.shape)
      for number in line.numbers { seconds[Int(number)] = expected }
    }
    return seconds
  }
}
