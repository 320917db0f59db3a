/// How a replay comes back after a disturbance.
public enum Recovery {
  /// How many cycles in a row must be good.
  public static let goodCycles = 5

  /// What makes a cycle good: this fraction of the undisturbed correlation.
  public static let goodFraction = 0.9

  /// Cycles until the replay has recovered: the first from which ``goodCycles`` in a row reach
  /// ``goodFraction`` of the undisturbed correlation. Censored at the end of the test.
  public static func cycles(_ correlations: [Double?], undisturbed: Double) -> CensoredCount {
    let isGood = correlations.map { ($0 ?? -1) >= goodFraction * undisturbed }
    let first = isGood.indices.first { start in
      start + goodCycles <= isGood.count
        && isGood[start..<start + goodCycles].allSatisfy(\.self)
    }
    return first.map { CensoredCount($0) }
      ?? CensoredCount(correlations.count, isCensored: true)
  }

  /// How far a replay is behind its twin (positive) or ahead, as a part of a cycle in [-1/2, 1/2).
  ///
  /// - Parameters:
  ///   - shift: Its best shift [samples].
  ///   - twin: The best shift of the undisturbed twin in the same cycle.
  ///   - samples: Samples of a cycle.
  public static func phaseShift(_ shift: Int, twin: Int, samples: Int) -> Double {
    let difference = Double(shift - twin) / Double(samples)
    let wrapped = difference - (difference + 0.5).rounded(.down)
    return wrapped
  }
}
