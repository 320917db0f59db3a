import SweepPlan

/// The waiting trials, the longest expected time first.
///
/// A trial on which others depend, as in a search, counts with their time; otherwise a search that
/// started late would finish last. Trials of one shape wait in one line, so the time to take a
/// trial and to learn from a finished one does not grow with their number.
struct TrialQueue {
  /// Trials of one shape.
  struct Line: Sendable {
    /// The shape of all of them.
    var shape: TrialShape
    /// The number of consecutive trials of about this length that start with each of these.
    var chain = 1
    /// Their indices in the plan, ascending except for those that were added later.
    var indices: [UInt32]
  }

  /// A trial that is added because another one has finished.
  struct Addition: Sendable {
    /// Its index in the plan.
    var index: Int
    /// Its shape.
    var shape: TrialShape
    /// The largest number of consecutive trials that start with it.
    var chain: Int
  }

  private struct Key: Hashable {
    var shape: TrialShape
    var chain: Int
  }

  private var lines: [Line]
  /// The index of each line.
  private var lineIndices: [Key: Int] = [:]
  /// The number of trials taken from each line.
  private var taken: [Int]
  /// The expected time of a trial of each line [s].
  private var costs: [Double]
  /// The lines with waiting trials, the longest last.
  private var order: [Int]
  private var model: CostModel
  private var lessons = 0
  private var lessonsInAll = 0

  /// The number of waiting trials.
  private(set) var count: Int

  /// Their expected time with the trials that depend on them [core-seconds].
  private(set) var cost = 0.0

  /// Creates a queue of trials.
  init(_ lines: [Line], model: CostModel = CostModel()) {
    self.lines = lines.filter { !$0.indices.isEmpty }
    self.model = model
    taken = Array(repeating: 0, count: self.lines.count)
    costs = taken.map(Double.init)
    order = Array(taken.indices)
    count = self.lines.reduce(0) { $0 + $1.indices.count }
    for (index, line) in self.lines.enumerated() {
      lineIndices[Key(shape: line.shape, chain: line.chain)] = index
    }
    sort()
  }

  /// A trial of the queue.
  struct Entry: Sendable {
    /// Its index in the plan.
    var index: Int
    /// Its line, for ``learn(line:seconds:)``.
    var line: Int
    /// Its expected time [s].
    var cost: Double
    /// The same with the trials that depend on it [s].
    var work: Double
    /// Whether this is based on finished trials with the same network.
    var isMeasured: Bool
  }

  /// The trial with the longest expected time, including the trials that depend on it; nil if none
  /// waits.
  var first: Entry? { order.last.map(first(inLine:)) }

  /// The first trial of a line with waiting trials.
  func first(inLine line: Int) -> Entry {
    Entry(
      index: Int(lines[line].indices[taken[line]]), line: line, cost: costs[line],
      work: work(line),
      isMeasured: isMeasured(line: line))
  }

  /// The expected time of a trial of a line with those that depend on it [s].
  private func work(_ line: Int) -> Double { costs[line] * Double(lines[line].chain) }

  /// The longest waiting trial whose expected time is allowed.
  ///
  /// - Complexity: O(lines).
  func first(where isAllowed: (Double) -> Bool) -> Entry? {
    order.last { isAllowed(costs[$0]) }.map(first(inLine:))
  }

  /// The number of waiting trials in each line, and the current expected time of each with those
  /// that depend on it [s]; the longest first.
  ///
  /// - Complexity: O(lines).
  var waitingLines: [(line: Int, seconds: Double, count: Int)] {
    order.reversed()
      .map { ($0, secondsWithChain(line: $0), lines[$0].indices.count - taken[$0]) }
      .sorted { $0.1 > $1.1 }
  }

  /// Removes a trial that is the first of its line.
  mutating func remove(_ entry: Entry) {
    let line = entry.line
    taken[line] += 1
    count -= 1
    // Rounding must not leave a remainder if nothing waits.
    cost = count == 0 ? 0 : max(0, cost - entry.work)
    if taken[line] == lines[line].indices.count { order.removeAll { $0 == line } }
  }

  /// Adds a trial.
  ///
  /// - Complexity: O(lines), as for removing one.
  mutating func insert(_ addition: Addition) {
    let key = Key(shape: addition.shape, chain: addition.chain)
    let line = lineIndices[key] ?? lines.count
    if line == lines.count {
      lineIndices[key] = line
      lines.append(Line(shape: key.shape, chain: key.chain, indices: []))
      taken.append(0)
      costs.append(model.seconds(key.shape))
    }
    let isEmpty = taken[line] == lines[line].indices.count
    if isEmpty { costs[line] = model.seconds(key.shape) }
    lines[line].indices.append(UInt32(addition.index))
    count += 1
    cost += work(line)
    guard isEmpty else { return }
    order.insert(line, at: order.firstIndex { precedes(line, $0) } ?? order.count)
  }

  /// Removes all waiting trials.
  mutating func removeAll() {
    order = []
    count = 0
    cost = 0
  }

  /// The current expected time of a trial of a line [s].
  func seconds(line: Int) -> Double { model.seconds(lines[line].shape) }

  /// Whether it is based on finished trials with the same network.
  func isMeasured(line: Int) -> Bool { model.knows(lines[line].shape.network) }

  /// The same with the trials that depend on it [s].
  func secondsWithChain(line: Int) -> Double { seconds(line: line) * Double(lines[line].chain) }

  /// Learns from the time of a finished trial.
  mutating func learn(line: Int, seconds: Double) {
    model.learn(lines[line].shape, seconds: seconds)
    lessons += 1
    lessonsInAll += 1
    // The first measurements matter most. After them, the work per measurement does not grow with
    // the number of shapes.
    let isPowerOfTwo = lessonsInAll & (lessonsInAll - 1) == 0
    if lessons >= order.count || isPowerOfTwo {
      lessons = 0
      sort()
    }
  }

  /// Updates the order from the model.
  private mutating func sort() {
    for line in order { costs[line] = model.seconds(lines[line].shape) }
    order.sort(by: precedes)
    cost = order.reduce(0) { $0 + work($1) * Double(lines[$1].indices.count - taken[$1]) }
  }

  /// Whether a line comes before another in ``order``, whose last line is taken first. Equal ones
  /// keep the order of the plan.
  private func precedes(_ left: Int, _ right: Int) -> Bool {
    (work(left), lines[right].indices[taken[right]])
      < (work(right), lines[left].indices[taken[left]])
  }
}
