import Sweep

extension SweepResults.Row {
  /// Why it was not done; nil where it was, or has not run.
  var reason: String? { content?.reason }

  /// What it took; nil where it has not run.
  var cost: TrialCost? { content?.cost }

  /// A score; nil where it is missing.
  func score(_ key: String) -> Double? { content?.scores[key] }
}
