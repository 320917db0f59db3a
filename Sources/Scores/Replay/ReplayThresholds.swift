/// The numbers that turn replay quality into verdicts, in one place.
///
/// - SeeAlso: The shared page on scores, *Replay quality*.
public enum ReplayThresholds {
  /// How many of the last scored replay cycles the summary looks at.
  public static let summaryCycles = 10

  /// Correlation that each of the last cycles must reach to count as recalled.
  ///
  /// Not enough alone: swapping two notes of Für Elise still correlates .91.
  public static let recalledCorrelation = 0.9

  /// Note accuracy that each of the last cycles must reach to count as recalled.
  public static let recalledNoteAccuracy = 0.95

  /// Below this correlation a free replay has lost the sequence.
  public static let horizonCorrelation = 0.5

  /// Unshifted correlation that a free test must reach to meet the criterion.
  public static let criterionCorrelation = 0.9

  /// How many free tests in a row must meet the criterion.
  public static let criterionTests = 3

  /// Standard deviation below which a rate (in [0, 1]) counts as constant.
  public static let constantDeviation = 1e-6

  /// Shifts whose scores differ by less than this are equally good: the earliest is taken.
  ///
  /// Without it rounding would choose among the shifts of a pattern that repeats itself.
  public static let shiftTolerance = 1e-12
}
