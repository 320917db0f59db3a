/// Trials that wait, the longest first by what is known so far.
///
/// Trials of one shape wait in one line, so that taking one and learning from one that has finished
/// take a time that does not grow with their number.
struct TrialQueue {
  /// Trials of one shape.
  struct Line: Sendable {
    /// What they have in common.
    var shape: TrialShape
    /// Their numbers in the plan, ascending.
    var numbers: [UInt32]
  }

  private var lines: [Line]
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

  /// What they are expected to take together [core-seconds].
  private(set) var cost = 0.0

  /// Lines up trials.
  init(_ lines: [Line], model: CostModel = CostModel()) {
    self.lines = lines.filter { !$0.numbers.isEmpty }
    self.model = model
    taken = Array(repeating: 0, count: self.lines.count)
    costs = taken.map(Double.init)
    order = Array(taken.indices)
    count = self.lines.reduce(0) { $0 + $1.numbers.count }
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
    /// Whether that rests on trials with the same network.
    var isMeasured: Bool
  }

  /// The trial that is expected to take longest; nil if none waits.
  var first: Entry? { order.last.map(entry) }

  private func entry(_ line: Int) -> Entry {
    Entry(
      number: Int(lines[line].numbers[taken[line]]), line: line, cost: costs[line],
      isMeasured: model.knows(lines[line].shape.network))
  }

  /// The longest trial that waits and is expected to take a time that is allowed.
  ///
  /// - Complexity: O(lines).
  func first(where isAllowed: (Double) -> Bool) -> Entry? {
    order.last { isAllowed(costs[$0]) }.map(entry)
  }

  /// Takes a trial out that is the first of its line.
  mutating func remove(_ entry: Entry) {
    let line = entry.line
    taken[line] += 1
    count -= 1
    // Rounding must not leave a rest where nothing waits.
    cost = count == 0 ? 0 : max(0, cost - costs[line])
    if taken[line] == lines[line].numbers.count { order.removeAll { $0 == line } }
  }

  /// Forgets all trials that wait.
  mutating func removeAll() {
    order = []
    count = 0
    cost = 0
  }

  /// What a trial of a line is expected to take by all that is known [s].
  func seconds(line: Int) -> Double { model.seconds(lines[line].shape) }

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
    // The last is taken first. Equal costs keep the order of the plan.
    order.sort { left, right in
      (costs[left], lines[right].numbers[taken[right]])
        < (costs[right], lines[left].numbers[taken[left]])
    }
    cost = order.reduce(0) { $0 + costs[$1] * Double(lines[$1].numbers.count - taken[$1]) }
  }
}
