import Testing

@testable import Scores

@Suite struct RecoveryTests {
  /// Nine tenths of .5 are good.
  private static func cycles(_ correlations: [Double?]) -> CensoredCount {
    Recovery.cycles(correlations, undisturbed: 0.5)
  }

  /// If this fails, networks that limp back for a cycle or two count as recovered.
  @Test(
    arguments: [
      ([0.5, 0.5, 0.5, 0.5, 0.5], CensoredCount(0)),
      // Exactly nine tenths are enough.
      ([0.1, 0.45, 0.45, 0.45, 0.45, 0.45, 0.1], CensoredCount(1)),
      // Four in a row, one bad cycle, five in a row.
      ([0.5, 0.5, 0.5, 0.5, 0.44, 0.5, 0.5, 0.5, 0.5, 0.5], CensoredCount(5)),
      // Four at the end say nothing of a fifth.
      ([0.1, 0.1, 0.5, 0.5, 0.5, 0.5], CensoredCount(6, isCensored: true)),
      ([0.1, 0.2, 0.1, 0.2, 0.1, 0.2], CensoredCount(6, isCensored: true)),
      // A cycle without correlation is none that is good.
      ([0.5, 0.5, nil, 0.5, 0.5, 0.5, 0.5, 0.5], CensoredCount(3)),
      ([0.5, 0.5, 0.5, 0.5, nil], CensoredCount(5, isCensored: true)),
      // A network that diverged has no cycles.
      ([], CensoredCount(0, isCensored: true)),
    ] as [([Double?], CensoredCount)])
  func firstOfFiveInARow(correlations: [Double?], expected: CensoredCount) {
    #expect(Self.cycles(correlations) == expected)
  }

  /// If this fails, a replay half a cycle late is also half a cycle early, and means are wrong.
  @Test(
    arguments: [
      (0, 0, 0), (10, 0, 0.1), (0, 10, -0.1), (49, 0, 0.49), (51, 0, -0.49), (99, 0, -0.01),
      (0, 99, 0.01), (50, 0, -0.5), (0, 50, -0.5), (75, 25, -0.5), (30, 80, -0.5),
    ])
  func phaseShiftWraps(shift: Int, twin: Int, expected: Double) {
    let found = Recovery.phaseShift(shift, twin: twin, samples: 100)
    #expect(abs(found - expected) < 1e-12)
  }

  @Test(arguments: [1, 2, 3, 7, 200, 1_250])
  func phaseShiftStaysInOneCycle(samples: Int) {
    for shift in 0..<samples {
      for twin in [0, samples / 3, samples - 1] {
        let found = Recovery.phaseShift(shift, twin: twin, samples: samples)
        #expect((-0.5..<0.5).contains(found), "\(shift) against \(twin) of \(samples)")
      }
    }
  }
}
