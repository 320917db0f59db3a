import Experiment
import Journal
import Parameters
import SweepPlan

/// The results that figures are drawn from.
struct FigureSource {
  let results: SweepResults
  let summary: SummaryTable
  /// The capacity frontier; nil unless the grid contains size and length.
  let capacity: CapacityTable?
  let journal: JournalContents

  var conditions: [ConditionSummary] { summary.conditions.filter { !$0.rows.isEmpty } }

  /// The curves of a trial in the journal; nil if there are none.
  func details(of row: SweepResults.Row) -> TrialCurves? {
    guard let known = journal.rows[row.id], let json = try? journal.content(of: known) else {
      return nil
    }
    return (try? TrialRecord(json))?.details.flatMap { $0.isShort ? $0 : nil }
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

  /// The summary of a score over trials, which may be of several conditions; nil if none has it. The
  /// values of a replicate, or block, are averaged first.
  func summary(of rows: [SweepResults.Row], _ column: ScoreColumn, isBounded: Bool = true)
    -> Summary?
  {
    results.summary(of: rows, results.units(of: rows), column, isBounded: isBounded)
  }

  /// Sentences for captions of means: the axes that they are averaged over, and the searches that
  /// selected the trials; empty if there are none.
  ///
  /// - Parameter keys: The axes that the figure shows.
  func meansNote(showing keys: [String?]) -> String {
    let averaged = axes.map(\.key).filter { !keys.contains($0) }.map(FigureWords.words)
    return (averaged.isEmpty ? "" : " Averaged over \(averaged.joined(separator: ", ")).")
      + (results.searches.map {
        " The trials were selected by searches along \(FigureWords.words($0.units.search.key))."
      } ?? "")
  }

  /// Every figure that these results have data for.
  var figures: [Figure] {
    ScoreFigure.all(self) + HeatMapFigure.all(self) + CapacityFigures.all(self)
      + [ResourcesFigure.figure(self)].compactMap(\.self) + CurveFigures.all(self)
      + [RasterFigure.figure(self), RobustnessFigure.figure(self), RanksFigure.figure(self)]
      .compactMap(\.self)
  }

  /// A score of the requested score groups; nil for any other.
  func column(_ key: String) -> ScoreColumn? { results.columns.first { $0.key == key } }
}

/// The conditions that a figure of curves shows, with their labels.
struct ConditionChoice {
  private static let maximumConditions = 6
  /// The most trials that a curve is averaged over.
  private static let maximumTrials = 20

  /// The shown trials of each condition, with the coordinates that distinguish it from the others.
  let series: [(label: String, rows: [SweepResults.Row])]
  /// The keys of the values in the labels; empty if there is one condition.
  let title: String
  /// A sentence about conditions or trials that are not shown; empty if all are.
  let note: String

  /// Chooses conditions along the axis with the most values, at middle values of the other axes.
  ///
  /// - Parameter isShowable: Whether a condition has anything to show.
  init(
    from source: FigureSource,
    where isShowable: (ConditionSummary) -> Bool = { _ in true }
  ) {
    let axes = source.summary.axes
    var conditions = source.conditions.filter(isShowable)
    var note = ""
    if conditions.count > Self.maximumConditions {
      let counts = axes.indices.map { axis in Set(conditions.map { $0.coordinates[axis] }).count }
      let main = counts.firstIndex(of: counts.max()!)!
      let middle = conditions[conditions.count / 2].coordinates
      let along = conditions.filter { condition in
        axes.indices.allSatisfy { $0 == main || condition.coordinates[$0] == middle[$0] }
      }
      let shown = min(Self.maximumConditions, along.count)
      let fixed = axes.indices.filter { $0 != main && counts[$0] > 1 }
        .map { "\(FigureWords.words(axes[$0])) \(FigureWords.short(middle[$0]))" }
      note =
        "\(shown) of \(conditions.count) conditions are shown"
        + (fixed.isEmpty ? "" : ", at " + fixed.joined(separator: ", ")) + ". "
      conditions = (0..<shown).map { number in
        let place = Double(number) * Double(along.count - 1) / Double(max(1, shown - 1))
        return along[Int(place.rounded())]
      }
    }
    if conditions.contains(where: { $0.rows.count > Self.maximumTrials }) {
      note += "Only the first \(Self.maximumTrials) trials of each condition are used. "
    }
    let distinguishing =
      conditions.count < 2
      ? [] : DistinguishingAxes(conditions.map(\.coordinates), axes: axes.count).indices
    title =
      distinguishing.count == 1
      ? FigureWords.label(Parameter.named(axes[distinguishing[0]])!)
      : distinguishing.map { FigureWords.words(axes[$0]) }.joined(separator: ", ")
    series = conditions.map { condition in
      (
        distinguishing.map { FigureWords.short(condition.coordinates[$0]) }.joined(separator: ", "),
        Array(condition.rows.prefix(Self.maximumTrials))
      )
    }
    self.note = note
  }
}
