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
  /// The contrasts and the shares of variance; nil if there is nothing to compare.
  var contrasts: ContrastTable?
  var importance: ImportanceTable?
  let journal: JournalContents

  var conditions: [ConditionSummary] { summary.conditions.filter { !$0.rows.isEmpty } }

  /// The curves of a trial in the journal; nil if there are none.
  func details(of row: SweepResults.Row) -> TrialCurves? {
    guard let known = journal.rows[row.id], let json = try? journal.content(of: known) else {
      return nil
    }
    return (try? TrialRecord(json))?.details.flatMap { $0.isShort ? $0 : nil }
  }

  /// Swept keys with at least two values that distinguish conditions, in the order of the tables. Keys
  /// that follow from others, such as the settings of a model from the model, are left out.
  var axes: [PlanAxis] {
    let keys = summary.distinguishingAxes(summary.axes)
    return results.plan.axes.filter { keys.contains($0.key) && $0.values.count > 1 }
  }

  /// The scores that are compared, the most important first: the frontier of searches, or else the
  /// principal scores.
  var comparedScores: [String] {
    results.searches.map { [ScoreColumn(frontierAlong: $0.units.search.key).key] }
      ?? ScoreFigure.principal
  }

  /// The done trials, grouped by the values of keys that conditions differ in.
  func rows(by keys: [String]) -> [[ParameterValue]: [SweepResults.Row]] {
    let places = keys.map { key in summary.axes.firstIndex(of: key)! }
    return conditions.reduce(into: [:]) { groups, condition in
      groups[places.map { condition.coordinates[$0] }, default: []] += condition.rows
    }
  }

  /// The numbers of trials of the sweep, done or not, by the values of these keys.
  func planned(by keys: [String]) -> [[ParameterValue]: Int] {
    let places = keys.map { key in summary.axes.firstIndex(of: key)! }
    return summary.conditions.reduce(into: [:]) { counts, condition in
      counts[places.map { condition.coordinates[$0] }, default: 0] +=
        condition.count + condition.failed + condition.missing
    }
  }

  /// The summary of a score over trials, which may be of several conditions; nil if none has it. The
  /// values of a replicate, or block, are averaged first.
  func summary(of rows: [SweepResults.Row], _ column: ScoreColumn, isBounded: Bool = true)
    -> Summary?
  {
    results.summary(of: rows, results.units(of: rows), column, isBounded: isBounded)
  }

  /// Sentences for notes of means: the axes that they are averaged over, and the searches that
  /// selected the trials; empty if there are none.
  ///
  /// - Parameter keys: The axes that the figure shows.
  func meansNote(showing keys: [String?]) -> String {
    let averaged = axes.map(\.key).filter { !keys.contains($0) }.map(FigureWords.words)
    return (averaged.isEmpty ? "" : " Averaged over \(averaged.joined(separator: ", ")).")
      + (results.searches.map {
        " Trials selected by searches along \(FigureWords.words($0.units.search.key))."
      } ?? "")
  }

  /// A sentence about the keys that follow from others; empty if there are none.
  var followingNote: String {
    let keys = summary.distinguishingAxes.following.map { summary.axes[$0] }
      .filter { key in results.plan.axes.contains { $0.key == key && $0.values.count > 1 } }
    return keys.isEmpty
      ? ""
      : "Each condition has its own " + keys.map(FigureWords.words).joined(separator: ", ") + "."
  }

  /// The values of a score by independent unit: by block, or else by replicate.
  func singles(of rows: [SweepResults.Row], _ column: ScoreColumn) -> [Double] {
    let scored = rows.filter { $0.counted(column) != nil }
    let values = scored.map { $0.counted(column)! }
    return results.units(of: scored).map(values.means) ?? values
  }

  /// What units are called: the keys of the blocks, or else of the replicates.
  var unitName: String { Self.plural(results.plan.unitKeys) }

  /// What replicates are called.
  var replicateName: String {
    let plan = results.plan
    let units = plan.hasBlocks ? plan.unitKeys : []
    return Self.plural(
      plan.axes.map(\.key).filter { !plan.conditionKeys.contains($0) && !units.contains($0) })
  }

  private static func plural(_ keys: [String]) -> String {
    keys.isEmpty ? "trials" : keys.map { FigureWords.words($0) + "s" }.joined(separator: " × ")
  }

  /// Every figure that these results have data for.
  var figures: [Figure] {
    [ContrastFigure.figure(self), ImportanceFigure.figure(self)].compactMap(\.self)
      + ScoreFigure.all(self) + HeatMapFigure.all(self) + CapacityFigures.all(self)
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

  /// Chooses conditions: all models, or else several values of the axis with the most values, at middle
  /// values of the other axes.
  ///
  /// - Parameter isShowable: Whether a condition has anything to show.
  init(
    from source: FigureSource,
    where isShowable: (ConditionSummary) -> Bool = { _ in true }
  ) {
    let all = source.conditions.filter(isShowable)
    let axes = source.summary.axes
    let distinguishing =
      all.count < 2 ? [] : DistinguishingAxes(all.map(\.coordinates), axes: axes.count).indices
    let conditions =
      all.count <= Self.maximumConditions ? all : Self.chosen(all, axes, distinguishing)
    var note = ""
    if conditions.count < all.count {
      let fixed = distinguishing.filter { axis in
        Set(conditions.map { $0.coordinates[axis] }).count == 1
      }.map { "\(FigureWords.words(axes[$0])) \(FigureWords.short(conditions[0].coordinates[$0]))" }
      note =
        "\(conditions.count) of \(all.count) conditions are shown"
        + (fixed.isEmpty ? "" : ", at " + fixed.joined(separator: ", ")) + ". "
    }
    if conditions.contains(where: { $0.rows.count > Self.maximumTrials }) {
      note += "Only the first \(Self.maximumTrials) trials of each condition are used. "
    }
    // Those that distinguish all conditions, because the shown ones may differ in more than one axis.
    let named = source.summary.distinguishingAxes.indices.filter { axis in
      Set(conditions.map { $0.coordinates[axis] }).count > 1
    }
    title =
      named.count == 1
      ? FigureWords.label(Parameter.named(axes[named[0]])!)
      : named.map { FigureWords.words(axes[$0]) }.joined(separator: ", ")
    series = conditions.map { condition in
      (
        named.map { FigureWords.short(condition.coordinates[$0]) }.joined(separator: ", "),
        Array(condition.rows.prefix(Self.maximumTrials))
      )
    }
    self.note = note
  }

  /// At most ``maximumConditions`` conditions, as the initializer says.
  private static func chosen(
    _ all: [ConditionSummary], _ axes: [String], _ distinguishing: [Int]
  ) -> [ConditionSummary] {
    let levels = distinguishing.map { axis in Set(all.map { $0.coordinates[axis] }).sorted() }
    let order = distinguishing.indices.sorted { first, second in
      let isModel = [first, second].map { axes[distinguishing[$0]] == "model" }
      if isModel[0] != isModel[1] { return isModel[0] }
      return (levels[first].count, second) > (levels[second].count, first)
    }
    var room = maximumConditions
    var shown = levels.map { Set([$0[$0.count / 2]]) }
    for axis in order where room > 1 {
      shown[axis] = Set(Spread.evenly(levels[axis], room))
      room /= shown[axis].count
    }
    let chosen = all.filter { condition in
      zip(distinguishing, shown).allSatisfy { $1.contains(condition.coordinates[$0]) }
    }
    func values(_ axis: Int, _ conditions: [ConditionSummary]) -> [ParameterValue] {
      Set(conditions.map { $0.coordinates[distinguishing[axis]] }).sorted()
    }
    let first = order[0]
    if values(first, chosen) == shown[first].sorted() { return chosen }
    // A grid with gaps does not have all of these. Then each value has middle values of its own.
    return shown[first].sorted().map { value in
      var own = all.filter { $0.coordinates[distinguishing[first]] == value }
      for axis in order.dropFirst() {
        let levels = values(axis, own)
        own.removeAll { $0.coordinates[distinguishing[axis]] != levels[levels.count / 2] }
      }
      return own[0]
    }
  }
}
