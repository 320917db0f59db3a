import Experiment
import SweepPlan

/// Decides which trial goes where: the longest first, to whoever is free; where few are left and some
/// of them are long, that with which all threads end together (``Packing``).
///
/// A rank holds trials beyond those that it runs, so that it need not wait for messages; but only
/// short ones, and only as long as much more is left for the others: a trial that waits behind
/// another could have started elsewhere. The decisions depend on nothing but the calls below, so
/// that a run can be foreseen by making the same calls for imagined ranks.
struct Scheduler {
  /// No rank holds more work per thread in advance than this [s]; longer trials never wait there.
  static let longestLookahead = 2.0
  /// A trial that has so much time is not in vain, since it saves itself when the run ends [s].
  static let worthStarting = 1.25 * TrialAttempt.worthSaving
  /// No rank holds more trials per thread in advance.
  static let mostHeld = 256

  /// What a rank holds.
  private struct Rank {
    var threads = 0
    var held = 0
    /// How many of them are too long for any other to wait behind.
    var long = 0
    /// What the others are expected to take [s].
    var shortCost = 0.0
    /// Whether it is among ``Scheduler/idle``.
    var isIdle = false
  }

  /// A trial that a rank holds.
  private struct Running {
    var entry: TrialQueue.Entry
    /// When it was handed out [s].
    var start: Double
  }

  private var queue: TrialQueue
  private var ranks: [Rank]
  private var running: [Int: Running] = [:]
  /// The ranks that had a thread free when they were given trials last.
  private var idle: [Int] = []
  /// What the trials that ranks hold, and those that wait on them, are expected to take
  /// [core-seconds].
  private var heldCost = 0.0
  /// What finished trials took [core-seconds].
  private(set) var finishedSeconds = 0.0
  /// What the longest of them took [s].
  private(set) var longestSeconds = 0.0

  /// Compute threads of all ranks that have joined.
  private(set) var threads = 0

  /// Prepares to hand out the trials of a queue.
  init(_ queue: TrialQueue, ranks: Int) {
    self.queue = queue
    self.ranks = Array(repeating: Rank(), count: ranks)
  }

  /// How many trials have not been handed out.
  var waiting: Int { queue.count }

  /// How many trials are with the ranks.
  var handedOut: Int { running.count }

  /// Whether some thread has no trial and will get none.
  var isRunningDry: Bool { queue.count == 0 && running.count < threads }

  /// What is expected still to be done [core-seconds].
  var remainingCost: Double { queue.cost + heldCost }

  /// What is known of a trial that began when it was handed out, since none waits behind such ones.
  struct LongTrial {
    /// When that was [s].
    var start: Double
    /// What it was expected to take then [s].
    var costThen: Double
    /// What it is expected to take by all that is known now [s].
    var cost: Double
  }

  /// The long trials that ranks hold.
  ///
  /// - Complexity: O(trials that ranks hold).
  var longTrials: [LongTrial] {
    running.values.filter { isLong($0.entry) }.map {
      LongTrial(
        start: $0.start, costThen: $0.entry.cost, cost: queue.seconds(line: $0.entry.line))
    }
  }

  /// Takes in a rank.
  mutating func join(_ rank: Int, threads: Int) {
    ranks[rank].threads = threads
    self.threads += threads
  }

  /// Hands a rank all that it shall hold now.
  ///
  /// - Parameters:
  ///   - now: The time [s], from any origin.
  ///   - time: How long the run still has [s]. Where that is too little for a trial to save itself,
  ///     only those are taken that will end.
  /// - Returns: The numbers of the trials, in the order in which they shall run.
  mutating func take(for rank: Int, at now: Double, time: Double = .infinity) -> [Int] {
    var numbers: [Int] = []
    while let entry = next(for: ranks[rank], at: now, time: time), accepts(ranks[rank], entry) {
      queue.remove(entry)
      ranks[rank].held += 1
      if isLong(entry) { ranks[rank].long += 1 } else { ranks[rank].shortCost += entry.cost }
      heldCost += entry.work
      running[entry.number] = Running(entry: entry, start: now)
      numbers.append(entry.number)
    }
    if !ranks[rank].isIdle, ranks[rank].held < ranks[rank].threads {
      ranks[rank].isIdle = true
      idle.append(rank)
    }
    return numbers
  }

  /// Lines up a trial that another one, which has finished, makes necessary. ``takeIdle()`` may now
  /// take it.
  mutating func add(_ addition: TrialQueue.Addition) { queue.insert(addition) }

  /// Ranks that had a thread free when they were given trials last, each once: those to which trials
  /// can be handed that were added since. None where no trial waits.
  mutating func takeIdle() -> [Int] {
    guard queue.count > 0 else { return [] }
    defer { idle.removeAll() }
    for rank in idle { ranks[rank].isIdle = false }
    return idle
  }

  /// Gives up what waits.
  mutating func giveUpWaiting() { queue.removeAll() }

  /// Takes back a trial that a rank has not finished.
  mutating func giveUp(_ number: Int, on rank: Int) { _ = release(number, on: rank) }

  private mutating func release(_ number: Int, on rank: Int) -> TrialQueue.Entry {
    guard let entry = running.removeValue(forKey: number)?.entry else {
      preconditionFailure("rank \(rank) returned trial \(number), which nobody runs")
    }
    ranks[rank].held -= 1
    if isLong(entry) { ranks[rank].long -= 1 } else { ranks[rank].shortCost -= entry.cost }
    // Rounding must not leave a rest where nothing is held.
    heldCost = running.isEmpty ? 0 : max(0, heldCost - entry.work)
    return entry
  }

  /// Takes back a trial that a rank has finished.
  ///
  /// - Parameters:
  ///   - seconds: How long it took.
  ///   - isDone: Whether it ran to its end: one that failed says nothing about others.
  mutating func finish(_ number: Int, on rank: Int, seconds: Double, isDone: Bool) {
    let entry = release(number, on: rank)
    finishedSeconds += seconds
    longestSeconds = max(longestSeconds, seconds)
    if isDone { queue.learn(line: entry.line, seconds: seconds) }
  }

  private func isLong(_ entry: TrialQueue.Entry) -> Bool { entry.cost > Self.longestLookahead }

  /// The trial that a rank shall hold next, if it accepts it.
  private func next(for rank: Rank, at now: Double, time: Double) -> TrialQueue.Entry? {
    guard time >= Self.worthStarting else { return queue.first { $0 <= time } }
    guard let first = queue.first else { return nil }
    return packed(for: rank, insteadOf: first, at: now) ?? first
  }

  /// The trial with which a free thread should begin so that all threads end together; nil where
  /// more trials are left than can be weighed, or only short ones.
  private func packed(
    for rank: Rank, insteadOf first: TrialQueue.Entry, at now: Double
  ) -> TrialQueue.Entry? {
    guard isLong(first), queue.count <= Packing.mostTrials, threads <= Packing.mostThreads,
      rank.held < rank.threads, running.count < threads
    else { return nil }
    let ends = running.values.map {
      max(now, $0.start + queue.secondsWithChain(line: $0.entry.line))
    }
    let free = Array(repeating: now, count: threads - running.count)
    let lines = queue.waitingLines
    let packing = Packing(
      lines.map { Packing.Line(seconds: $0.seconds, count: $0.count) },
      busyUntil: free + ends.sorted())
    // Which of the free threads this one is makes no difference: it begins with their longest trial.
    let line = packing.shares.prefix(free.count).compactMap { $0.firstIndex { $0 > 0 } }.min()
    return line.map { queue.first(inLine: lines[$0].line) }
  }

  /// Whether a rank shall hold a trial now.
  private func accepts(_ rank: Rank, _ entry: TrialQueue.Entry) -> Bool {
    if rank.held < rank.threads { return true }
    let free = rank.threads - rank.long
    guard !isLong(entry), rank.held < rank.long + Self.mostHeld * free, queue.count > threads
    else { return false }
    // One more than it runs, where every thread of all ranks could have another.
    if rank.held < rank.long + 2 * free { return 2 * entry.cost <= Self.longestLookahead }
    // The less is left, the less is given away at once.
    let lookahead = min(Self.longestLookahead, queue.cost / Double(2 * threads))
    return entry.isMeasured && rank.shortCost + entry.cost <= lookahead * Double(free)
  }
}
