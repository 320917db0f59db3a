import Parameters
import YAML

extension SweepFileValidator {
  /// Makes a block of known keys into its axes and exclusions.
  ///
  /// - Parameters:
  ///   - base: The fixed values and the defaults; nil for a parameter that has to be named.
  ///   - places: Where the fixed values were written.
  mutating func block(
    _ written: Written.Block, base: [ParameterValue?], places: [Int: SweepFileError.Place]
  ) throws -> GridBlock {
    var axes: [GridAxis] = []
    for entry in written.product {
      axes.append(
        GridAxis(parameter: Parameter.index[entry.key]!, values: try reader.values(entry)))
    }
    for zip in written.zips { axes.append(try axis(zipping: zip, at: written.mark)) }
    axes.sort { $0.columns[0].parameter < $1.columns[0].parameter }

    var (base, places) = (base, places)
    for column in axes.flatMap(\.columns) { base[column.parameter] = column[0] }
    for entry in written.product + written.zips.flatMap({ $0 }) {
      places[Parameter.index[entry.key]!] = .position(reader.path, entry.keyMark)
    }
    let values = try base.enumerated().map { index, value in
      guard let value else {
        throw reader.error(
          written.mark, .parameter(.missing(key: Parameter.all[index].key)))
      }
      return value
    }
    var block = GridBlock(
      base: values, axes: axes, exclusions: [],
      place: .position(reader.path, written.mark), places: places)
    for entries in written.excludes {
      if let exclusion = try exclusion(entries, of: block, at: written.mark) {
        block.exclusions.append(exclusion)
      }
    }
    return block
  }

  private mutating func axis(zipping entries: [Written.Entry], at mark: Mark) throws -> GridAxis {
    guard let first = entries.first else { throw reader.error(mark, .emptyGrid(key: "zip")) }
    // Before anything is expanded, since only the first was counted.
    let count = try reader.count(first)
    for entry in entries.dropFirst() {
      let other = try reader.count(entry)
      guard count == other else {
        throw reader.error(
          entry.keyMark,
          .unequalZip(
            key: entry.key, count: other ?? .max, other: first.key, otherCount: count ?? .max))
      }
    }
    return GridAxis(
      zipping: try entries.map { (Parameter.index[$0.key]!, try reader.values($0)) })
  }

  /// The exclusion that a mapping asks for, nil if the block has no value that it names.
  private mutating func exclusion(
    _ entries: [Written.Entry], of block: GridBlock, at mark: Mark
  ) throws -> GridBlock.Exclusion? {
    if entries.isEmpty { throw reader.error(mark, .emptyGrid(key: "exclude")) }
    var parts: [GridBlock.Exclusion.Part] = []
    for entry in entries {
      if case .range = entry.values {
        throw reader.error(
          entry.mark,
          .notAllowed(
            key: entry.key, found: "a range", allowed: "a value or a list of values in exclude"))
      }
      let excluded = try reader.values(entry)
      let (axis, column) = block.column(of: Parameter.index[entry.key]!)!
      let values = block.axes[axis].columns[column].values
      let places = excluded.compactMap { values.index(ofSorted: $0) }
      parts.append(.init(axis: axis, column: column, values: Set(places)))
    }
    return parts.contains { $0.values.isEmpty } ? nil : .init(parts: parts)
  }
}
