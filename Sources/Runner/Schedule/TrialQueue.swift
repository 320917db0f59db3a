import SweepPlan

/// Trials that wait, the longest first by what is known so far.
///
/// A trial on which others wait, as in a search, counts with them: what comes last would otherwise
/// be one search that started late. Trials of one shape wait in one line, so that taking one and
/// learning from one that has finished take a time that does not grow with their number.
struct TrialQueue {
  /// Trials of one shape.
  struct Line: Sendable {
    /// What they have in common.
    var shape: TrialShape
    /// How many trials of about this length follow one another, each of these the first of them.
    var chain = 1
    /// Their numbers in the plan, ascending but for those that were added later.
    var numbers: [UInt32]
  }

  /// A trial that waits from now on, because another one has finished.
  struct Addition: Sendable {
    /// Its number in the plan.
    var number: Int
    /// What decides how long it takes.
    var shape: TrialShape
    /// How many trials follow one another at most, it being the first.
    var chain: Int
  }

  private struct Key: Hashable {
    var shape: TrialShape
    var chain: Int
  }

  private var lines: [Line]
  /// The place of each line.
  private var places: [Key: Int] = [:]
  /// How many of each line have been taken.
  private var taken: [Int]
  /// What a trial of each line is expected to take [s].
  private var costs: [Double]
  /// The lines in which trials wait, the longest ones first.
  private var order: [Int]
  private var model: CostModel
  private var lessons = 0
  private var lessonsInAll = 0

  /// How many trials wait.
  private(set) var count: Int

  /// What they, and the trials that wait on them, are expected to take together [core-seconds].
  private(set) var cost = 0.0

  /// Lines up trials.
  init(_ lines: [Line], model: CostModel = CostModel()) {
    self.lines = lines.filter { !$0.numbers.isEmpty }
    self.model = model
    taken = Array(repeating: 0, count: self.lines.count)
    costs = taken.map(Double.init)
    order = Array(taken.indices)
    count = self.lines.reduce(0) { $0 + $1.numbers.count }
    for (place, line) in self.lines.enumerated() {
      places[Key(shape: line.shape, chain: line.chain)] = place
    }
    sort()
  }

  /// A trial of the queue.
  struct Entry: Sendable {
    /// Its number in the plan.
    var number: Int
    /// Its line, to be named when it has finished.
    var line: Int
    /// What it is expected to take [s].
    var cost: Double
    /// The same with the trials that wait on it [s].
    var work: Double
    /// Whether that rests on trials with the same network.
    var isMeasured: Bool
  }

  /// The trial that is expected to take longest, with those that wait on it; nil if none waits.
  var first: Entry? { order.last.map(first(inLine:)) }

  /// The first trial of a line in which trials wait.
  func first(inLine line: Int) -> Entry {
    Entry(
      number: Int(lines[line].numbers[taken[line]]), line: line, cost: costs[line],
      work: work(line),
      isMeasured: model.knows(lines[line].shape.network))
  }

  /// What a trial of a line is expected to take with those that wait on it [s].
  private func work(_ line: Int) -> Double { costs[line] * Double(lines[line].chain) }

  /// The longest trial that waits and is expected to take a time that is allowed.
  ///
  /// - Complexity: O(lines).
  func first(where isAllowed: (Double) -> Bool) -> Entry? {
    order.last { isAllowed(costs[$0]) }.map(first(inLine:))
  }

  /// How many trials wait in each line, and what each of them is expected to take by all that is
  /// known, with those that wait on it [s]; the longest first.
  ///
  /// - Complexity: O(lines).
  var waitingLines: [(line: Int, seconds: Double, count: Int)] {
    order.reversed()
      .map { ($0, secondsWithChain(line: $0), lines[$0].numbers.count - taken[$0]) }
      .sorted { $0.1 > $1.1 }
  }

  /// Takes a trial out that is the first of its line.
  mutating func remove(_ entry: Entry) {
    let line = entry.line
    taken[line] += 1
    count -= 1
    // Rounding must not leave a rest where nothing waits.
    cost = count == 0 ? 0 : max(0, cost - entry.work)
    if taken[line] == lines[line].numbers.count { order.removeAll { $0 == line } }
  }

  /// Lines up one more trial.
  ///
  /// - Complexity: O(lines), as for taking one out.
  mutating func insert(_ addition: Addition) {
    let key = Key(shape: addition.shape, chain: addition.chain)
    let line = places[key] ?? lines.count
    if line == lines.count {
      places[key] = line
      lines.append(Line(shape: key.shape, chain: key.chain, numbers: []))
      taken.append(0)
      costs.append(model.seconds(key.shape))
    }
    let isEmpty = taken[line] == lines[line].numbers.count
    if isEmpty { costs[line] = model.seconds(key.shape) }
    lines[line].numbers.append(UInt32(addition.number))
    count += 1
    cost += work(line)
    guard isEmpty else { return }
    order.insert(line, at: order.firstIndex { precedes(line, $0) } ?? order.count)
  }

  /// Forgets all trials that wait.
  mutating func removeAll() {
    order = []
    count = 0
    cost = 0
  }

  /// What a trial of a line is expected to take by all that is known [s].
  func seconds(line: Int) -> Double { model.seconds(lines[line].shape) }

  /// The same with the trials that wait on it [s].
  func secondsWithChain(line: Int) -> Double { seconds(line: line) * Double(lines[line].chain) }

  /// Learns from a trial that was taken and has been done.
  mutating func learn(line: Int, seconds: Double) {
    model.learn(lines[line].shape, seconds: seconds)
    lessons += 1
    lessonsInAll += 1
    // The first lessons tell most. For the others, the work for each lesson stays the same however
    // many shapes there are.
    let isPowerOfTwo = lessonsInAll & (lessonsInAll - 1) == 0
    if lessons >= order.count || isPowerOfTwo {
      lessons = 0
      sort()
    }
  }

  /// Brings the order up to date with the model.
  private mutating func sort() {
    for line in order { costs[line] = model.seconds(lines[line].shape) }
    order.sort(by: precedes)
    cost = order.reduce(0) { $0 + work($1) * Double(lines[$1].numbers.count - taken[$1]) }
  }

  /// Whether a line comes before another in ``order``, of which the last is taken first. Equal ones
  /// keep the order of the plan.
  private func precedes(_ left: Int, _ right: Int) -> Bool {
    (work(left), lines[right].numbers[taken[right]])
      < (work(right), lines[left].numbers[taken[left]])
  }
}
