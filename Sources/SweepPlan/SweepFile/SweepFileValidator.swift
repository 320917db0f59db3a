import Parameters
import YAML

/// Validates the parts of a sweep file.
struct SweepFileValidator: SweepFileReading {
  typealias Written = WrittenSweepFile

  /// The largest number of exclusions of a block.
  static let maximumExclusions = 1000

  /// The largest number of blocks.
  static let maximumBlocks = 10_000

  var reader: ValueReader
  let overrides: [Override]

  /// Sentences about probable mistakes in the blocks, with their positions.
  var warnings: [String] = []

  var path: String { reader.path }

  /// A name that is also valid as the name of a folder.
  func name(_ written: Written.Scalar?) throws -> String {
    let allowed = "1 to 100 of the characters a-z, A-Z, 0-9, '_', '-' and '.', the first not '.'"
    guard let written else {
      throw SweepFileError(.file(path), .missingKey("name", allowed: allowed))
    }
    let isSafe = written.text.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".": true
      default: false
      }
    }
    guard isSafe, 1...100 ~= written.text.utf8.count, !written.text.hasPrefix(".") else {
      throw error(written, "name", allowed: allowed)
    }
    return written.text
  }

  /// The groups of scores, each once; recall if none is named.
  func scoreGroups(_ written: Written.Words?) throws -> [ScoreGroup] {
    guard let written else { return [.recall] }
    if written.words.isEmpty { throw error(written.mark, .emptyGrid(key: "scores")) }
    let groups: [ScoreGroup] = try written.words.map {
      try choice($0, "scores", separator: ", ")
    }
    return ScoreGroup.allCases.filter(groups.contains)
  }

  /// The case of an enumeration that a word names.
  func choice<Choice: CaseIterable & RawRepresentable<String>>(
    _ written: Written.Scalar, _ key: String, separator: String
  ) throws -> Choice {
    guard let choice = Choice(rawValue: written.text) else {
      throw error(
        written, key, allowed: Choice.allCases.map(\.rawValue).joined(separator: separator))
    }
    return choice
  }

  /// The longest time of a trial [s]; nil for no limit.
  func trialTimeout(_ written: Written.Scalar?) throws -> Double? {
    try written.map { written in
      guard let seconds = DurationText.seconds(written.text) else {
        throw error(written, "trial_timeout", allowed: DurationText.allowed)
      }
      return seconds
    }
  }

  /// The keys over which summaries are taken; the seeds if none is named.
  func replicates(_ written: Written.Words?) throws -> [String] {
    let keys =
      try written?.words.map { try reader.parameter($0.text, at: $0.mark).key }
      ?? ["seed", "pattern_seed"]
    return Parameter.all.map(\.key).filter(keys.contains)
  }

  /// The search, after the blocks have been read; nil if there is none.
  mutating func search(
    _ written: Written.Search?, scoreGroups: [ScoreGroup], replicates: [String]
  ) throws -> FrontierSearch? {
    guard let written else { return nil }
    let axis = written.axis
    let parameter = try reader.parameter(axis.key, at: axis.keyMark)
    guard [.integer, .real].contains(parameter.kind), !replicates.contains(axis.key) else {
      throw error(
        axis.keyMark, "search", found: quoted(axis.key),
        allowed: "a parameter that is a number and no replicate")
    }
    let values = try reader.values(axis)
    guard Set(values).count > 1, !values.contains(.absent) else {
      throw error(
        axis.mark, "search: \(axis.key)",
        found: values.contains(.absent) ? "'none'" : "a single value",
        allowed: "at least two numbers, as a list or as a range")
    }
    return FrontierSearch(
      key: axis.key, criterion: try criterion(written.criterion, scoreGroups: scoreGroups),
      met: try written.met.map { try choice($0, "search: met", separator: " or ") } ?? .below,
      beyond: try beyond(written.beyond))
  }

  private func beyond(_ written: Written.Scalar?) throws -> Int {
    guard let written else { return FrontierSearch.usualBeyond }
    guard let beyond = Int(written.text), 0...FrontierSearch.mostBeyond ~= beyond else {
      throw error(
        written, "search: beyond", allowed: "a whole number from 0 to \(FrontierSearch.mostBeyond)")
    }
    return beyond
  }

  private func criterion(
    _ written: Written.Scalar?, scoreGroups: [ScoreGroup]
  ) throws -> SearchCriterion {
    guard let written else { return .recalled }
    guard let criterion = SearchCriterion(written.text) else {
      throw error(
        written, "search: criterion",
        allowed: "recalled, or a score with >= or <= and a finite number, such as "
          + "'correlation >= 0.9'")
    }
    let known = ScoreColumn.columns(for: scoreGroups + [.recall]).map(\.key)
    guard known.contains(criterion.column) else {
      let isOfOtherTest = ScoreColumn.all.contains { $0.key == criterion.column }
      let hint =
        isOfOtherTest
        ? ", which is not among scores" : didYouMean(criterion.column.nearest(of: known))
      throw error(
        written.mark, "search: criterion", found: quoted(criterion.column) + hint,
        allowed: "a column of trials.csv that this sweep measures")
    }
    return criterion
  }
}
