import Experiment
import Journal
import SweepPlan

/// A finished trial of a result folder, which can be trained again.
struct StoredTrial {
  let trial: Trial
  private let stored: StoredSweep

  /// Finds the trial whose ID begins with some characters.
  ///
  /// - Throws: ``UsageError`` if there is none, or several.
  init(_ prefix: String, in stored: StoredSweep) throws {
    let place = "--trial \(prefix)"
    let found = stored.plan.ids.indices.filter {
      stored.plan.ids[$0].description.hasPrefix(prefix.lowercased())
    }
    guard let index = found.first else {
      throw UsageError(
        "\(place): no trial of \(stored.folder.path) has such an ID; expected one of "
          + "\(stored.folder.path)/trials.csv, column trial, or its first characters")
    }
    guard found.count == 1 else {
      throw UsageError(
        "\(place): \(found.count) trials have such an ID, among them \(stored.plan.ids[found[0]]) and "
          + "\(stored.plan.ids[found[1]]); expected more characters")
    }
    trial = stored.plan.trial(at: index)
    self.stored = stored
  }

  /// Sentences about probable mistakes in the parameters and input files of the trial.
  var warnings: [String] {
    trial.parameters.warnings
      + InputFile.Role.allCases.flatMap { role in
        stored.plan.file(role, of: trial)?.warnings(with: trial.parameters) ?? []
      }
  }

  /// The memory that training it takes.
  var memory: TrialMemory { stored.plan.memory(of: trial, scoreGroups: [.recall]) }

  /// The model of the trial, with the files that the result folder keeps.
  func model() throws -> TrialModel {
    func text(_ role: InputFile.Role) -> String? {
      trial.inputs[role].flatMap { stored.plan.texts[$0] }
    }
    return try TrialModel(
      trial.parameters, pattern: text(.pattern), disruption: text(.disruption))
  }

  /// The scores of the recall that differ from those in the journal, as `key: journal against now`.
  ///
  /// - Throws: ``UsageError`` if the trial has no result.
  func differences(from scores: ScoreValues) throws -> [String] {
    guard let row = stored.journal.rows[trial.id], row.status == .done else {
      throw UsageError("\(stored.folder.path): trial \(trial.id) has no scores to compare with")
    }
    let kept = try TrialRecord(stored.journal.content(of: row))
    return kept.differences(
      from: scores, in: ScoreColumn.columns(for: [.recall]).filter { $0.test != nil })
  }
}
