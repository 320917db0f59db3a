/// The largest part of a grid of which all elements exist: some levels of every dimension.
///
/// The search is exact for grids with few missing elements. After a fixed number of steps it takes the
/// largest part found, at least as large as that of removing the emptiest level again and again.
public struct CompletePart {
  /// The levels of each dimension that belong to the part, ascending.
  public private(set) var levels: [[Int]]

  private let shape: [Int]
  private let exists: [Bool]
  private let fewest: [Int]
  private var stepsLeft: Int

  /// - Parameters:
  ///   - exists: Whether each element exists; the last dimension varies fastest.
  ///   - shape: The number of levels of each dimension.
  ///   - fewest: The number of levels of each dimension that must remain.
  /// - Returns: nil if there is no such part, or if none is found.
  public init?(_ exists: [Bool], shape: [Int], fewest: [Int]) {
    precondition(exists.count == shape.reduce(1, *) && fewest.count == shape.count)
    self.shape = shape
    self.exists = exists
    self.fewest = fewest
    stepsLeft = max(20, 20_000_000 / max(1, exists.count))
    levels = shape.map { Array(0..<$0) }
    let whole = levels
    while let emptiest = emptiest(levels) {
      levels[emptiest.dimension].removeAll { $0 == emptiest.level }
    }
    if !isComplete(levels) { levels = shape.map { _ in [] } }
    improve(whole)
    if size(levels) == 0 { return nil }
  }

  private func isComplete(_ levels: [[Int]]) -> Bool {
    var isComplete = true
    forEachMissing(levels) { _ in
      isComplete = false
      return false
    }
    return isComplete
  }

  private func size(_ levels: [[Int]]) -> Int { levels.reduce(1) { $0 * $1.count } }

  /// Calls a closure with the places of all elements of a part that do not exist, until it returns
  /// false.
  private func forEachMissing(_ levels: [[Int]], _ body: ([Int]) -> Bool) {
    guard size(levels) > 0 else { return }
    var counters = [Int](repeating: 0, count: shape.count)
    while true {
      let places = zip(levels, counters).map { $0[$1] }
      if !exists[zip(shape, places).reduce(0) { $0 * $1.0 + $1.1 }], !body(places) { return }
      var dimension = shape.count - 1
      while dimension >= 0, counters[dimension] == levels[dimension].count - 1 {
        counters[dimension] = 0
        dimension -= 1
      }
      if dimension < 0 { return }
      counters[dimension] += 1
    }
  }

  /// The level with the largest fraction of missing elements that may go; of equal ones that of the last
  /// dimension. Nil if none is missing, or none may go.
  private func emptiest(_ levels: [[Int]]) -> (dimension: Int, level: Int)? {
    var missing = shape.map { [Int](repeating: 0, count: $0) }
    forEachMissing(levels) { places in
      for (dimension, level) in places.enumerated() { missing[dimension][level] += 1 }
      return true
    }
    var best: (dimension: Int, level: Int)?
    var highest = 0
    for dimension in shape.indices where levels[dimension].count > fewest[dimension] {
      for level in levels[dimension] {
        // The fraction of the level's elements, up to a factor that all have.
        let fraction = missing[dimension][level] * levels[dimension].count
        if fraction > 0, fraction >= highest { (highest, best) = (fraction, (dimension, level)) }
      }
    }
    return best
  }

  /// Looks for a larger part within another one: of each missing element some level must go.
  private mutating func improve(_ candidate: [[Int]]) {
    guard size(candidate) > size(levels), stepsLeft > 0 else { return }
    stepsLeft -= 1
    var missing: [Int]?
    forEachMissing(candidate) { places in
      missing = places
      return false
    }
    guard let missing else {
      levels = candidate
      return
    }
    let removable = candidate.indices.filter { candidate[$0].count > fewest[$0] }
    let smaller = removable.map { dimension in
      var smaller = candidate
      smaller[dimension].removeAll { $0 == missing[dimension] }
      return smaller
    }
    for part in smaller.sorted(by: { size($0) > size($1) }) { improve(part) }
  }
}
