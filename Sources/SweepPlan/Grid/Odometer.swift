/// Counts through the combinations of some axes, the last axis fastest.
struct Odometer {
  /// How many rows each axis has; none has zero.
  let counts: [Int]

  /// The rows of the present combination.
  private(set) var rows: [Int]

  /// Starts at the first combination.
  init(_ counts: [Int]) {
    self.counts = counts
    rows = Array(repeating: 0, count: counts.count)
  }

  /// Starts at the combination with this number.
  init(_ counts: [Int], at index: Int) {
    self.init(counts)
    var rest = index
    for axis in counts.indices.reversed() {
      rows[axis] = rest % counts[axis]
      rest /= counts[axis]
    }
  }

  /// Goes on to the next combination; after the last one comes the first.
  mutating func advance() {
    for axis in counts.indices.reversed() {
      rows[axis] += 1
      if rows[axis] < counts[axis] { return }
      rows[axis] = 0
    }
  }
}
