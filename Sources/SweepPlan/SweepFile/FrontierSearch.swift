/// What a sweep searches instead of running all of it: the frontier between values of one parameter
/// that meet a criterion and values that miss it.
public struct FrontierSearch: Hashable, Sendable {
  /// On which side of the frontier the criterion is met.
  public enum Side: String, CaseIterable, Sendable {
    /// By small values, as short sequences are recalled.
    case below
    /// By large values, as large networks recall.
    case above
  }

  /// The parameter.
  public let key: String
  /// What a trial has to reach.
  public let criterion: SearchCriterion
  /// Where it does.
  public let met: Side
}
