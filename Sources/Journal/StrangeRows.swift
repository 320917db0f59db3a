import Experiment
import SweepPlan

/// Finished trials of a journal that are no part of a plan: the sweep is not as it was.
///
/// They stay in the journal, since the sweep may become as it was, and they stay out of all tables.
public struct StrangeRows: Equatable, Sendable, CustomStringConvertible {
  /// Why a row may be no part of a plan.
  public enum Cause: Hashable, Sendable {
    /// A file had another content.
    case content(role: InputFile.Role, path: String)
    /// A version of this program computed it whose results differ.
    case revision
    /// A parameter has a value that is not in the sweep any more, or had another default.
    case parameters
  }

  /// How many there are.
  public let count: Int

  /// Why, as far as some of them tell.
  public let causes: Set<Cause>

  /// So many rows are looked into.
  private static let sample = 1_000

  /// Finds them; nil where there are none.
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
      let content = try? TrialContent(try journal.content(of: row))
      causes.insert(content.map { Self.cause($0, plan, own) } ?? .parameters)
    }
    self.causes = causes
  }

  private static func cause(_ content: TrialContent, _ plan: Plan, _ own: Set<TrialID>) -> Cause {
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
      if own.contains(parameters.id(inputs)) { return .content(role: role, path: path) }
    }
    return .parameters
  }

  /// What a user should know, with the causes.
  public var description: String {
    let reasons = causes.map { cause in
      switch cause {
      case .content(let role, let path):
        "\(role.rawValue) \(path.escapingControlCharacters) has another content now"
      case .revision: "a version of elise-sweep computed them whose results differ"
      case .parameters: "their parameters are not in the sweep any more, or defaults have changed"
      }
    }
    return "\(count) finished trial\(count == 1 ? " is" : "s are") no part of this sweep as it is "
      + "now (\(reasons.sorted().joined(separator: "; "))): kept in the journal, not in the tables"
  }
}
