extension ScoreColumn {
  /// What a score of several patterns is.
  enum AcrossPatterns: Sendable {
    case mean, sum, lowest, highest

    /// The score of all from those of each, of which there is at least one.
    func value(_ values: [Double]) -> Double {
      switch self {
      case .mean: values.reduce(0, +) / Double(values.count)
      case .sum: values.reduce(0, +)
      case .lowest: values.min()!
      case .highest: values.max()!
      }
    }
  }

  /// The scores of a trial from those of each of its patterns. A score that one of them is missing
  /// is missing.
  package static func together(_ patterns: [[String: Double]]) -> [String: Double] {
    if patterns.count == 1 { return patterns[0] }
    var scores: [String: Double] = [:]
    for column in all {
      let values = patterns.compactMap { $0[column.key] }
      if values.count == patterns.count {
        scores[column.key] = column.acrossPatterns.value(values)
      }
    }
    return scores
  }
}
