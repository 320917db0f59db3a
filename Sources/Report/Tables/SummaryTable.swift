import Journal
import Parameters
import SweepPlan

/// A condition: all trials that differ only in the replicates.
struct ConditionSummary: Sendable {
  /// The values of ``SummaryTable/axes``.
  let coordinates: [ParameterValue]
  /// The trials that are done.
  let rows: [SweepResults.Row]
  /// Trials that failed, diverged or timed out.
  let failed: Int
  /// Trials that have not run.
  let missing: Int
  /// Done trials with at least one censored score.
  let censored: Int
  /// The summary of each score by column key; scores without any value have no entry.
  let summaries: [String: Summary]
  /// The same among the trials that recall, for the keys of ``SummaryTable/replayScores``.
  let amongRecalled: [String: Summary]
  /// Whether the networks learned something and no other such condition has at least their
  /// ``SummaryTable/paretoScore`` for at most their ``SummaryTable/paretoCost``; nil if either is
  /// missing.
  fileprivate(set) var isEfficient: Bool?
  /// The number of done trials with a censored score, by the key of the censoring column.
  let censoredScores: [String: Int]
  /// Why no more replicates were added; nil unless the sweep adds them in stages.
  let stopping: Stopping?
  /// The field of ``StatedPrecision``.
  let precision: [String]

  /// Why a condition got no more replicates.
  enum Stopping: String {
    /// The interval was narrow enough.
    case precise
    /// There were as many as allowed.
    case atMost = "at_most"
    /// Trials of the last stage have not run.
    case unfinished
  }

  var count: Int { rows.count }

  /// The trials that recall.
  var recalled: [SweepResults.Row] { rows.filter { $0.score("recalled") == 1 } }

  /// Whether some network recalls, or the mean correlation is above what the same notes reach in
  /// random order. Other conditions are not called good, whatever their rank.
  var hasLearned: Bool {
    if let recalled = summaries["recalled"]?.mean, recalled > 0 { return true }
    guard let correlation = summaries["correlation"]?.mean,
      let chance = summaries["chance_95"]?.mean
    else { return false }
    return correlation > chance
  }

  /// Whether a value of a score is censored, so that its mean is a bound.
  func isBound(_ key: String) -> Bool { censoredScores[key + "_censored", default: 0] > 0 }
}

/// The scores of a sweep, summarised over its replicates.
public struct SummaryTable: Sendable {
  /// The axes that span the conditions: the swept parameters without the replicates.
  let axes: [String]
  let distinguishingAxes: DistinguishingAxes
  private let precision: StatedPrecision
  /// The request for more replicates; nil if there is none.
  let target: PrecisionTarget?
  let columns: [ScoreColumn]
  /// The conditions, sorted by their coordinates.
  let conditions: [ConditionSummary]

  /// The resource that defines Pareto efficiency.
  static let paretoCost = "plastic_synapses"
  /// The score that defines it: recalled bits if the sweep measures them, else correlation.
  let paretoScore: String

  /// The scores of a replay that are also summarised among the networks that recall.
  ///
  /// Networks recall or they do not, so the mean over all says little about either kind.
  static let replayScores: Set = [
    "correlation", "mean_squared_error", "drift", "note_accuracy", "kappa", "sounding_accuracy",
    "denoising_gain",
  ]

  /// Summarises results.
  public init(_ results: SweepResults) {
    let axes = results.plan.conditionKeys
    self.axes = axes
    let precision = StatedPrecision(results.plan)
    self.precision = precision
    target = results.stages?.units.request
    columns = results.columns.filter { !$0.marksCensoring }
    let marks = results.columns.filter(\.marksCensoring)
    let sorted = Dictionary(grouping: results.rows) {
      results.plan.condition(of: $0.trial.parameters)
    }.sorted { $0.key < $1.key }
    distinguishingAxes = DistinguishingAxes(
      sorted.map(\.key.values), axes: axes.count,
      searched: results.searches.flatMap { axes.firstIndex(of: $0.units.search.key) })
    var conditions = concurrentMap(sorted.count) { [columns] number in
      let (condition, rows) = sorted[number]
      let done = rows.filter { $0.status == .done }
      let recalled = done.filter { $0.score("recalled") == 1 }
      // Without blocks all trials of a condition are units.
      let hasBlocks = results.plan.hasBlocks
      func summaries(
        _ rows: [SweepResults.Row], isBounded: Bool, _ isIncluded: (ScoreColumn) -> Bool
      ) -> [String: Summary] {
        let units = hasBlocks ? results.units(of: rows) : nil
        return Dictionary(
          uniqueKeysWithValues: columns.filter(isIncluded).compactMap { column in
            results.summary(of: rows, units, column, isBounded: isBounded).map { (column.key, $0) }
          })
      }
      return ConditionSummary(
        coordinates: condition.values, rows: done,
        failed: rows.count { $0.status.map { $0 != .done } ?? false },
        missing: rows.count { $0.status == nil },
        censored: done.count { row in marks.contains { row.score($0) == 1 } },
        summaries: summaries(done, isBounded: true) { _ in true },
        amongRecalled: summaries(recalled, isBounded: false) {
          Self.replayScores.contains($0.key)
        },
        censoredScores: Dictionary(
          uniqueKeysWithValues: marks.map { mark in
            (mark.key, done.count { $0.score(mark) == 1 })
          }), stopping: results.stopping(rows[0]),
        precision: precision.fields(rows[0].trial.parameters))
    }
    let score = columns.contains { $0.key == "recalled_bits" } ? "recalled_bits" : "correlation"
    let choices = conditions.map { condition -> ParetoFront.Choice? in
      guard let cost = condition.summaries[Self.paretoCost]?.mean,
        let score = condition.summaries[score]?.mean
      else { return nil }
      return ParetoFront.Choice(cost: cost, score: score)
    }
    let learned = zip(choices, conditions).map { $1.hasLearned ? $0 : nil }
    for (index, isEfficient) in ParetoFront.isEfficient(learned).enumerated() {
      conditions[index].isEfficient = isEfficient ?? choices[index].map { _ in false }
    }
    paretoScore = score
    self.conditions = conditions
  }

  /// The sentence about results in which no condition learned anything; nil if one did, or if nothing
  /// is scored.
  var nothingLearned: String? {
    guard conditions.contains(where: { $0.summaries["correlation"] != nil }),
      !conditions.contains(where: \.hasLearned)
    else { return nil }
    return "Nothing was learned: no network recalls, and no mean correlation is above chance "
      + "(chance_95). Try more training (training_cycles), other learning rates, or more neurons "
      + "(latent)."
  }

  /// `summary.csv`: a row per condition.
  public var csv: String {
    let statistics = TableReference.statisticColumns.map(\.name)
    let marks = conditions.first?.censoredScores.keys.sorted() ?? []
    let stopping = target == nil ? [] : [TableReference.stoppingColumn.name]
    let head =
      axes + TableReference.conditionColumns.map(\.name) + stopping + marks
      + columns.flatMap { column -> [String] in
        statistics.map { "\(column.key)_\($0)" }
          + (Self.replayScores.contains(column.key)
            ? TableReference.recalledColumns.map { "\(column.key)_\($0.name)" } : [])
      } + precision.heads
    func fields(_ summary: Summary?) -> [String] {
      Self.fields(
        summary?.count ?? 0,
        [
          summary?.mean, summary?.standardDeviation, summary?.median,
          summary?.interval?.lowerBound, summary?.interval?.upperBound,
        ])
    }
    func recalledFields(_ column: ScoreColumn, _ condition: ConditionSummary) -> [String] {
      guard Self.replayScores.contains(column.key) else { return [] }
      let summary = condition.amongRecalled[column.key]
      return Self.fields(
        summary?.count ?? 0,
        [summary?.mean, summary?.interval?.lowerBound, summary?.interval?.upperBound])
    }
    return CSV.text(
      head,
      conditions.map { condition in
        let counts = [condition.count, condition.failed, condition.missing, condition.censored]
        return CSV.fields(condition.coordinates, of: axes) + counts.map(String.init)
          + [condition.isEfficient.map(String.init) ?? ""]
          + (condition.stopping.map { [$0.rawValue] } ?? [])
          + marks.map { String(condition.censoredScores[$0] ?? 0) }
          + columns.flatMap {
            fields(condition.summaries[$0.key]) + recalledFields($0, condition)
          } + condition.precision
      })
  }

  private static func fields(_ count: Int, _ values: [Double?]) -> [String] {
    ["\(count)"] + values.map { $0.map { ParameterValue.real($0).description } ?? "" }
  }
}

extension SweepResults {
  /// Why the condition of a row got no more replicates; nil unless the sweep adds them in stages.
  fileprivate func stopping(_ row: Row) -> ConditionSummary.Stopping? {
    stages.map { stages in
      let unit = stages.unit(of: row.number)
      return !stages.hasEnded(unit) ? .unfinished : stages.isPrecise(unit) ? .precise : .atMost
    }
  }
}

/// Pareto efficiency: a choice is efficient if no other has at least its score at no higher cost and
/// is better in one of the two.
enum ParetoFront {
  struct Choice: Equatable {
    /// Lower is better.
    var cost: Double
    /// Higher is better.
    var score: Double
  }

  /// Whether each choice is efficient; nil if a choice is missing.
  ///
  /// Equal choices are efficient together.
  ///
  /// - Complexity: O(n log n).
  static func isEfficient(_ choices: [Choice?]) -> [Bool?] {
    let order = choices.indices.filter { choices[$0] != nil }
      .sorted { first, second in
        let (first, second) = (choices[first]!, choices[second]!)
        return (first.cost, -first.score) < (second.cost, -second.score)
      }
    var efficient = choices.map { $0.map { _ in false } }
    var best: Choice?
    for index in order {
      let choice = choices[index]!
      if let best, choice != best, choice.score <= best.score { continue }
      efficient[index] = true
      best = choice
    }
    return efficient
  }
}
