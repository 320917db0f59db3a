import Experiment
import Journal
import Parameters
import Scores
import SweepPlan

/// The results that figures are drawn from.
struct FigureSource {
  /// The trials with their scores.
  let results: SweepResults
  /// The conditions of the grid.
  let summary: SummaryTable
  /// The capacity frontier; nil unless the grid contains size and length.
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

  /// The curves of a trial in the journal; nil if there are none.
  func details(of row: SweepResults.Row) -> TrialCurves? {
    guard let known = journal.rows[row.id], let json = try? journal.content(of: known) else {
      return nil
    }
    return (try? TrialRecord(json))?.details
  }

  /// Swept keys with at least two values that conditions differ in, in the order of the tables.
  var axes: [PlanAxis] {
    results.plan.axes.filter { summary.axes.contains($0.key) && $0.values.count > 1 }
  }

  /// The done trials, grouped by the values of keys that conditions differ in.
  func rows(by keys: [String]) -> [[ParameterValue]: [SweepResults.Row]] {
    let places = keys.map { key in summary.axes.firstIndex(of: key)! }
    return conditions.reduce(into: [:]) { groups, condition in
      groups[places.map { condition.coordinates[$0] }, default: []] += condition.rows
    }
  }

  /// A sentence for captions of means over trials that searches selected; empty without searches.
  var searchNote: String {
    results.searches.map {
      " The trials were selected by searches along \(FigureWords.words($0.units.search.key))."
    } ?? ""
  }

  /// A score of the requested score groups; nil for any other.
  func column(_ key: String) -> ScoreColumn? { results.columns.first { $0.key == key } }
}

/// One of the conditions that a figure of curves shows.
struct ConditionSeries {
  /// The coordinates that distinguish the condition from the others shown.
  let label: String
  /// At most ``maximumTrials`` of its trials.
  let rows: [SweepResults.Row]

  /// The most conditions in one figure.
  static let maximumConditions = 6
  /// The most trials that a curve is averaged over.
  static let maximumTrials = 20

  /// Chooses conditions along the axis with the most values, at middle values of the other axes.
  ///
  /// - Parameter isShowable: Whether a condition has anything to show.
  static func choose(
    from source: FigureSource,
    where isShowable: (FigureSource.SweepCondition) -> Bool = { _ in true }
  ) -> ConditionChoice {
    let conditions = source.conditions.filter(isShowable)
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
      "\(picked.count) of \(conditions.count) conditions are shown"
      + (fixed.isEmpty ? "" : ", at " + fixed.joined(separator: ", ")) + ". "
    return ConditionChoice(picked, axes, note: note + trialsNote(picked))
  }

  private static func trialsNote(_ conditions: [FigureSource.SweepCondition]) -> String {
    conditions.contains { $0.rows.count > maximumTrials }
      ? "Only the first \(maximumTrials) trials of each condition are used. " : ""
  }
}

/// The conditions that a figure of curves shows, and their labels.
struct ConditionChoice {
  /// The conditions.
  let series: [ConditionSeries]
  /// The keys of the values in the labels; empty if there is one condition.
  let title: String
  /// A sentence about conditions or trials that are not shown; empty if all are.
  let note: String

  fileprivate init(_ conditions: [FigureSource.SweepCondition], _ axes: [String], note: String) {
    let distinguishing =
      conditions.count < 2
      ? [] : DistinguishingAxes(conditions.map(\.coordinates), axes: axes.count).indices
    title =
      distinguishing.count == 1
      ? FigureWords.label(Parameter.named(axes[distinguishing[0]])!)
      : distinguishing.map { FigureWords.words(axes[$0]) }.joined(separator: ", ")
    series = conditions.map { condition in
      let words = distinguishing.map { FigureWords.short(condition.coordinates[$0]) }
      return ConditionSeries(
        label: words.joined(separator: ", "),
        rows: Array(condition.rows.prefix(ConditionSeries.maximumTrials)))
    }
    self.note = note
  }
}

extension FigureSource {
  /// Every figure that these results have data for.
  var figures: [Figure] {
    ScoreFigure.all(self) + HeatMapFigure.all(self) + CapacityFigures.all(self)
      + [ResourcesFigure.figure(self)].compactMap(\.self) + CurveFigures.all(self)
      + [RasterFigure.figure(self), RobustnessFigure.figure(self), RanksFigure.figure(self)]
      .compactMap(\.self)
  }
}
