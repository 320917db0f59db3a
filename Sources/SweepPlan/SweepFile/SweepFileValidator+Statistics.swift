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
