import NeuralCore
import Testing

@testable import Runner
@testable import SweepPlan

@Suite struct PackingTests {
  private static func packing(_ lines: [(Double, Int)], _ busyUntil: [Double]) -> Packing {
    Packing(lines.map { Packing.Line(seconds: $0.0, count: $0.1) }, busyUntil: busyUntil)
  }

  /// 2 · 12.6 + 2 · 7.7 + 3.4 = 44.0 s on one thread leave 44.2 s for the other. The longest first, to
  /// whoever is free, takes 45.4 s.
  @Test func twelveTrialsOnTwoThreads() {
    let packing = Self.packing([(12.6, 3), (7.7, 3), (5.7, 3), (3.4, 3)], [0, 0])
    #expect(abs(packing.ends.max()! - 44.2) < 1e-9)
    for (line, count) in [3, 3, 3, 3].enumerated() {
      #expect(packing.shares.reduce(0) { $0 + $1[line] } == count)
    }
  }

  /// All ways to divide the trials, tried one by one.
  @Test(arguments: 1...30)
  func bestOfAllWays(seed: UInt64) {
    var random = RandomStream(seed: seed, purpose: .sequence)
    let seconds = (0..<9).map { _ in 1 + 9 * random.uniform() }.sorted(by: >)
    let busyUntil = [0, 20 * random.uniform()]
    let best = (0..<1 << 9).map { way in
      let first = (0..<9).reduce(busyUntil[0]) { $0 + (way >> $1 & 1 == 1 ? seconds[$1] : 0) }
      return max(first, seconds.reduce(busyUntil[0] + busyUntil[1], +) - first)
    }.min()!
    let packing = Self.packing(seconds.map { ($0, 1) }, busyUntil)
    #expect(abs(packing.ends.max()! - best) < 1e-9)
  }

  /// If this fails, some sweeps take longer than with the longest first.
  @Test(arguments: 1...20)
  func neverWorseThanTheLongestFirst(seed: UInt64) {
    var random = RandomStream(seed: seed, purpose: .sequence)
    let threads = 1 + Int(9 * random.uniform())
    let lines = (0..<1 + Int(8 * random.uniform())).map { _ in
      (1 + 9 * random.uniform(), 1 + Int(8 * random.uniform()))
    }.sorted { $0.0 > $1.0 }
    let busyUntil = (0..<threads).map { _ in 5 * random.uniform() }
    var ends = busyUntil
    for (seconds, count) in lines {
      for _ in 0..<count { ends[ends.indices.min { ends[$0] < ends[$1] }!] += seconds }
    }
    let packing = Self.packing(lines, busyUntil)
    #expect(packing.ends.max()! <= ends.max()! + 1e-9)
    for (line, trials) in lines.enumerated() {
      #expect(packing.shares.reduce(0) { $0 + $1[line] } == trials.1)
    }
  }

  /// If this fails, a thread that will be busy for long is counted on.
  @Test func busyThreadGetsLess() {
    #expect(Self.packing([(2, 4)], [0, 6]).shares == [[4], [0]])
    #expect(Self.packing([(2, 4)], [0, 100, 4]).shares == [[3], [0], [1]])
    #expect(Self.packing([], [0, 1]).shares == [[], []])
  }
}
