import SweepPlan

/// Simulates the schedule of a run: the real ``Scheduler`` decides at the times at which messages
/// would arrive.
///
/// The coordinator handles one message at a time, and every compute thread runs one trial at a
/// time. When no trial waits any more, idle threads of a rank help its trials. All trials of one shape take the time that the cost model expects, and searches follow a
/// given path.
struct ScheduleSimulation {
  /// The cost of messages.
  struct Messages {
    /// The time in which the coordinator stores a result and hands out the next trial [s].
    var coordinator: Double
    /// The time between sending and handling a message, between two ranks [s].
    var latency = RankLoop.meanLatency

    /// Messages that cost nothing.
    static let free = Messages(coordinator: 0, latency: 0)
  }

  /// The result of a simulation.
  struct Outcome {
    /// The time at which the last result was stored [s].
    var seconds = 0.0
    /// The time for which the coordinator was busy [s].
    var coordinatorSeconds = 0.0
    /// The trials in the order in which they started.
    var started: [Int] = []
  }

  /// The trials.
  var lines: [TrialQueue.Line]
  /// The model of their times.
  var model: CostModel
  /// The cost of messages.
  var messages: Messages
  /// The times of trials that are added later [s], by index.
  var laterSeconds: [Int: Double] = [:]
  /// Whether idle threads help (``HelpedSpeed``).
  var isHelped = false
  /// The trials that must run after one has finished.
  var followUp: (_ trial: Int) -> [TrialQueue.Addition] = { _ in [] }

  private enum Event {
    case arrival(trial: Int)
    /// A change of the trial's speed makes an event with an older number void.
    case finish(trial: Int, number: Int)
  }

  /// A trial that a rank runs.
  private struct Running {
    /// The remaining time of one thread [s], at the time when it got its speed.
    var left: Double
    var speed = 1.0
    var since: Double
    var number = 0
  }

  private struct Rank {
    var free: Int
    var running: [Int: Running] = [:]
    var waiting: [Int] = []
    var next = 0
  }

  /// Simulates a run.
  ///
  /// - Parameters:
  ///   - ranks: Number of ranks.
  ///   - threads: Compute threads of each rank.
  ///   - recordsStarts: Whether to record ``Outcome/started``.
  func run(ranks count: Int, threads: Int, recordsStarts: Bool = false) -> Outcome {
    var outcome = Outcome()
    guard lines.contains(where: { !$0.indices.isEmpty }) else { return outcome }
    let seconds = secondsByIndex
    var networks = isHelped ? networksByIndex : [:]
    // Like a real run, the simulation starts without measured times.
    var scheduler = Scheduler(TrialQueue(lines), ranks: count)
    var ranks = Array(repeating: Rank(free: threads), count: count)
    var events = EventQueue<(rank: Int, event: Event)>()
    var coordinatorIsFree = 0.0

    func refill(_ rank: Int) {
      for trial in scheduler.take(for: rank, at: coordinatorIsFree) {
        events.insert((rank, .arrival(trial: trial)), at: coordinatorIsFree + latency(rank))
      }
    }
    /// The coordinator handles a message and hands out trials.
    func handle(_ rank: Int, finished trial: Int? = nil, at time: Double) {
      let start = max(coordinatorIsFree, time + latency(rank))
      coordinatorIsFree = start + messages.coordinator
      outcome.coordinatorSeconds += messages.coordinator
      let additions = trial.map(followUp) ?? []
      for addition in additions {
        scheduler.add(addition)
        networks[addition.index] = addition.shape.network
      }
      refill(rank)
      if !additions.isEmpty { for rank in scheduler.takeIdle() { refill(rank) } }
      outcome.seconds = max(outcome.seconds, coordinatorIsFree)
    }
    /// A free thread of a rank starts the next trial that waits there.
    func startNext(_ rank: Int, at time: Double) {
      guard ranks[rank].free > 0, ranks[rank].next < ranks[rank].waiting.count else { return }
      let trial = ranks[rank].waiting[ranks[rank].next]
      ranks[rank].next += 1
      ranks[rank].free -= 1
      if recordsStarts { outcome.started.append(trial) }
      ranks[rank].running[trial] = Running(left: seconds[trial]!, since: time)
      events.insert((rank, .finish(trial: trial, number: 0)), at: time + seconds[trial]!)
    }
    /// Deals the idle threads of a rank to its trials.
    func help(_ rank: Int, at time: Double) {
      guard isHelped, threads > 1, scheduler.waiting == 0 else { return }
      var members = ranks[rank].running.mapValues { _ in 1 }
      for _ in 0..<ranks[rank].free {
        let open = members.filter { $0.value <= HelpedSpeed.helpers(networks[$0.key]!) }
        guard let next = open.min(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else { break }
        members[next.key]! += 1
      }
      for (trial, count) in members {
        let speed = HelpedSpeed.speed(networks[trial]!, threads: count)
        var running = ranks[rank].running[trial]!
        guard speed != running.speed else { continue }
        running.left -= (time - running.since) * running.speed
        (running.speed, running.since) = (speed, time)
        running.number += 1
        ranks[rank].running[trial] = running
        events.insert(
          (rank, .finish(trial: trial, number: running.number)),
          at: time + max(0, running.left) / speed)
      }
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
      case .finish(let trial, let number):
        guard ranks[rank].running[trial]?.number == number else { continue }
        ranks[rank].running[trial] = nil
        ranks[rank].free += 1
        scheduler.finish(trial, on: rank, seconds: seconds[trial]!, isDone: true)
        handle(rank, finished: trial, at: time)
      }
      startNext(rank, at: time)
      help(rank, at: time)
    }
    return outcome
  }

  private func latency(_ rank: Int) -> Double { rank == 0 ? 0 : messages.latency }

  private var networksByIndex: [Int: TrialShape.Network] {
    var networks: [Int: TrialShape.Network] = [:]
    for line in lines {
      for index in line.indices { networks[Int(index)] = line.shape.network }
    }
    return networks
  }

  private var secondsByIndex: [Int: Double] {
    var seconds = laterSeconds
    for line in lines {
      let expected = model.seconds(line.shape)
      for index in line.indices { seconds[Int(index)] = expected }
    }
    return seconds
  }
}

extension ScheduleSimulation {
  /// Approximates ``run(ranks:threads:recordsStarts:)`` in a time that does not grow with the
  /// length of the run.
  ///
  /// If every thread has many trials of a grid to run, all threads are busy until few trials are
  /// left. Only these last ones, the shortest, are simulated. For the earlier ones, shape by shape,
  /// the time is that of their work or of their messages, whichever is longer.
  func nearOutcome(ranks: Int, threads: Int) -> Outcome {
    let (rest, skipped) = split(keepingFor: ranks * threads)
    var outcome = rest.run(ranks: ranks, threads: threads)
    outcome.seconds += skipped.seconds
    outcome.coordinatorSeconds += skipped.coordinatorSeconds
    return outcome
  }

  /// The number of trials per thread that are simulated at least.
  private static var leastTrials: Int { 16 }
  /// The simulated time per thread is at least this multiple of the longest trial, so that the end
  /// of that trial does not matter.
  private static var leastLongest: Double { 2 }

  /// Splits a run into its end, which is simulated, and the part before it.
  private func split(
    keepingFor threads: Int
  ) -> (rest: ScheduleSimulation, skipped: Outcome) {
    let costs = lines.map { model.seconds($0.shape) }
    let leastWork = Self.leastLongest * (costs.max() ?? 0) * Double(threads)
    var rest = self
    var kept = (trials: 0, work: 0.0)
    var skipped = Outcome()
    for index in lines.indices.sorted(by: { costs[$0] < costs[$1] }) {
      let count = lines[index].indices.count
      let byWork = costs[index] > 0 ? (leastWork - kept.work) / costs[index] : Double(count)
      let wanted = max(Double(Self.leastTrials * threads - kept.trials), byWork.rounded(.up))
      let taken = Int(min(max(0, wanted), Double(count)))
      rest.lines[index].indices = Array(lines[index].indices.suffix(taken))
      kept = (kept.trials + taken, kept.work + Double(taken) * costs[index])
      let messageSeconds = Double(count - taken) * messages.coordinator
      let workSeconds = Double(count - taken) * costs[index] / Double(threads)
      skipped.coordinatorSeconds += messageSeconds
      skipped.seconds += max(workSeconds, messageSeconds)
    }
    return (rest, skipped)
  }
}

/// The events of a simulation, sorted by time; simultaneous ones in the order of insertion.
struct EventQueue<Event> {
  private struct Entry {
    var time: Double
    var number: Int
    var event: Event

    func precedes(_ other: Entry) -> Bool { (time, number) < (other.time, other.number) }
  }

  /// A binary heap: no entry is earlier than its parent, at half its index.
  private var entries: [Entry] = []
  private var count = 0

  /// Inserts an event.
  mutating func insert(_ event: Event, at time: Double) {
    entries.append(Entry(time: time, number: count, event: event))
    count += 1
    var index = entries.count - 1
    while index > 0, entries[index].precedes(entries[(index - 1) / 2]) {
      entries.swapAt(index, (index - 1) / 2)
      index = (index - 1) / 2
    }
  }

  /// Removes and returns the earliest event; nil if there is none.
  mutating func popFirst() -> (time: Double, event: Event)? {
    guard let first = entries.first else { return nil }
    let last = entries.removeLast()
    if !entries.isEmpty {
      entries[0] = last
      sink()
    }
    return (first.time, first.event)
  }

  /// Moves the first entry down until the heap is valid.
  private mutating func sink() {
    var index = 0
    while true {
      var least = index
      for child in [2 * index + 1, 2 * index + 2]
      where child < entries.count && entries[child].precedes(entries[least]) {
        least = child
      }
      if least == index { return }
      entries.swapAt(index, least)
      index = least
    }
  }
}
