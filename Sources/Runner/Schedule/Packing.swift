/// Divides trials among threads so that the last thread ends as early as possible.
///
/// The longest first, each to whoever is free, ends late where every thread has but a few trials to
/// run: twelve trials in four lengths took two threads 3 % longer than they had to. So from there the
/// division of the busiest thread and of another one is replaced by the best one between these two,
/// until no other one helps. For two threads and few lengths that is the best there is.
///
/// - SeeAlso: Graham (1969), Bounds on multiprocessing timing anomalies, for the longest first.
struct Packing {
  /// More trials are not looked at: where there are many, the longest first comes near the best.
  static let mostTrials = 64
  /// Nor are more threads.
  static let mostThreads = 64
  /// Two threads are not divided anew where there are more ways to do it.
  private static let mostWays = 1024
  /// A gain below this part of the time is rounding.
  private static let leastGain = 1e-9

  /// Trials that take the same time.
  struct Line {
    /// How long each takes [s].
    var seconds: Double
    /// How many there are.
    var count: Int
  }

  /// The longest first.
  private let seconds: [Double]
  private let busyUntil: [Double]
  /// How many of each line each thread runs, shape `[thread, line]`.
  private(set) var shares: [[Int]]

  /// Divides trials.
  ///
  /// - Parameters:
  ///   - lines: The trials, the longest first.
  ///   - busyUntil: When each thread can begin [s].
  init(_ lines: [Line], busyUntil: [Double]) {
    seconds = lines.map(\.seconds)
    self.busyUntil = busyUntil
    shares = Array(repeating: Array(repeating: 0, count: lines.count), count: busyUntil.count)
    var ends = busyUntil
    for (line, trials) in lines.enumerated() {
      for _ in 0..<trials.count {
        let thread = ends.indices.min { ends[$0] < ends[$1] }!
        ends[thread] += trials.seconds
        shares[thread][line] += 1
      }
    }
    while improve() {}
  }

  /// When each thread ends [s].
  var ends: [Double] { busyUntil.indices.map { busyUntil[$0] + work(shares[$0]) } }

  private func work(_ share: [Int]) -> Double {
    zip(share, seconds).reduce(0) { $0 + Double($1.0) * $1.1 }
  }

  /// Has the busiest thread end earlier, if another one can help.
  private mutating func improve() -> Bool {
    let ends = ends
    let busiest = ends.indices.max { ends[$0] < ends[$1] }!
    for other in ends.indices.sorted(by: { ends[$0] < ends[$1] }) where other != busiest {
      let pool = zip(shares[busiest], shares[other]).map { $0 + $1 }
      guard let share = bestShare(of: pool, for: busiest, and: other) else { continue }
      let rest = zip(pool, share).map { $0 - $1 }
      let end = max(busyUntil[busiest] + work(share), busyUntil[other] + work(rest))
      guard end < ends[busiest] - Self.leastGain * work(pool) else { continue }
      shares[busiest] = share
      shares[other] = rest
      return true
    }
    return false
  }

  /// What the first of two threads should run of all that both have to, so that both end together;
  /// nil where there are too many ways to divide it.
  private func bestShare(of pool: [Int], for first: Int, and second: Int) -> [Int]? {
    var ways = 1
    for count in pool {
      ways *= count + 1
      guard ways <= Self.mostWays else { return nil }
    }
    var best = (miss: Double.infinity, share: pool)
    var share = pool
    func divide(from line: Int, wanted: Double) {
      guard line < pool.count else {
        if abs(wanted) < best.miss { best = (abs(wanted), share) }
        return
      }
      for count in 0...pool[line] {
        share[line] = count
        divide(from: line + 1, wanted: wanted - Double(count) * seconds[line])
      }
    }
    divide(from: 0, wanted: (busyUntil[second] - busyUntil[first] + work(pool)) / 2)
    return best.share
  }
}
