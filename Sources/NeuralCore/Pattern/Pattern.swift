/// A cyclic sequence of notes: which visible neurons are active in which note. In an *analog* pattern the
/// notes are samples instead, with a level of each neuron.
public struct Pattern: Equatable, Sendable {
  /// The pattern's name.
  public let name: String

  /// Number of visible neurons, V.
  public let visible: Int

  /// Number of notes in one cycle, L.
  public let notes: Int

  /// Whether a neuron is active, shape `[note, neuron]`.
  private let active: [Bool]

  /// The level of each neuron in an analog pattern, in [0, 1], shape `[note, neuron]`; nil for notes.
  private let levels: [Double]?

  /// Whether the pattern has levels instead of notes.
  public var isAnalog: Bool { levels != nil }

  /// Creates a pattern from its columns.
  ///
  /// - Parameters:
  ///   - name: A name for messages and files.
  ///   - columns: Which neurons are active, shape `[note, neuron]`; at least one note and one
  ///     neuron.
  public init(name: String, columns: [[Bool]]) {
    precondition(!columns.isEmpty && !columns[0].isEmpty)
    precondition(columns.allSatisfy { $0.count == columns[0].count })
    self.name = name
    visible = columns[0].count
    notes = columns.count
    active = Array(columns.joined())
    levels = nil
  }

  /// Creates an analog pattern from its columns.
  ///
  /// - Parameters:
  ///   - name: A name for messages and files.
  ///   - levels: The level of each neuron at the start of a column, in [0, 1], shape `[note, neuron]`; at
  ///     least one note and one neuron.
  public init(name: String, levels: [[Double]]) {
    precondition(!levels.isEmpty && !levels[0].isEmpty)
    precondition(levels.allSatisfy { $0.count == levels[0].count })
    precondition(levels.joined().allSatisfy((0...1).contains))
    self.name = name
    visible = levels[0].count
    notes = levels.count
    active = levels.joined().map { $0 > 0 }
    self.levels = Array(levels.joined())
  }

  private func index(_ neuron: Int, _ note: Int) -> Int {
    let wrapped = (note % notes + notes) % notes
    return wrapped * visible + neuron
  }

  /// Whether a neuron is active in a note, or has a level above 0. Notes are cyclic: -1 is the last note.
  public func isActive(_ neuron: Int, inNote note: Int) -> Bool { active[index(neuron, note)] }

  /// The level of a neuron in a note: 0 or 1 unless the pattern is analog. Notes are cyclic.
  public func level(_ neuron: Int, inNote note: Int) -> Double {
    let index = index(neuron, note)
    return levels?[index] ?? (active[index] ? 1 : 0)
  }

  /// The level of each neuron in a note, shape `[neuron]`.
  func levels(_ note: Int) -> [Double] { (0..<visible).map { level($0, inNote: note) } }

  /// Which neurons are active in a note, shape `[neuron]`.
  public func column(_ note: Int) -> [Bool] {
    (0..<visible).map { isActive($0, inNote: note) }
  }

  /// The pattern with the notes `order[0]`, `order[1]`, … of this one.
  public func playing(_ order: some Collection<Int>) -> Pattern {
    isAnalog
      ? Pattern(name: name, levels: order.map(levels))
      : Pattern(name: name, columns: order.map(column))
  }

  /// Whether no neuron is active in some note.
  public var hasSilentNotes: Bool { (0..<notes).contains { !column($0).contains(true) } }

  /// Indices of the visible neurons that are active in all notes or in none, or always have the same level.
  public var constantNeurons: [Int] {
    (0..<visible).filter { neuron in
      (1..<notes).allSatisfy { level(neuron, inNote: $0) == level(neuron, inNote: 0) }
    }
  }

  /// The largest number of notes in a row in which no neuron is active; notes are cyclic.
  public var longestSilence: Int {
    var (longest, length) = (0, 0)
    // Twice, because a silence may continue at the start of the cycle.
    for note in 0..<(2 * notes) {
      length = column(note).contains(true) ? 0 : length + 1
      longest = max(longest, length)
    }
    return min(longest, notes)
  }

  /// Number of distinct columns.
  public var distinctColumns: Int {
    isAnalog ? Set((0..<notes).map(levels)).count : Set((0..<notes).map(column)).count
  }
}

extension [Pattern] {
  /// The same patterns over the visible neurons of all patterns together. Each pattern has its own
  /// neurons; those of the others are silent in it.
  public func sideBySide() -> [Pattern] {
    let visible = reduce(0) { $0 + $1.visible }
    var first = 0
    return map { pattern in
      let (before, behind) = (first, visible - first - pattern.visible)
      first += pattern.visible
      func padded<Value>(_ column: [Value], with silence: Value) -> [Value] {
        [Value](repeating: silence, count: before) + column
          + [Value](repeating: silence, count: behind)
      }
      let notes = 0..<pattern.notes
      return pattern.isAnalog
        ? Pattern(name: pattern.name, levels: notes.map { padded(pattern.levels($0), with: 0) })
        : Pattern(
          name: pattern.name, columns: notes.map { padded(pattern.column($0), with: false) })
    }
  }
}

extension Pattern {
  /// Number of preceding notes that always determine the next note.
  ///
  /// The order of a cyclic sequence is the length of its longest repeated substring plus one: the
  /// smallest n for which the L windows of n notes, one per start, all differ. Substrings wrap
  /// around the end of the cycle. The two occurrences start at different notes and may overlap. A
  /// sequence of distinct columns has order 1.
  ///
  /// The order is nil for a sequence that repeats a shorter one, such as A B A B: a window of any
  /// length then occurs more than once. Otherwise the order is at most L - 1, and 1 for a single
  /// note.
  ///
  /// - Complexity: O(L V + L log² L).
  public var order: Int? { Self.order(ofCycle: symbols) }

  /// The fraction of the notes that a number of notes before them does not determine: the same notes are
  /// followed by another one elsewhere in the cycle. 0 from ``order`` notes on.
  ///
  /// - Complexity: O(L (V + context)).
  public func ambiguity(after context: Int) -> Double {
    let symbols = symbols
    let windows = (0..<notes).map { note in
      (1...context).map { symbols[((note - $0) % notes + notes) % notes] }
    }
    var successors: [[Int]: Set<Int>] = [:]
    for (window, symbol) in zip(windows, symbols) { successors[window, default: []].insert(symbol) }
    return Double(windows.count { successors[$0]!.count > 1 }) / Double(notes)
  }

  /// A number for each note; equal columns have equal numbers.
  private var symbols: [Int] {
    var names: [[Bool]: Int] = [:]
    return (0..<notes).map { note in
      let column = column(note)
      let name = names[column] ?? names.count
      names[column] = name
      return name
    }
  }

  /// The order of a cyclic sequence of symbols.
  ///
  /// Windows of 2, 4, 8, … notes get ranks from the ranks of their halves (Karp, Miller and
  /// Rosenberg 1972) until all differ. Two overlapping windows of a power of two then represent a
  /// window of any length in between, and bisection over these lengths finds the order.
  static func order(ofCycle symbols: [Int]) -> Int? {
    let count = symbols.count
    var ranks = dense(symbols)
    var length = 1  // length of the windows that have ranks [notes]
    if distinct(ranks) == count { return 1 }

    /// One number per window of `longer` notes; equal windows have equal numbers.
    func windows(of longer: Int) -> [Int] {
      (0..<count).map { ranks[$0] * count + ranks[($0 + longer - length) % count] }
    }
    while true {
      let doubled = windows(of: 2 * length)
      if distinct(doubled) == count { break }
      if length >= count { return nil }
      ranks = dense(doubled)
      length *= 2
    }
    var repeated = length
    var unique = 2 * length
    while unique - repeated > 1 {
      let middle = (repeated + unique) / 2
      if distinct(windows(of: middle)) == count { unique = middle } else { repeated = middle }
    }
    return unique
  }

  private static func distinct(_ values: [Int]) -> Int {
    let sorted = values.sorted()
    return zip(sorted, sorted.dropFirst()).count { $0 != $1 } + 1
  }

  /// The rank of each value among the distinct values.
  private static func dense(_ values: [Int]) -> [Int] {
    let sorted = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Int](repeating: 0, count: values.count)
    for (before, index) in zip(sorted, sorted.dropFirst()) {
      ranks[index] = ranks[before] + (values[index] == values[before] ? 0 : 1)
    }
    return ranks
  }
}
