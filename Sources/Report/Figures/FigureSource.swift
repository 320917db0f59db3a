import Experiment
import Journal
import Scores
import SweepPlan

/// What figures are made from.
struct FigureSource {
  /// The trials with their scores.
  let results: SweepResults
  /// The cells of the grid.
  let summary: SummaryTable
  /// The capacity frontier; nil where the grid holds no size and length.
  let capacity: CapacityTable?
  /// The trials of each cell that are done, in the order of the cells.
  let cells: [SweepCell]
  private let journal: JournalContents

  /// The trials of one cell.
  struct SweepCell {
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
    cells = zip(summary.cells, summary.done).filter { !$0.1.isEmpty }
      .map { SweepCell(coordinates: $0.coordinates, rows: $1) }
  }

  /// What the journal holds of a trial beyond its scores; nil where a row has no such thing.
  func details(of row: SweepResults.Row) -> TrialDetails? {
    guard let known = journal.rows[row.id], let json = try? journal.content(of: known) else {
      return nil
    }
    return (try? TrialContent(json))?.details
  }

  /// Swept keys with at least two values over which cells differ, in the order of the tables.
  var axes: [PlanAxis] {
    results.plan.axes.filter { summary.axes.contains($0.key) && $0.values.count > 1 }
  }

  /// The trials that are done, by the values of keys over which cells differ.
  func rows(by keys: [String]) -> [[ParameterValue]: [SweepResults.Row]] {
    let places = keys.map { key in summary.axes.firstIndex(of: key)! }
    return cells.reduce(into: [:]) { groups, cell in
      groups[places.map { cell.coordinates[$0] }, default: []] += cell.rows
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

/// A few cells that a figure of curves shows.
struct CellSeries {
  /// What tells the cell from the others shown.
  let label: String
  /// At most ``maximumTrials`` of its trials.
  let rows: [SweepResults.Row]

  /// The most cells in one figure.
  static let maximumCells = 6
  /// The most trials that a curve is averaged over.
  static let maximumTrials = 20

  /// Chooses cells along the axis with the most values, at middle values of the other axes.
  ///
  /// - Parameter isTelling: Whether a cell has anything to show.
  static func choose(
    from source: FigureSource, where isTelling: (FigureSource.SweepCell) -> Bool = { _ in true }
  ) -> CellChoice {
    let cells = source.cells.filter(isTelling)
    let axes = source.summary.axes
    guard cells.count > maximumCells else {
      return CellChoice(cells, axes, note: trialsNote(cells))
    }
    let counts = axes.indices.map { axis in Set(cells.map { $0.coordinates[axis] }).count }
    let main = counts.firstIndex(of: counts.max()!)!
    let middle = cells[cells.count / 2].coordinates
    let along = cells.filter { cell in
      axes.indices.allSatisfy { $0 == main || cell.coordinates[$0] == middle[$0] }
    }
    let last = Double(along.count - 1)
    let shown = min(maximumCells, along.count)
    let picked = (0..<shown).map { number in
      along[shown == 1 ? 0 : Int((Double(number) * last / Double(shown - 1)).rounded())]
    }
    let fixed = axes.indices.filter { $0 != main && counts[$0] > 1 }
      .map { "\(FigureWords.words(axes[$0])) \(FigureWords.short(middle[$0]))" }
    let note =
      "\(picked.count) of \(cells.count) cells"
      + (fixed.isEmpty ? "" : ", at " + fixed.joined(separator: ", ")) + ". "
    return CellChoice(picked, axes, note: note + trialsNote(picked))
  }

  private static func trialsNote(_ cells: [FigureSource.SweepCell]) -> String {
    cells.contains { $0.rows.count > maximumTrials }
      ? "The first \(maximumTrials) trials of each cell. " : ""
  }
}

/// Cells that a figure of curves shows, and how they are told apart.
struct CellChoice {
  /// The cells.
  let series: [CellSeries]
  /// What the labels are values of; empty where there is one cell.
  let title: String
  /// A sentence on what was left out; empty where nothing was.
  let note: String

  fileprivate init(_ cells: [FigureSource.SweepCell], _ axes: [String], note: String) {
    let telling =
      cells.count < 2 ? [] : TellingAxes(cells.map(\.coordinates), axes: axes.count).places
    title =
      telling.count == 1
      ? FigureWords.label(Parameter.named(axes[telling[0]])!)
      : telling.map { FigureWords.words(axes[$0]) }.joined(separator: ", ")
    series = cells.map { cell in
      let words = telling.map { FigureWords.short(cell.coordinates[$0]) }
      return CellSeries(
        label: words.joined(separator: ", "),
        rows: Array(cell.rows.prefix(CellSeries.maximumTrials)))
    }
    self.note = note
  }
}
