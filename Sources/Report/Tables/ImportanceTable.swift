import Journal
import Parameters
import Scores
import SweepPlan

/// Which parameters matter: the shares of the variance of each score.
struct ImportanceTable: Sendable {
  /// The shares of one score.
  struct Score: Sendable {
    let column: ScoreColumn
    /// The sources with their names.
    let parts: [(name: String, part: VarianceShares.Part)]
    /// The number of trials that are analysed.
    let trials: Int
    /// The levels that remain of the axes that are incomplete; empty if the grid is complete.
    let part: String
  }

  let scores: [Score]

  /// The most elements of a grid that are analysed.
  private static let maximumElements = 5_000_000

  /// Nil if no score can be analysed.
  init?(_ grid: GridCoordinates?) {
    guard let grid else { return nil }
    guard grid.shape.reduce(1, *) <= Self.maximumElements else { return nil }
    let scores = concurrentMap(grid.scores.count) { number in
      Self.score(grid.scores[number], grid)
    }.compactMap(\.self)
    guard !scores.isEmpty else { return nil }
    self.scores = scores
  }

  private static func score(_ column: ScoreColumn, _ grid: GridCoordinates) -> Score? {
    let shape = grid.shape
    var values = [Double](repeating: .nan, count: shape.reduce(1, *))
    for (row, place) in zip(grid.rows, grid.places) {
      values[place] = grid.score(row, column) ?? .nan
    }
    // An axis with one level left explains nothing, so two remain if possible.
    let exists = values.map { !$0.isNaN }
    let two = shape.indices.map { $0 < grid.axes.count ? 2 : 1 }
    let found =
      CompletePart(exists, shape: shape, fewest: two)
      ?? CompletePart(exists, shape: shape, fewest: shape.map { _ in 1 })
    guard let levels = found?.levels else { return nil }
    let part = levels.map(\.count)
    // Without a second dimension the axis explains all.
    guard part[..<grid.axes.count].contains(where: { $0 > 1 }), part.count(where: { $0 > 1 }) > 1
    else { return nil }
    var complete: [Double] = []
    func collect(_ dimension: Int, _ place: Int) {
      guard dimension < shape.count else { return complete.append(values[place]) }
      for level in levels[dimension] { collect(dimension + 1, place * shape[dimension] + level) }
    }
    collect(0, 0)
    guard let shares = VarianceShares(complete, shape: part) else { return nil }
    let names =
      grid.axes.map { axis in (axis.key, axis.levels.map { $0.text(digits: 6) }) }
      + [("blocks", grid.blockNames), ("replicates", grid.replicateNames)].map { name, values in
        (name, values.map { $0.map { $0.text(digits: 6) }.joined(separator: "/") })
      }
    let reduced = zip(names, levels).filter { $0.1.count > $1.count }.map { name, levels in
      "\(name.0) \(levels.map { name.1[$0] }.joined(separator: " "))"
    }
    return Score(
      column: column, parts: shares.parts.map { (Self.name($0.source, grid), $0) },
      trials: complete.count,
      part: reduced.joined(separator: "; "))
  }

  private static func name(_ source: VarianceShares.Source, _ grid: GridCoordinates) -> String {
    switch source {
    case .axis(let axis): grid.axes[axis].key
    case .pair(let first, let second): "\(grid.axes[first].key):\(grid.axes[second].key)"
    case .interactions: "interactions"
    case .blocks: "blocks"
    case .replicates: "replicates"
    }
  }

  /// `importance.csv`.
  var csv: String { CSV.text(rows[0], rows.dropFirst()) }

  /// The fields of ``csv``; the first row is the head.
  var rows: [[String]] {
    [TableReference.importanceColumns.map(\.name)]
      + scores.flatMap { score in
        score.parts.map { name, part in
          [
            score.column.key, name, ParameterValue.real(part.share).description,
            part.omegaSquared.map { ParameterValue.real($0).description } ?? "", score.part,
          ]
        }
      }
  }
}
