import Glibc
import SweepPlan

/// Success against length, and the length that half of the networks recall against their size.
enum CapacityFigures {
  /// The most fits that are drawn, as many as there are colours.
  static let maximumGroups = FigureScript.colours.count
  /// The most sizes of a fit that are drawn.
  static let maximumSizes = 6

  static func all(_ source: FigureSource) -> [Figure] {
    guard let table = source.capacity else { return [] }
    let groups = table.groups.filter { $0.measure == "latent" && !$0.fit.sizes.isEmpty }
      .prefix(maximumGroups)
    return groups.enumerated().map { success($1, table, number: $0) }
      + [frontier(Array(groups), table)].compactMap(\.self)
  }

  /// What tells a fit from the others of its measure; empty where there is one.
  static func name(_ group: CapacityTable.Group, _ table: CapacityTable) -> String {
    table.tellingAxes.places.map { axis in
      let value = FigureWords.short(group.coordinates[axis])
      return table.axes[axis] == "model" ? value : "\(FigureWords.words(table.axes[axis])) \(value)"
    }.joined(separator: ", ")
  }

  /// A logarithmic axis with labels at values that were tested, as far as there is room, or at round
  /// ones where these are many.
  static func axis(_ values: [Double], _ axis: String, width: Int) -> [String] {
    let (low, high) = (log(values[0]), log(values[values.count - 1]))
    let room = max(0.06 * (high - low), 0.05)
    let perUnit = Double(width) / (high - low + 2 * room)
    let range = exp(low - room)...exp(high + room)
    var last = -Double.infinity
    let tics = (values.count > 8 ? TicStep.logarithmic(range) : values).filter { value in
      let place = log(value) * perUnit
      let letters = Double(GnuplotText.number(value).count)
      guard place - last >= max(20, axis == "x" ? letters * FigureLegend.letter + 6 : 0) else {
        return false
      }
      last = place
      return true
    }.map(GnuplotText.number)
    return [
      "set logscale \(axis)",
      "set \(axis)range [\(GnuplotText.number(range.lowerBound)):\(GnuplotText.number(range.upperBound))]",
      "set \(axis)tics (\(tics.map { "'\($0)' \($0)" }.joined(separator: ", ")))",
    ]
  }
}
