import Parameters
import YAML

extension SweepFileValidator {
  /// The blocks of the grid, with the defaults and the fixed values.
  mutating func blocks(_ written: Written) throws -> [GridBlock] {
    guard let gridMark = written.gridMark else {
      throw SweepFileError(
        .file(path),
        .missingKey("grid", allowed: "a mapping of parameters to the values to sweep"))
    }
    if written.blocks.isEmpty { throw error(gridMark, .emptyGrid(key: "grid")) }
    guard written.blocks.count <= Self.maximumBlocks else {
      throw error(
        gridMark, .tooMany("blocks", count: written.blocks.count, limit: Self.maximumBlocks))
    }
    for block in written.blocks { try checkNames(block, fixed: written.fixed) }
    try checkSize(written.blocks, at: gridMark)

    var base = Parameter.all.map { $0.defaultValue }
    var positions: [Int: SweepFileError.Place] = [:]
    try fix(written.fixed, &base, &positions)
    return try written.blocks.flatMap {
      try block($0, base: base, positions: positions).completedByModel()
    }
  }

  /// Checks that a block sweeps keys, each once, and none that has a value already.
  private func checkNames(_ block: Written.Block, fixed: [Written.Entry]) throws {
    let swept = block.product + block.zips.flatMap { $0 }
    if swept.isEmpty { throw error(block.mark, .emptyGrid(key: "grid")) }
    var marks = Dictionary(uniqueKeysWithValues: fixed.map { ($0.key, $0.keyMark) })
    for entry in swept {
      if let first = marks.updateValue(entry.keyMark, forKey: entry.key) {
        throw error(entry.keyMark, .namedTwice(key: entry.key, first: first))
      }
      if let override = overrides.first(where: { $0.key == entry.key }) {
        throw SweepFileError(
          .commandLine(override.argument),
          .setsSweptKey(override.key, swept: entry.keyMark))
      }
    }
    guard block.excludes.count <= Self.maximumExclusions else {
      throw error(
        block.mark,
        .tooMany("exclusions", count: block.excludes.count, limit: Self.maximumExclusions))
    }
    for entry in block.excludes.flatMap({ $0 }) {
      guard swept.contains(where: { $0.key == entry.key }) else {
        throw error(entry.keyMark, .excludesUnsweptKey(entry.key))
      }
    }
  }

  /// Counts the trials, before the blocks are expanded. Repeated values count twice, and exclusions
  /// do not count.
  private mutating func checkSize(_ blocks: [Written.Block], at gridMark: Mark) throws {
    var total: Int? = 0
    for block in blocks {
      var product: Int? = 1
      // Lists of unequal length in a zip are reported when they are read.
      for entry in block.product + block.zips.compactMap(\.first) {
        product = product.multiplied(by: try reader.count(entry))
      }
      total = if let total, let product, product < .max - total { total + product } else { nil }
    }
    guard let total, total <= SweepFile.maximumTrials else {
      throw error(gridMark, .tooMany("trials", count: total, limit: SweepFile.maximumTrials))
    }
  }

  /// Adds the values of the file under `fixed` and of the command line.
  private mutating func fix(
    _ fixed: [Written.Entry], _ base: inout [ParameterValue?],
    _ positions: inout [Int: SweepFileError.Place]
  ) throws {
    let set = Set(overrides.map(\.key))
    for entry in fixed {
      let parameter = try reader.parameter(entry.key, at: entry.keyMark)
      guard case .scalar(let scalar) = entry.values else {
        let found = if case .list = entry.values { "a list" } else { "a range" }
        throw error(
          entry.mark, entry.key, found: found, allowed: "a single value here, and several in grid")
      }
      // A file that the command line replaces need not exist.
      if InputFile.Role(rawValue: entry.key) != nil && set.contains(entry.key) { continue }
      let index = Parameter.index[entry.key]!
      base[index] = try reader.value(scalar, of: parameter)
      positions[index] = .position(path, entry.keyMark)
    }
    for override in overrides {
      let index = Parameter.index[override.key]!
      base[index] = override.value
      positions[index] = .commandLine(override.argument)
    }
    for role in InputFile.Role.allCases {
      guard let override = overrides.last(where: { $0.key == role.rawValue }) else { continue }
      try reader.load(role, override.value, at: .commandLine(override.argument), folder: ".")
    }
  }

  /// A block with known keys.
  ///
  /// - Parameters:
  ///   - base: The fixed values and the defaults; nil for a required parameter.
  ///   - positions: The positions of the fixed values.
  private mutating func block(
    _ written: Written.Block, base: [ParameterValue?], positions: [Int: SweepFileError.Place]
  ) throws -> GridBlock {
    var axes = try written.product.map {
      GridAxis(parameter: Parameter.index[$0.key]!, values: try reader.values($0))
    }
    axes += try written.zips.map { try axis(zipping: $0, at: written.mark) }
    axes.sort { $0.columns[0].parameter < $1.columns[0].parameter }

    var (base, positions) = (base, positions)
    for column in axes.flatMap(\.columns) { base[column.parameter] = column[0] }
    for entry in written.product + written.zips.flatMap({ $0 }) {
      positions[Parameter.index[entry.key]!] = .position(path, entry.keyMark)
    }
    let values = try zip(Parameter.all, base).map { parameter, value in
      guard let value else {
        throw error(written.mark, .parameter(.missing(key: parameter.key)))
      }
      return value
    }
    var block = GridBlock(
      base: values, axes: axes, position: .position(path, written.mark), keyPositions: positions)
    for entries in written.excludes {
      let exclusion = try exclusion(entries, of: block, at: written.mark)
      if block.matches(exclusion) {
        block.exclusions.append(exclusion)
      } else {
        let found = entries.map(\.text).joined(separator: ", ")
        warnings.append(
          "\(SweepFileError.Place.position(path, entries[0].keyMark)): exclude: got {\(found)}, "
            + "which no trial of this block matches; expected values that occur together")
      }
    }
    return block
  }

  private mutating func axis(zipping entries: [Written.Entry], at mark: Mark) throws -> GridAxis {
    guard let first = entries.first else { throw error(mark, .emptyGrid(key: "zip")) }
    // Before the values are expanded, since the size check counts only the first.
    let count = try reader.count(first)
    for entry in entries.dropFirst() {
      let other = try reader.count(entry)
      guard count == other else {
        throw error(
          entry.keyMark,
          .unequalZip(
            key: entry.key, count: other ?? .max, other: first.key, otherCount: count ?? .max))
      }
    }
    return GridAxis(
      zipping: try entries.map { (Parameter.index[$0.key]!, try reader.values($0)) })
  }

  private mutating func exclusion(
    _ entries: [Written.Entry], of block: GridBlock, at mark: Mark
  ) throws -> GridBlock.Exclusion {
    if entries.isEmpty { throw error(mark, .emptyGrid(key: "exclude")) }
    return GridBlock.Exclusion(
      parts: try entries.map { entry in
        if case .range = entry.values {
          throw error(
            entry.mark, entry.key, found: "a range",
            allowed: "a value or a list of values in exclude")
        }
        let excluded = try reader.values(entry)
        let (axis, column) = block.column(of: Parameter.index[entry.key]!)!
        let values = block.axes[axis].columns[column].values
        return .init(
          axis: axis, column: column,
          values: Set(excluded.compactMap { values.index(ofSorted: $0) }))
      })
  }
}

extension Int? {
  /// The product; nil if either is nil or if it is too large. Zero times nil is zero.
  fileprivate func multiplied(by other: Int?) -> Int? {
    if self == 0 || other == 0 { return 0 }
    guard let self, let other else { return nil }
    let (product, overflow) = self.multipliedReportingOverflow(by: other)
    return overflow ? nil : product
  }
}
