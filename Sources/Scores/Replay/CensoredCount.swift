/// A number of cycles until an event, which may be censored.
public struct CensoredCount: Equatable, Sendable {
  /// The number of cycles.
  public let value: Int

  /// Whether the observation ended before the event, so that ``value`` is a lower bound.
  public let isCensored: Bool

  /// Creates a count.
  public init(_ value: Int, isCensored: Bool = false) {
    self.value = value
    self.isCensored = isCensored
  }
}

extension CensoredCount {
  /// Number of free replay cycles before the first cycle whose correlation is below
  /// ``ReplayThresholds/horizonCorrelation``.
  ///
  /// A missing correlation ends the observation, as the end of the replay does.
  ///
  /// - Parameter correlations: Correlations of all scored cycles, in order.
  /// - Returns: nil if the first cycle has no correlation.
  public static func horizon(_ correlations: [Double?]) -> CensoredCount? {
    let observed = correlations.prefix { $0 != nil }.compactMap(\.self)
    if let lost = observed.firstIndex(where: { $0 < ReplayThresholds.horizonCorrelation }) {
      return CensoredCount(lost)
    }
    return observed.isEmpty ? nil : CensoredCount(observed.count, isCensored: true)
  }

  /// The training cycle of the first of ``ReplayThresholds/criterionTests`` consecutive free tests
  /// that reach ``ReplayThresholds/criterionCorrelation``.
  ///
  /// - Parameters:
  ///   - tests: The free tests in ascending order of cycles.
  ///   - budget: Number of training cycles, which is the censored count if there are no such tests.
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

/// The result of a free test: a training cycle without the teacher.
public struct FreeTest: Equatable, Sendable {
  /// The training cycle.
  public let cycle: Int

  /// Unshifted correlation with the target; nil if ``UnshiftedMatch/correlation`` is nil.
  public let correlation: Double?

  /// Creates the result of a test.
  public init(cycle: Int, correlation: Double?) {
    self.cycle = cycle
    self.correlation = correlation
  }
}
