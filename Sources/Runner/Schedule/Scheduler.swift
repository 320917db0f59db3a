import Experiment
import SweepPlan

/// Decides which trial goes to which rank. The longest trial goes first to the next free thread. If
/// few trials are left and some of them are long, the trial is chosen with which all threads end
/// together (``Packing``).
///
/// A rank holds more trials than it runs, so that it need not wait for messages. It holds only
/// short ones in advance, and only while much more is left for the other ranks: a trial that waits
/// behind another could have started elsewhere. The decisions depend only on the calls below, so a
/// run can be predicted by making the same calls for simulated ranks.
struct Scheduler {
  /// The most work per thread that a rank holds in advance [s]; longer trials never wait on a rank.
  static let longestLookahead = 2.0
  /// The least time for which a trial is worth starting, since it can then save a checkpoint at the
  /// end of the run [s].
  static let worthStarting = 1.25 * TrialAttempt.worthSaving
  /// The most trials per thread that a rank holds in advance.
  static let mostHeld = 256
  /// A trial is started once more on an idle thread after this multiple of its expected time.
  static let copyAfter = 3.0
  /// The least time after which a trial is started once more [s].
  static let earliestCopy = 10.0

  /// The trials that a rank holds.
  private struct Rank {
    var threads = 0
    var held = 0
    /// The number of long ones, behind which no other may wait.
    var long = 0
    /// The expected time of the others [s].
    var shortCost = 0.0
    /// Whether it is among ``Scheduler/idle``.
    var isIdle = false
    /// Whether it has fallen silent and gets no trials.
    var isLost = false
  }

  /// A trial that a rank holds.
  private struct Running {
    var entry: TrialQueue.Entry
    /// The time at which it was handed out [s].
    var start: Double
    /// The rank that holds it.
    var holder: Int
    /// Another rank that holds a copy of it; nil if none does.
    var copy: Int?
    /// The time of its first report, and the part of it that was done then.
    var first: (time: Double, done: Double)?
    /// The same of its last report.
    var last = (time: 0.0, done: 0.0)
  }

  private var queue: TrialQueue
  private var ranks: [Rank]
  private var running: [Int: Running] = [:]
  /// The trials that were taken from lost ranks and wait for a free thread.
  private var reclaimed: [TrialQueue.Entry] = []
  /// The ranks that had a free thread after trials were last handed to them.
  private var idle: [Int] = []
  /// The expected time of the trials that ranks hold, and of those that depend on them
  /// [core-seconds].
  private var heldCost = 0.0
  /// The weight of the trials that ranks hold, and of those that depend on them.
  private var heldWeight = 0.0
  /// The weight of finished trials, and of those that were given up.
  private var (finishedWeight, lostWeight) = (0.0, 0.0)
  /// The time of finished trials [core-seconds].
  private(set) var finishedSeconds = 0.0
  /// The time of the longest of them [s].
  private(set) var longestSeconds = 0.0

  /// Compute threads of all ranks that have joined.
  private(set) var threads = 0

  /// Prepares to hand out the trials of a queue.
  init(_ queue: TrialQueue, ranks: Int) {
    self.queue = queue
    self.ranks = Array(repeating: Rank(), count: ranks)
  }

  /// The number of trials that have not been handed out.
  var waiting: Int { queue.count + reclaimed.count }

  /// The number of trials that ranks hold.
  var handedOut: Int { running.count }

  /// Whether a thread has no trial and will get none.
  var isRunningDry: Bool { waiting == 0 && running.count < threads }

  /// The expected time of the remaining trials [core-seconds].
  var remainingCost: Double { reclaimed.reduce(queue.cost + heldCost) { $0 + $1.work } }

  /// The part of the work whose cycles have been computed, in [0, 1]. Trials count by their estimated time,
  /// which does not change during the run.
  ///
  /// - Complexity: O(trials that ranks hold).
  var fraction: Double {
    let done = running.values.reduce(finishedWeight) { $0 + $1.last.done * $1.entry.weight }
    let all = finishedWeight + heldWeight + queue.weight + lostWeight
    return all > 0 ? min(1, done / all) : 1
  }

  /// The longest remaining time of a long trial that ranks hold: by its own pace, or by its expected time if
  /// none of its cycles is known to have been computed [s].
  ///
  /// - Complexity: O(trials that ranks hold).
  func longestLeft(at now: Double) -> Double {
    running.values.filter { isLong($0.entry) }.map { trial in
      guard let first = trial.first, trial.last.done > first.done else {
        return queue.seconds(line: trial.entry.line) - (now - trial.start)
      }
      let pace = (trial.last.done - first.done) / (trial.last.time - first.time)
      return (1 - trial.last.done) / pace - (now - trial.last.time)
    }.reduce(0, max)
  }

  /// Notes how many steps of a trial have been simulated.
  mutating func report(_ index: Int, steps: Int, at now: Double) {
    guard var trial = running[index] else { return }
    // Tests may follow the last cycle.
    let done = min(0.99, Double(steps) / max(1, trial.entry.steps))
    trial.last = (now, max(trial.last.done, done))
    trial.first = trial.first ?? trial.last
    running[index] = trial
  }

  /// Adds a rank.
  mutating func join(_ rank: Int, threads: Int) {
    ranks[rank].threads = threads
    self.threads += threads
  }

  /// Hands out the trials that a rank should hold now.
  ///
  /// - Parameters:
  ///   - now: The time [s], from any origin.
  ///   - time: The remaining time of the run [s]. If it is too short for a checkpoint, only trials
  ///     that will finish are handed out.
  /// - Returns: The indices of the trials, in the order in which they run.
  mutating func take(for rank: Int, at now: Double, time: Double = .infinity) -> [Int] {
    guard !ranks[rank].isLost else { return [] }
    var indices: [Int] = []
    func handOut(_ entry: TrialQueue.Entry) {
      hold(entry, on: rank)
      heldCost += entry.work
      heldWeight += entry.weightWithChain
      running[entry.index] = Running(entry: entry, start: now, holder: rank)
      indices.append(entry.index)
    }
    while ranks[rank].held < ranks[rank].threads, let entry = reclaimed.popLast() {
      lostWeight -= entry.weightWithChain
      handOut(entry)
    }
    while let entry = next(for: ranks[rank], at: now, time: time), accepts(ranks[rank], entry) {
      queue.remove(entry)
      handOut(entry)
    }
    if !ranks[rank].isIdle, ranks[rank].held < ranks[rank].threads {
      ranks[rank].isIdle = true
      idle.append(rank)
    }
    return indices
  }

  /// Adds a trial that must run because another one has finished. The ranks of ``takeIdle()`` may
  /// now receive it.
  mutating func add(_ addition: TrialQueue.Addition) { queue.insert(addition) }

  /// Returns and forgets the ranks that had a free thread after trials were last handed to them:
  /// they can receive trials that were added since. Empty if no trial waits.
  mutating func takeIdle() -> [Int] {
    guard waiting > 0 else { return [] }
    defer { idle.removeAll() }
    for rank in idle { ranks[rank].isIdle = false }
    return idle
  }

  /// Drops all waiting trials.
  mutating func giveUpWaiting() {
    queue.removeAll()
    reclaimed = []
  }

  /// Takes back a trial that a rank has not finished. Nothing happens if it was taken from the rank
  /// before.
  mutating func giveUp(_ index: Int, on rank: Int) {
    guard let trial = running[index] else { return }
    if trial.copy == rank {
      running[index]!.copy = nil
    } else if trial.holder != rank {
      return
    } else if let copy = trial.copy {
      (running[index]!.holder, running[index]!.copy) = (copy, nil)
    } else {
      remove(index)
      lostWeight += trial.entry.weightWithChain
    }
    release(trial.entry, on: rank)
  }

  private mutating func hold(_ entry: TrialQueue.Entry, on rank: Int) {
    ranks[rank].held += 1
    if isLong(entry) { ranks[rank].long += 1 } else { ranks[rank].shortCost += entry.cost }
  }

  private mutating func release(_ entry: TrialQueue.Entry, on rank: Int) {
    ranks[rank].held -= 1
    if isLong(entry) { ranks[rank].long -= 1 } else { ranks[rank].shortCost -= entry.cost }
  }

  private mutating func remove(_ index: Int) {
    guard let entry = running.removeValue(forKey: index)?.entry else { return }
    // Rounding must not leave a remainder if nothing is held.
    heldCost = running.isEmpty ? 0 : max(0, heldCost - entry.work)
    heldWeight = running.isEmpty ? 0 : max(0, heldWeight - entry.weightWithChain)
  }

  /// Takes all trials from a rank that has fallen silent. Other ranks get them first, and the rank
  /// gets none until ``rejoin(_:)``.
  ///
  /// - Returns: The trials that it held.
  mutating func lose(_ rank: Int) -> [Int] {
    let held = running.filter { $0.value.holder == rank || $0.value.copy == rank }
    for (index, trial) in held.sorted(by: { $0.key > $1.key }) {
      giveUp(index, on: rank)
      if trial.copy == nil { reclaimed.append(trial.entry) }
    }
    ranks[rank].isLost = true
    threads -= ranks[rank].threads
    return held.keys.sorted()
  }

  /// Hands trials to a lost rank again.
  mutating func rejoin(_ rank: Int) {
    ranks[rank].isLost = false
    threads += ranks[rank].threads
  }

  /// Starts copies of the trials that take much longer than expected, on threads that would
  /// otherwise stay idle until the end of the run. Results are reproducible, so the first one
  /// counts.
  ///
  /// - Returns: The trials, and the ranks to send them to.
  mutating func copies(at now: Double) -> [(index: Int, rank: Int)] {
    guard isRunningDry else { return [] }
    let late = running.values.filter {
      $0.copy == nil && queue.isMeasured(line: $0.entry.line)
        && now - $0.start
          > max(Self.earliestCopy, Self.copyAfter * queue.seconds(line: $0.entry.line))
    }
    var copies: [(Int, Int)] = []
    for trial in late.sorted(by: { ($0.start, $0.entry.index) < ($1.start, $1.entry.index) }) {
      let free = ranks.indices.first {
        $0 != trial.holder && !ranks[$0].isLost && ranks[$0].held < ranks[$0].threads
      }
      guard let free else { break }
      hold(trial.entry, on: free)
      running[trial.entry.index]!.copy = free
      copies.append((trial.entry.index, free))
    }
    return copies
  }

  /// Takes back a trial that a rank has finished.
  ///
  /// - Parameters:
  ///   - seconds: Its time [s].
  ///   - coreSeconds: The time of all threads that computed it [core-seconds]; nil if it was one.
  ///   - isDone: Whether it ran to its end: the time of a failed trial says nothing about others.
  /// - Returns: The other ranks that hold the trial and must discard it; nil if it had ended before,
  ///   so that this result does not count.
  @discardableResult
  mutating func finish(
    _ index: Int, on rank: Int, seconds: Double, coreSeconds: Double? = nil, isDone: Bool
  ) -> [Int]? {
    let coreSeconds = coreSeconds ?? seconds
    let entry: TrialQueue.Entry
    var holders: [Int] = []
    if let trial = running[index] {
      entry = trial.entry
      holders = trial.copy.map { [trial.holder, $0] } ?? [trial.holder]
      for holder in holders { release(entry, on: holder) }
      remove(index)
    } else if let place = reclaimed.firstIndex(where: { $0.index == index }) {
      entry = reclaimed.remove(at: place)
      lostWeight -= entry.weightWithChain
    } else {
      return nil
    }
    finishedSeconds += coreSeconds
    finishedWeight += entry.weight
    longestSeconds = max(longestSeconds, seconds)
    if isDone { queue.learn(line: entry.line, seconds: coreSeconds) }
    return holders.filter { $0 != rank }
  }

  private func isLong(_ entry: TrialQueue.Entry) -> Bool { entry.cost > Self.longestLookahead }

  /// The trial that a rank should hold next, if it accepts it.
  private func next(for rank: Rank, at now: Double, time: Double) -> TrialQueue.Entry? {
    guard time >= Self.worthStarting else { return queue.first { $0 <= time } }
    guard let first = queue.first else { return nil }
    return packed(for: rank, insteadOf: first, at: now) ?? first
  }

  /// The trial that a free thread should start so that all threads end together; nil if too many
  /// trials are left for ``Packing``, or only short ones.
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
    // All free threads are equivalent, so this one starts with their longest trial.
    let line = packing.shares.prefix(free.count).compactMap { $0.firstIndex { $0 > 0 } }.min()
    return line.map { queue.first(inLine: lines[$0].line) }
  }

  /// Whether a rank should hold a trial now.
  private func accepts(_ rank: Rank, _ entry: TrialQueue.Entry) -> Bool {
    if rank.held < rank.threads { return true }
    let free = rank.threads - rank.long
    guard !isLong(entry), rank.held < rank.long + Self.mostHeld * free, queue.count > threads
    else { return false }
    // It may hold one more per thread than it runs, if every thread of all ranks could have
    // another.
    if rank.held < rank.long + 2 * free { return 2 * entry.cost <= Self.longestLookahead }
    // The less work is left, the less is handed out in advance.
    let lookahead = min(Self.longestLookahead, queue.cost / Double(2 * threads))
    return entry.isMeasured && rank.shortCost + entry.cost <= lookahead * Double(free)
  }
}
