import FoundationEssentials
import SweepPlan

/// The journal's record of a finished trial.
public struct TrialRecord: Codable, Equatable, Sendable {
  /// The trial's parameters.
  public var parameters: ParameterSet

  /// The hashes of the contents of its files.
  public var inputs: TrialInputs

  /// Why the trial was not done; nil if it was.
  public var reason: String?

  /// Scores and resources by the key of their ``ScoreColumn``; a missing one has no entry.
  public var scores: ScoreValues

  /// Data for figures; nil in rows of older versions and if the trial was not done. Two
  /// rows of one trial are compared by their scores alone.
  public var details: TrialCurves?

  /// The cost of the trial. The only part that differs from run to run.
  public var cost: TrialCost

  /// Creates the content of a row.
  public init(
    parameters: ParameterSet, inputs: TrialInputs, reason: String?, scores: ScoreValues,
    details: TrialCurves? = nil, cost: TrialCost
  ) {
    self.parameters = parameters
    self.inputs = inputs
    self.reason = reason
    self.scores = scores
    self.details = details
    self.cost = cost
  }

  /// Reads the JSON of a journal line.
  public init(_ json: [UInt8]) throws {
    self = try JSONDecoder().decode(TrialRecord.self, from: Data(json))
  }

  /// The JSON for a journal line.
  public func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(self))
  }

  /// Whether the JSON of two rows of one trial holds the same result, whatever it took.
  ///
  /// Parameters and pattern are not compared: the trial's identity stands for them, and the path
  /// of the pattern may differ. So rows can be compared that know other parameters than this
  /// version.
  ///
  /// - Parameter sharedOnly: Whether rows of different tests are compared, of which only the scores
  ///   must be equal that both have.
  package static func agree(_ first: [UInt8], _ second: [UInt8], sharedOnly: Bool) -> Bool {
    func result(_ json: [UInt8]) -> Result? {
      try? JSONDecoder().decode(Result.self, from: Data(json))
    }
    guard var first = result(first), var second = result(second) else { return true }
    // Other versions did not measure these, or measured others.
    let known = Set(ScoreColumn.all.map(\.key)).subtracting(ScoreColumn.laterKeys)
    for key in Set(first.scores.keys).symmetricDifference(second.scores.keys)
    where !known.contains(key) {
      first.scores.remove(key)
      second.scores.remove(key)
    }
    guard sharedOnly else { return first == second }
    return first.reason == second.reason
      && first.scores.keys.allSatisfy { key in
        second.scores[key] == nil || second.scores[key] == first.scores[key]
      }
  }

  /// Whether the row is of an earlier version that did not measure a score.
  package func lacks(_ column: ScoreColumn) -> Bool {
    let together = column.addedTogether
    return !together.isEmpty && together.allSatisfy { scores[$0] == nil }
  }

  /// The part that the parameters determine.
  private struct Result: Decodable, Equatable {
    var reason: String?
    var scores: ScoreValues
  }
}

/// Where and how fast a trial ran.
public struct TrialCost: Codable, Equatable, Sendable {
  /// The rank that ran it.
  public var rank: Int
  /// That rank's host.
  public var host: String
  /// When it started [seconds since 1970, UTC].
  public var start: Double
  /// How long its thread computed [s].
  public var seconds: Double
  /// How long its thread and the threads that helped it computed [core-seconds]; nil if none helped.
  public var coreSeconds: Double?
  /// How many steps it simulated.
  public var steps: Int

  /// Creates the cost of a trial.
  public init(
    rank: Int, host: String, start: Double, seconds: Double, steps: Int,
    coreSeconds: Double? = nil
  ) {
    self.coreSeconds = coreSeconds
    self.rank = rank
    self.host = host
    self.start = start
    self.seconds = seconds
    self.steps = steps
  }
}

extension TrialRecord {
  /// The scores that differ in any bit from those of another run of the trial, as `key: this one against
  /// the other`. Scores that this record lacks are not compared.
  public func differences(from scores: ScoreValues, in columns: [ScoreColumn]) -> [String] {
    columns.compactMap { column in
      guard !lacks(column), self.scores[column] != scores[column] else { return nil }
      func text(_ score: Double?) -> String { score.map { "\($0)" } ?? "missing" }
      return "\(column.key): \(text(self.scores[column])) against \(text(scores[column]))"
    }
  }
}
