extension Pattern {
  /// How many notes one must have heard to know the next one, whichever they are.
  ///
  /// The order of a cyclic sequence is the length of its longest repeated substring plus one: the
  /// least n for which the L windows of n notes, one from each note on, all differ. Substrings run
  /// across the end of the cycle, and the two occurrences start at different notes of the cycle
  /// and may overlap. A sequence of different columns has order 1.
  ///
  /// It is nil for a sequence that is a shorter one played several times, such as A B A B: however
  /// long a window is, it occurs in more than one place, and no note of the cycle can be told from
  /// its repetition. Otherwise the order is at most L - 1, and 1 for a single note.
  ///
  /// - Complexity: O(L V + L log² L).
  public var order: Int? {
    var names: [[Bool]: Int] = [:]
    let symbols = (0..<notes).map { note in
      let column = column(note)
      let name = names[column] ?? names.count
      names[column] = name
      return name
    }
    return Self.order(ofCycle: symbols)
  }

  /// The order of a cyclic sequence of symbols.
  ///
  /// Windows of 2, 4, 8, … notes get ranks from those of their halves (Karp, Miller and Rosenberg
  /// 1972) until all differ. Two overlapping windows of a power of two then stand for one of any
  /// length in between, among which the order is found by bisection.
  static func order(ofCycle symbols: [Int]) -> Int? {
    let count = symbols.count
    var ranks = dense(symbols)
    var length = 1  // of the windows that have ranks [notes]
    if distinct(ranks) == count { return 1 }

    /// Numbers that are equal where the windows of `longer` notes are.
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

  /// The ranks of values among the different ones.
  private static func dense(_ values: [Int]) -> [Int] {
    let sorted = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Int](repeating: 0, count: values.count)
    for (before, index) in zip(sorted, sorted.dropFirst()) {
      ranks[index] = ranks[before] + (values[index] == values[before] ? 0 : 1)
    }
    return ranks
  }
}
