/// Divides trials among threads so that the last thread ends as early as possible.
///
/// Giving the longest trial to the next free thread ends late if every thread has only a few
/// trials: with twelve trials of four lengths, two threads took 3 % longer than necessary. So this
/// is only the first step. Then the trials of the busiest thread and of another one are divided
/// anew in the best way, until this no longer helps. For two threads and few lengths the result is
/// optimal.
///
/// Threads that help (``HelpedSpeed``) do not replace it. Simulated without it, the twelve trials of
/// `sweeps/quickstart.yaml` take 4 % longer on one rank with two threads and 7 % longer with four, and
/// 3 % and 6 % longer on two and four ranks with one thread each; `sweeps/size.yaml` takes 7 % longer on
/// 64 ranks. Larger sweeps take equally long.
///
/// - SeeAlso: Graham (1969), Bounds on multiprocessing timing anomalies, for the longest-first
///   rule.
struct Packing {
  /// The largest number of trials: with more, the longest-first rule is close to the optimum.
  static let mostTrials = 64
  /// The largest number of threads.
  static let mostThreads = 64
  /// The trials of two threads are not divided anew if there are more ways than this.
  private static let mostWays = 1024
  /// A gain below this fraction of the time is a rounding error.
  private static let leastGain = 1e-9

  /// Trials that take the same time.
  struct Line {
    /// The time of each [s].
    var seconds: Double
    /// Their number.
    var count: Int
  }

  /// The longest first.
  private let seconds: [Double]
  private let busyUntil: [Double]
  /// The number of trials of each line that each thread runs, shape `[thread, line]`.
  private(set) var shares: [[Int]]

  /// Divides trials.
  ///
  /// - Parameters:
  ///   - lines: The trials, the longest first.
  ///   - busyUntil: The time at which each thread can start [s].
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

  /// The time at which each thread ends [s].
  var ends: [Double] { busyUntil.indices.map { busyUntil[$0] + work(shares[$0]) } }

  private func work(_ share: [Int]) -> Double {
    zip(share, seconds).reduce(0) { $0 + Double($1.0) * $1.1 }
  }

  /// Makes the busiest thread end earlier, if another one can help.
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

  /// The share of the first of two threads in their common trials with which both end together; nil
  /// if there are too many ways to divide them.
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
