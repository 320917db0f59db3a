import Journal
import Parameters
import SweepPlan

/// The results of two folders, matched trial by trial.
///
/// Two trials match if all parameters are equal but those that may differ. Files are compared by their
/// content. Only trials that have run are matched.
package struct FolderComparison: Sendable {
  /// Why two folders cannot be compared.
  package enum Failure: Error, Equatable, CustomStringConvertible {
    /// Trials of one folder differ in nothing else than the parameters that may differ.
    case ambiguous(folder: String, keys: [String], first: String, second: String)
    /// No trial matches.
    case nothingInCommon(first: String, second: String, differences: [String])
    /// A folder has no finished trial.
    case empty(folder: String)

    package var description: String {
      switch self {
      case .ambiguous(let folder, let keys, let first, let second):
        "\(folder): got the trials \(first) and \(second), which match the same trial; expected one "
          + "value of \(keys.joined(separator: ", ")) for all other values equal"
      case .nothingInCommon(let first, let second, let differences):
        "\(first) and \(second): got no trial with the same parameters in both; expected --differ "
          + "with each parameter that may differ"
          + (differences.isEmpty ? "" : "; they differ in " + differences.joined(separator: "; "))
      case .empty(let folder):
        "\(folder): got no trial that has run; expected a folder with results"
      }
    }
  }

  /// One of the two folders.
  package struct Side: Sendable {
    package let folder: String
    package let results: SweepResults
    fileprivate let keys: [[ParameterValue]: SweepResults.Row]
  }

  /// A trial of either folder or of both.
  package struct Match: Sendable {
    package let first: SweepResults.Row?
    package let second: SweepResults.Row?
    /// The scores that differ in any bit, as `key: first against second`; nil unless both trials have
    /// the same identity.
    package let differences: [String]?
  }

  package let first: Side
  package let second: Side
  /// All trials, in the order of the first folder and then of the second.
  package let matches: [Match]
  /// The contrasts of the second folder against the first; none if ``isSame``.
  package let contrasts: [ContrastTable.Contrast]
  /// The keys that distinguish independent units.
  package let unitKeys: [String]
  /// Whether all trials that match have the same identity and equal results. Equal results are no
  /// sample of a difference that happens to be zero.
  package let isSame: Bool

  private let columns: [ScoreColumn]
  private let differing: [String]

  /// Matches the trials of two folders.
  ///
  /// - Parameter differing: The keys of the parameters that may differ.
  /// - Throws: ``Failure``.
  package init(
    _ first: (folder: String, results: SweepResults),
    _ second: (folder: String, results: SweepResults), differing: [String]
  ) throws(Failure) {
    // Models have parameters of their own, which differ if models may differ.
    let models = first.results.plan.models + second.results.plan.models
    let compared = Parameter.all.indices.filter { index in
      let parameter = Parameter.all[index]
      return !differing.contains(parameter.key)
        && (!differing.contains("model") || models.allSatisfy(parameter.applies))
    }
    self.first = try Side(first, compared, differing)
    self.second = try Side(second, compared, differing)
    self.differing = differing
    let keys = second.results.columns.map(\.key)
    let columns = first.results.columns.filter { keys.contains($0.key) }
    self.columns = columns

    var matches: [Match] = []
    for row in first.results.rows where row.status != nil {
      let other = self.second.keys[row.values(compared)]
      matches.append(
        Match(
          first: row, second: other,
          differences: other.flatMap {
            row.id == $0.id ? row.differences(from: $0, in: columns) : nil
          }))
    }
    guard matches.contains(where: { $0.second != nil }) else {
      throw .nothingInCommon(
        first: first.folder, second: second.folder,
        differences: first.results.plan.differences(from: second.results.plan))
    }
    for row in second.results.rows
    where row.status != nil && self.first.keys[row.values(compared)] == nil {
      matches.append(Match(first: nil, second: row, differences: nil))
    }
    self.matches = matches
    isSame = matches.allSatisfy {
      $0.first == nil || $0.second == nil || $0.differences?.isEmpty == true
    }
    (contrasts, unitKeys) =
      isSame
      ? ([], []) : Self.contrasts(matches, first, second, columns, differing: differing)
  }

  private static func contrasts(
    _ matches: [Match], _ first: (folder: String, results: SweepResults),
    _ second: (folder: String, results: SweepResults), _ columns: [ScoreColumn],
    differing: [String]
  ) -> (contrasts: [ContrastTable.Contrast], unitKeys: [String]) {
    let plans = [first.results.plan, second.results.plan]
    func keys(_ isIncluded: (Plan, String) -> Bool) -> [String] {
      Parameter.all.map(\.key).filter { key in
        !differing.contains(key)
          && plans.contains { plan in
            plan.axes.contains { $0.key == key } && isIncluded(plan, key)
          }
      }
    }
    let blockKeys = keys { $0.hasBlocks && $0.unitKeys.contains($1) }
    let replicateKeys = keys { plan, key in !plan.conditionKeys.contains(key) }
      .filter { !blockKeys.contains($0) }
    var (blocks, replicates) = ([[ParameterValue]: Int](), [[ParameterValue]: Int]())
    func number(_ values: [ParameterValue], _ numbers: inout [[ParameterValue]: Int]) -> Int {
      let number = numbers[values] ?? numbers.count
      numbers[values] = number
      return number
    }
    let pairs = matches.compactMap { match -> ContrastTable.Pair? in
      guard let row = match.first, let other = match.second else { return nil }
      let parameters = row.trial.parameters
      return ContrastTable.Pair(
        level: other, against: row, block: number(blockKeys.map { parameters[$0] }, &blocks),
        replicate: number(replicateKeys.map { parameters[$0] }, &replicates))
    }
    let scores = columns.filter { column in
      column.test != nil && !column.marksCensoring
        && pairs.contains { $0.level.counted(column) != nil || $0.against.counted(column) != nil }
    }
    let table = ContrastTable(
      concurrentMap(scores.count) { number in
        ContrastTable.Contrast(
          "folder", .text(second.folder), against: .text(first.folder), scores[number], pairs,
          hasBlocks: !blockKeys.isEmpty, value: { $0.counted(scores[number]) })
      })
    return (table.contrasts, blockKeys.isEmpty ? replicateKeys : blockKeys)
  }

  /// `contrasts.csv`: a row per score, with the columns of a sweep.
  package var contrastsCSV: String { ContrastTable(contrasts).csv }

  /// `pairs.csv`: a row per trial of either folder.
  package var pairsCSV: String {
    let axes = (first.results.plan.axes + second.results.plan.axes).map(\.key)
    let keys = Parameter.all.map(\.key).filter { axes.contains($0) && !differing.contains($0) }
    let head =
      ["trial_a", "trial_b"] + keys + differing.flatMap { ["\($0)_a", "\($0)_b"] }
      + ["status_a", "status_b", "equal"] + columns.flatMap { ["\($0.key)_a", "\($0.key)_b"] }
    return CSV.text(
      head,
      matches.lazy.map { [columns, differing] match in
        let sides = [match.first, match.second]
        let parameters = sides.map { $0?.trial.parameters }
        let shared = (parameters[0] ?? parameters[1])!
        return sides.map { $0?.id.description ?? "" }
          + CSV.fields(keys.map { shared[$0] }, of: keys)
          + differing.flatMap { key in
            parameters.map { $0.map { CSV.fields([$0[key]], of: [key])[0] } ?? "" }
          }
          + sides.map { $0?.status?.rawValue ?? "" }
          + [match.differences.map { String($0.isEmpty) } ?? ""]
          + columns.flatMap { column in
            sides.map { $0?.score(column).map(column.text) ?? "" }
          }
      })
  }
}

extension FolderComparison.Side {
  fileprivate init(
    _ side: (folder: String, results: SweepResults), _ compared: [Int], _ differing: [String]
  ) throws(FolderComparison.Failure) {
    (folder, results) = side
    var keys: [[ParameterValue]: SweepResults.Row] = [:]
    for row in results.rows where row.status != nil {
      guard let other = keys.updateValue(row, forKey: row.values(compared)) else { continue }
      func name(_ row: SweepResults.Row) -> String {
        differing.map { "\($0) \(row.trial.parameters[$0])" }.joined(separator: ", ")
      }
      throw .ambiguous(folder: folder, keys: differing, first: name(other), second: name(row))
    }
    guard !keys.isEmpty else { throw .empty(folder: folder) }
    self.keys = keys
  }
}

extension SweepResults.Row {
  /// The values of some parameters, by their indices in `Parameter.all`, with the hash of a file's
  /// content for its path.
  fileprivate func values(_ indices: [Int]) -> [ParameterValue] {
    let trial = trial
    return indices.map { index in
      let hash = InputFile.Role(rawValue: Parameter.all[index].key).flatMap { trial.inputs[$0] }
      return hash.map { .text("\($0)") } ?? trial.parameters.values[index]
    }
  }

  fileprivate func differences(
    from other: SweepResults.Row, in columns: [ScoreColumn]
  ) -> [String] {
    func text(_ score: Double?) -> String { score.map { "\($0)" } ?? "missing" }
    let status = status == other.status ? [] : ["status: \(status!) against \(other.status!)"]
    return status
      + columns.compactMap { column in
        let (own, others) = (score(column), other.score(column))
        // An earlier version did not measure these.
        let isLater = ScoreColumn.laterKeys.contains(column.key)
        guard own?.bitPattern != others?.bitPattern,
          !isLater || (own != nil && others != nil)
        else { return nil }
        return "\(column.key): \(text(own)) against \(text(others))"
      }
  }
}
