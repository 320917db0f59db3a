/// How long something took, or for how long at least it did not happen.
public struct CensoredCount: Equatable, Sendable {
  /// The number of cycles.
  public let value: Int

  /// Whether observation ended before the event: ``value`` is then a lower bound.
  public let isCensored: Bool

  /// Creates a count.
  public init(_ value: Int, isCensored: Bool = false) {
    self.value = value
    self.isCensored = isCensored
  }
}

extension CensoredCount {
  /// Free replay cycles until the sequence is first lost.
  ///
  /// Counts the cycles before the first whose correlation is below
  /// ``ReplayThresholds/horizonCorrelation``. A missing correlation ends the observation as the
  /// replay's end does.
  ///
  /// - Parameter correlations: Correlation of every scored free cycle, from the first on.
  /// - Returns: Missing if not even the first cycle has a correlation.
  public static func horizon(_ correlations: [Double?]) -> CensoredCount? {
    let observed = correlations.prefix { $0 != nil }.compactMap(\.self)
    if let lost = observed.firstIndex(where: { $0 < ReplayThresholds.horizonCorrelation }) {
      return CensoredCount(lost)
    }
    return observed.isEmpty ? nil : CensoredCount(observed.count, isCensored: true)
  }

  /// The training cycle from which the network meets the criterion.
  ///
  /// That is the first of ``ReplayThresholds/criterionTests`` consecutive tests that reach
  /// ``ReplayThresholds/criterionCorrelation``.
  ///
  /// - Parameters:
  ///   - tests: The free tests in ascending order of cycles.
  ///   - budget: How many training cycles there are: the count where the criterion is not met.
  public static func cyclesToCriterion(_ tests: [FreeTest], budget: Int) -> CensoredCount {
    var inARow = 0
    for (index, test) in tests.enumerated() {
      let meets = (test.correlation ?? 0) >= ReplayThresholds.criterionCorrelation
      inARow = meets ? inARow + 1 : 0
      if inARow == ReplayThresholds.criterionTests {
        return CensoredCount(tests[index + 1 - inARow].cycle)
      }
    }
    return CensoredCount(budget, isCensored: true)
  }
}

/// One free cycle during training: the teacher off, the clock kept.
public struct FreeTest: Equatable, Sendable {
  /// The training cycle.
  public let cycle: Int

  /// Unshifted correlation with the target; missing where ``UnshiftedMatch`` has none.
  public let correlation: Double?

  /// Creates the result of a test.
  public init(cycle: Int, correlation: Double?) {
    self.cycle = cycle
    self.correlation = correlation
  }
}
