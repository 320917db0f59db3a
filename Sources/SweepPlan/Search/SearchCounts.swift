/// How far the searches of a sweep have come, in numbers.
public struct SearchCounts: Equatable, Sendable {
  /// Searches in all.
  public var count = 0
  /// Those that wait for no trial.
  public var ended = 0
  /// Those of them that ended at a trial that failed or took too long.
  public var failed = 0
  /// Trials that are still to be run, at least and at most.
  public var left = 0...0

  /// Counts.
  public init(_ state: SearchState) {
    count = state.units.count
    var (fewest, most) = (0, 0)
    for unit in 0..<count {
      if state.next(unit) == nil { ended += 1 }
      if state.hasFailed(unit) { failed += 1 }
      fewest += state.fewestLeft(unit)
      most += state.mostLeft(unit)
    }
    left = fewest...most
  }
}
