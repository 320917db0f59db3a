import Experiment
import Journal
import Parameters
import Scores
import SweepPlan

/// What figures are made from.
struct FigureSource {
  /// The trials with their scores.
  let results: SweepResults
  /// The conditions of the grid.
  let summary: SummaryTable
  /// The capacity frontier; nil where the grid holds no size and length.
  let capacity: CapacityTable?
  /// The trials of each condition that are done, in the order of the conditions.
  let conditions: [SweepCondition]
  private let journal: JournalContents

  /// The trials of one condition.
  struct SweepCondition {
    let coordinates: [ParameterValue]
    let rows: [SweepResults.Row]
  }

  init(
    _ results: SweepResults, summary: SummaryTable, capacity: CapacityTable?,
    journal: JournalContents
  ) {
    self.results = results
    self.summary = summary
    self.capacity = capacity
    self.journal = journal
    conditions = zip(summary.conditions, summary.done).filter { !$0.1.isEmpty }
      .map { SweepCondition(coordinates: $0.coordinates, rows: $1) }
  }

  /// What the journal holds of a trial beyond its scores; nil where a row has no such thing.
  func details(of row: SweepResults.Row) -> TrialCurves? {
    guard let known = journal.rows[row.id], let json = try? journal.content(of: known) else {
      return nil
    }
    return (try? TrialRecord(json))?.details
  }

  /// Swept keys with at least two values over which conditions differ, in the order of the tables.
  var axes: [PlanAxis] {
    results.plan.axes.filter { summary.axes.contains($0.key) && $0.values.count > 1 }
  }

  /// The trials that are done, by the values of keys over which conditions differ.
  func rows(by keys: [String]) -> [[ParameterValue]: [SweepResults.Row]] {
    let places = keys.map { key in summary.axes.firstIndex(of: key)! }
    return conditions.reduce(into: [:]) { groups, condition in
      groups[places.map { condition.coordinates[$0] }, default: []] += condition.rows
    }
  }

  /// A sentence for captions of means over trials that searches chose; empty where all trials ran.
  var searchNote: String {
    results.searches.map {
      " Searches along \(FigureWords.words($0.units.search.key)) chose the trials by their outcomes."
    } ?? ""
  }

  /// A score of the tests that were asked for; nil for any other.
  func column(_ key: String) -> ScoreColumn? { results.columns.first { $0.key == key } }
}

/// A few conditions that a figure of curves shows.
struct ConditionSeries {
  /// What tells the condition from the others shown.
  let label: String
  /// At most ``maximumTrials`` of its trials.
  let rows: [SweepResults.Row]

  /// The most conditions in one figure.
  static let maximumConditions = 6
  /// The most trials that a curve is averaged over.
  static let maximumTrials = 20

  /// Chooses conditions along the axis with the most values, at middle values of the other axes.
  ///
  /// - Parameter isTelling: Whether a condition has anything to show.
  static func choose(
    from source: FigureSource,
    where isTelling: (FigureSource.SweepCondition) -> Bool = { _ in true }
  ) -> ConditionChoice {
    let conditions = source.conditions.filter(isTelling)
    let axes = source.summary.axes
    guard conditions.count > maximumConditions else {
      return ConditionChoice(conditions, axes, note: trialsNote(conditions))
    }
    let counts = axes.indices.map { axis in Set(conditions.map { $0.coordinates[axis] }).count }
    let main = counts.firstIndex(of: counts.max()!)!
    let middle = conditions[conditions.count / 2].coordinates
    let along = conditions.filter { condition in
      axes.indices.allSatisfy { $0 == main || condition.coordinates[$0] == middle[$0] }
    }
    let last = Double(along.count - 1)
    let shown = min(maximumConditions, along.count)
    let picked = (0..<shown).map { number in
      along[shown == 1 ? 0 : Int((Double(number) * last / Double(shown - 1)).rounded())]
    }
    let fixed = axes.indices.filter { $0 != main && counts[$0] > 1 }
      .map { "\(FigureWords.words(axes[$0])) \(FigureWords.short(middle[$0]))" }
    let note =
      "\(picked.count) of \(conditions.count) conditions"
      + (fixed.isEmpty ? "" : ", at " + fixed.joined(separator: ", ")) + ". "
    return ConditionChoice(picked, axes, note: note + trialsNote(picked))
  }

  private static func trialsNote(_ conditions: [FigureSource.SweepCondition]) -> String {
    conditions.contains { $0.rows.count > maximumTrials }
      ? "The first \(maximumTrials) trials of each condition. " : ""
  }
}

/// Conditions that a figure of curves shows, and how they are told apart.
struct ConditionChoice {
  /// The conditions.
  let series: [ConditionSeries]
  /// What the labels are values of; empty where there is one condition.
  let title: String
  /// A sentence on what was left out; empty where nothing was.
  let note: String

  fileprivate init(_ conditions: [FigureSource.SweepCondition], _ axes: [String], note: String) {
    let telling =
      conditions.count < 2
      ? [] : DistinguishingAxes(conditions.map(\.coordinates), axes: axes.count).places
    title =
      telling.count == 1
      ? FigureWords.label(Parameter.named(axes[telling[0]])!)
      : telling.map { FigureWords.words(axes[$0]) }.joined(separator: ", ")
    series = conditions.map { condition in
      let words = telling.map { FigureWords.short(condition.coordinates[$0]) }
      return ConditionSeries(
        label: words.joined(separator: ", "),
        rows: Array(condition.rows.prefix(ConditionSeries.maximumTrials)))
    }
    self.note = note
  }
}
