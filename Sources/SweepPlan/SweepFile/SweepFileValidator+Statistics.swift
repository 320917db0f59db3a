import Parameters
import YAML

/// The parts of a sweep file that statistics need.
extension SweepFileValidator {
  /// The keys of the material; none if none is named.
  func blockKeys(
    _ written: Written, replicates: [String]
  ) throws -> [String] {
    let swept = Self.entries(of: written).map(\.key)
    let keys = try (written.blockKeys?.words ?? []).map { word in
      let parameter = try reader.parameter(word.text, at: word.mark)
      guard !replicates.contains(parameter.key) else {
        throw error(
          word.mark, "blocks", found: quoted(parameter.key),
          allowed: "a key that is no replicate")
      }
      guard swept.contains(parameter.key) else {
        throw error(
          word.mark, "blocks", found: quoted(parameter.key), allowed: "a key of the grid")
      }
      return parameter.key
    }
    return Parameter.all.map(\.key).filter(keys.contains)
  }

  /// The levels that contrasts compare with: those under `reference`, else the first ones written.
  mutating func references(
    _ written: Written, in blocks: [GridBlock]
  ) throws -> [String: ParameterValue] {
    var references: [String: ParameterValue] = [:]
    for entry in Self.entries(of: written) where references[entry.key] == nil {
      // A range may be long.
      references[entry.key] =
        if case .range(let range) = entry.values {
          try reader.value(range.from, of: reader.parameter(entry.key, at: entry.keyMark))
        } else {
          try reader.values(entry).first
        }
    }
    for entry in written.reference {
      guard case .scalar(let scalar) = entry.values else {
        throw error(
          entry.mark, "reference: \(entry.key)",
          found: "several values", allowed: "a single value")
      }
      let parameter = try reader.parameter(entry.key, at: entry.keyMark)
      guard references[entry.key] != nil else {
        throw error(
          entry.keyMark, "reference", found: quoted(entry.key), allowed: "a key of the grid")
      }
      let value = try reader.value(scalar, of: parameter)
      let values = Self.values(of: entry.key, in: blocks)
      guard values.contains(value) else {
        throw error(
          scalar, "reference: \(entry.key)",
          allowed: "a value of the grid: "
            + shown(values.map(\.description).joined(separator: ", ")))
      }
      references[entry.key] = value
    }
    return references
  }

  /// The request for more replicates; nil if there is none. Adds the replicates to the grid, so that the
  /// plan has all trials that may be needed.
  mutating func until(
    _ written: inout Written, scoreGroups: [ScoreGroup], replicates: [String]
  ) throws -> PrecisionTarget? {
    guard let until = written.until else { return nil }
    if written.search != nil || written.blockKeys?.words.isEmpty == false {
      throw error(
        until.mark, "until", found: "it beside \(written.search == nil ? "blocks" : "search")",
        allowed: "one of the two")
    }
    let score = try scored(until.parts["score"]!, scoreGroups)
    let width = until.parts["half_width"]!
    guard isDecimal(width.text), let halfWidth = Double(width.text), halfWidth > 0,
      halfWidth.isFinite
    else { throw error(width, "until: half_width", allowed: "a number above 0") }
    let most = until.parts["at_most"]!
    guard let atMost = Int(most.text), PrecisionTarget.fewest...Self.mostReplicates ~= atMost else {
      throw error(
        most, "until: at_most",
        allowed: "a whole number from \(PrecisionTarget.fewest) to \(Self.mostReplicates)")
    }
    let (entry, values) = try replicate(of: written, replicates, until.mark)
    guard values.count <= atMost else {
      throw error(
        most, "until: at_most",
        allowed: "at least \(values.count), the number of values of \(entry.key) in the grid")
    }
    let after = (0..<atMost - values.count).map { values.last!.addingReportingOverflow($0 + 1) }
    guard !after.contains(where: \.overflow) else {
      throw error(
        entry.mark, entry.key, found: "\(values.last!)",
        allowed: "numbers that leave room for \(atMost) values")
    }
    written.sweep(
      entry.key,
      over: (values + after.map(\.partialValue)).map {
        Written.Scalar(text: "\($0)", isPlain: true, mark: entry.mark)
      })
    return PrecisionTarget(
      key: entry.key, scoreKey: score, halfWidth: halfWidth,
      first: max(values.count, min(PrecisionTarget.fewest, atMost)), atMost: atMost)
  }

  /// The largest number of replicates of a condition.
  private static let mostReplicates = 100_000

  private func scored(
    _ written: Written.Scalar, _ scoreGroups: [ScoreGroup]
  ) throws -> String {
    let known = ScoreColumn.columns(for: scoreGroups + [.recall]).filter {
      $0.test != nil && !$0.marksCensoring
    }
    guard known.contains(where: { $0.key == written.text }) else {
      let isOfOtherTest = ScoreColumn.all.contains { $0.key == written.text }
      let hint =
        isOfOtherTest
        ? ", which is not among scores" : didYouMean(written.text.nearest(of: known.map(\.key)))
      throw error(
        written.mark, "until: score", found: quoted(written.text) + hint,
        allowed: "a score that this sweep measures, such as recalled")
    }
    return written.text
  }

  /// The one replicate of the grid with its values, ascending.
  private mutating func replicate(
    of written: Written, _ replicates: [String], _ mark: Mark
  ) throws -> (entry: Written.Entry, values: [Int]) {
    let swept = Self.entries(of: written).filter { replicates.contains($0.key) }
    let products = written.blocks.compactMap { block in
      block.product.first { replicates.contains($0.key) }
    }
    let keys = Parameter.all.map(\.key).filter { key in swept.contains { $0.key == key } }
    guard let entry = products.first, keys.count == 1, products.count == written.blocks.count,
      Parameter.named(entry.key)?.kind == .integer
    else {
      throw error(
        mark, "until",
        found: keys.isEmpty
          ? "a grid without a replicate" : "the replicates \(keys.joined(separator: ", "))",
        allowed: "one replicate that is a whole number, such as seed, in the grid, in each of its "
          + "blocks, and not in a zip")
    }
    let values = try products.map { entry in
      try reader.values(entry).sortedDistinct().compactMap { value -> Int? in
        if case .integer(let number) = value { number } else { nil }
      }
    }
    guard !values[0].isEmpty, values.allSatisfy({ $0 == values[0] }) else {
      throw error(
        entry.mark, entry.key, found: "other values in another block",
        allowed: "the same values in each block, because until adds more")
    }
    return (entry, values[0])
  }

  private static func entries(of written: Written) -> [Written.Entry] {
    written.blocks.flatMap { $0.product + $0.zips.flatMap { $0 } }
  }

  private static func values(of key: String, in blocks: [GridBlock]) -> [ParameterValue] {
    let parameter = Parameter.index[key]!
    return blocks.flatMap { block -> [ParameterValue] in
      guard let (axis, column) = block.column(of: parameter) else { return [block.base[parameter]] }
      return block.axes[axis].columns[column].values
    }.sortedDistinct()
  }
}
