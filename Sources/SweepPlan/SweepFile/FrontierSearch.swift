import Parameters

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

/// What a search asks of a trial: a score at or beyond a threshold.
public struct SearchCriterion: Hashable, Sendable {
  /// On which side of its threshold a score has to be.
  public enum Relation: String, Sendable {
    /// At or above it.
    case atLeast = ">="
    /// At or below it.
    case atMost = "<="
  }

  /// The score, by ``ScoreColumn/key``.
  public let column: String
  /// On which side it has to be.
  public let relation: Relation
  /// The threshold.
  public let threshold: Double

  /// That the sequence is recalled.
  public static let recalled = SearchCriterion(
    column: "recalled", relation: .atLeast, threshold: 1)

  /// A criterion as it is known to be.
  package init(column: String, relation: Relation, threshold: Double) {
    self.column = column
    self.relation = relation
    self.threshold = threshold
  }

  /// Reads `recalled` or, say, `correlation >= 0.9`; nil for anything else. Whether there is such a
  /// score is not looked at.
  package init?(_ text: String) {
    let words = text.split(separator: " ").map(String.init)
    if words == ["recalled"] {
      self = .recalled
      return
    }
    guard words.count == 3, let relation = Relation(rawValue: words[1]),
      let threshold = Double(words[2]), threshold.isFinite
    else { return nil }
    self.init(column: words[0], relation: relation, threshold: threshold)
  }

  /// What a trial says that ended in a way, with its score; a score that is missing misses it.
  public func outcome(_ status: TrialStatus, score: Double?) -> SearchOutcome {
    switch status {
    case .failed, .timedOut: return .unknown
    case .diverged: return .missed
    case .done:
      guard let score else { return .missed }
      let isMet = relation == .atLeast ? score >= threshold : score <= threshold
      return isMet ? .met : .missed
    }
  }
}

extension SearchCriterion: CustomStringConvertible {
  /// As it is written in a sweep file.
  public var description: String {
    self == .recalled
      ? "recalled" : "\(column) \(relation.rawValue) \(ParameterValue.real(threshold))"
  }
}

extension SearchCriterion {
  /// Puts the criterion into a message.
  package func write(to writer: inout ByteWriter) {
    writer.write(column)
    writer.write(relation.rawValue)
    writer.write(threshold)
  }

  /// Takes a criterion out of a message.
  package init(from reader: inout ByteReader) {
    column = reader.read(String.self)
    guard let relation = Relation(rawValue: reader.read(String.self)) else {
      preconditionFailure("a criterion came without its relation")
    }
    self.relation = relation
    threshold = reader.read(Double.self)
  }
}

/// What a trial says to a search.
public enum SearchOutcome: UInt8, Sendable {
  /// It meets the criterion.
  case met
  /// It does not, or the network diverged.
  case missed
  /// Nothing about the network, since it failed or took too long. The search ends there, and goes on
  /// when the trial is run again.
  case unknown
}
