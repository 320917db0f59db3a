import Experiment
import SweepPlan

/// Finished trials of a journal that no longer belong to the plan, because the sweep has changed.
///
/// They stay in the journal, since the change may be undone, but do not appear in tables.
public struct UnplannedRows: Equatable, Sendable, CustomStringConvertible {
  /// A reason why a row does not belong to a plan.
  public enum Cause: Hashable, Sendable {
    /// The content of an input file has changed.
    case content(role: InputFile.Role, path: String)
    /// It was computed by a version of this program, or with a library, whose results differ.
    case revision
    /// A parameter has a value that is no longer in the sweep, or its default has changed.
    case parameters
  }

  /// The number of such trials.
  public let count: Int

  /// The reasons found among the first of them.
  public let causes: Set<Cause>

  /// The number of rows that are examined for reasons.
  private static let sample = 1_000

  /// Finds them; nil if there are none.
  ///
  /// - Throws: ``JournalError/system(call:path:reason:)``.
  /// - Complexity: O(trials).
  public init?(in journal: JournalContents, of plan: Plan) throws {
    count = journal.rows.count - plan.ids.count { journal.rows[$0] != nil }
    guard count > 0 else { return nil }
    let own = Set(plan.ids)
    let some = journal.rows.lazy.filter { !own.contains($0.key) }.prefix(Self.sample)
    var causes: Set<Cause> = []
    for (_, row) in some {
      // A row that this version cannot read has parameters that it does not know.
      let content = try? TrialRecord(try journal.content(of: row))
      causes.insert(content.map { Self.cause($0, plan, own) } ?? .parameters)
    }
    self.causes = causes
  }

  private static func cause(_ content: TrialRecord, _ plan: Plan, _ own: Set<TrialID>) -> Cause {
    let parameters = content.parameters
    let isWhole = InputFile.Role.allCases.allSatisfy {
      (content.inputs[$0] == nil) == (parameters.path(of: $0) == nil)
    }
    guard isWhole else { return .parameters }
    if own.contains(parameters.id(content.inputs)) { return .revision }
    for role in InputFile.Role.allCases {
      guard let path = parameters.path(of: role),
        let now = plan.files.first(where: { $0.role == role && $0.path == path })
      else { continue }
      var inputs = content.inputs
      inputs[role] = now.contentHash
      guard own.contains(parameters.id(inputs)) else { continue }
      let isSame = content.inputs[role] == now.formerHash
      return isSame ? .revision : .content(role: role, path: path)
    }
    return .parameters
  }

  /// The message for the user, with the reasons.
  public var description: String {
    let reasons = causes.map { cause in
      switch cause {
      case .content(let role, let path):
        "\(role.rawValue) \(path.escapingControlCharacters) has changed"
      case .revision:
        "they were computed by a version of elise-sweep, or with a linear algebra library, with "
          + "different results"
      case .parameters:
        "their parameters are no longer in the sweep, or defaults have changed; the former sweep "
          + "brings them back, and --out gives the new one a folder of its own"
      }
    }
    return
      "\(count) finished trial\(count == 1 ? " no longer belongs" : "s no longer belong") to this "
      + "sweep (\(reasons.sorted().joined(separator: "; "))): kept in the journal, not in the tables"
  }
}
