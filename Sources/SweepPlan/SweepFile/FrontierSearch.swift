import Parameters

/// A search for the frontier between values of one parameter that meet a criterion and values that
/// miss it. It replaces a full grid.
public struct FrontierSearch: Hashable, Sendable {
  /// The side of the frontier on which the criterion is met.
  public enum Side: String, CaseIterable, Sendable {
    /// Small values, such as short sequences.
    case below
    /// Large values, such as large networks.
    case above
  }

  /// The parameter.
  public let key: String
  public let criterion: SearchCriterion
  public let met: Side
  /// The largest number of values beyond the first missed one that are run to verify it.
  public let beyond: Int

  /// ``beyond`` if the sweep file does not name it.
  static let usualBeyond = 2
  /// The largest ``beyond``.
  static let mostBeyond = 1000
}

/// The criterion of a search: a score at or beyond a threshold.
public struct SearchCriterion: Hashable, Sendable {
  enum Relation: String {
    case atLeast = ">="
    case atMost = "<="
  }

  /// The score, by ``ScoreColumn/key``.
  public let column: String
  let relation: Relation
  let threshold: Double

  /// The sequence is recalled.
  static let recalled = SearchCriterion(column: "recalled", relation: .atLeast, threshold: 1)

  /// The outcome of a trial for the search. A trial that cannot have the score is refused before
  /// anything runs, so a missing score of recall or robustness means that the replay is constant or
  /// does not recall the sequence: the criterion is missed. Other missing scores are unknown.
  public func outcome(_ status: TrialStatus, score: Double?) -> SearchOutcome {
    switch status {
    case .failed, .timedOut: return .unknown
    case .diverged: return .missed
    case .done:
      guard let score else {
        let group = ScoreColumn.named(column)?.test
        return group == .recall || group == .robustness ? .missed : .unknown
      }
      return (relation == .atLeast ? score >= threshold : score <= threshold) ? .met : .missed
    }
  }
}

extension SearchCriterion: CustomStringConvertible {
  /// The text in a sweep file.
  public var description: String {
    self == .recalled
      ? "recalled" : "\(column) \(relation.rawValue) \(ParameterValue.real(threshold))"
  }

  /// Reads `recalled`, or a comparison such as `correlation >= 0.9`; nil for anything else. The score
  /// may be unknown.
  package init?(_ text: String) {
    let words = text.split(separator: " ").map(String.init)
    if words == ["recalled"] {
      self = .recalled
      return
    }
    guard words.count == 3, let relation = Relation(rawValue: words[1]), isDecimal(words[2]),
      let threshold = Double(words[2]), threshold.isFinite
    else { return nil }
    self.init(column: words[0], relation: relation, threshold: threshold)
  }
}

/// The outcome of a trial for a search.
public enum SearchOutcome: Sendable {
  /// It meets the criterion.
  case met
  /// It does not, or the network diverged.
  case missed
  /// The trial failed or took too long. The search stops, and continues when the trial is repeated.
  case unknown
}
