extension SweepFileValidator {
  /// The search that takes the place of a full grid, whose values have been read; nil where none is
  /// written.
  mutating func search(
    _ written: Written.Search?, tests: [SweepTest], replicates: [String]
  ) throws -> FrontierSearch? {
    guard let written else { return nil }
    let axis = written.axis
    let parameter = try reader.parameter(axis.key, at: axis.keyMark)
    guard [.integer, .real].contains(parameter.kind), !replicates.contains(axis.key) else {
      throw reader.error(
        axis.keyMark,
        .notAllowed(
          key: "search", found: quoted(axis.key),
          allowed: "a parameter that is a number and no replicate"))
    }
    let values = try reader.values(axis)
    guard Set(values).count > 1, !values.contains(.absent) else {
      throw reader.error(
        axis.mark,
        .notAllowed(
          key: "search: \(axis.key)",
          found: values.contains(.absent) ? "'none'" : "a single value",
          allowed: "at least two numbers, as a list or as a range"))
    }
    return FrontierSearch(
      key: axis.key, criterion: try criterion(written.criterion, tests: tests),
      met: try side(written.met))
  }

  private func criterion(
    _ written: Written.Scalar?, tests: [SweepTest]
  ) throws -> SearchCriterion {
    guard let written else { return .recalled }
    let known = ScoreColumn.columns(for: tests + [.recall]).map(\.key)
    guard let criterion = SearchCriterion(written.text) else {
      throw reader.error(
        written.mark,
        .notAllowed(
          key: "search: criterion", found: quoted(written.text),
          allowed: "recalled, or a score with >= or <= and a number, such as 'correlation >= 0.9'"))
    }
    guard known.contains(criterion.column) else {
      let isOfOtherTest = ScoreColumn.all.contains { $0.key == criterion.column }
      let hint =
        isOfOtherTest
        ? ", whose test is not among tests" : didYouMean(criterion.column.nearest(of: known))
      throw reader.error(
        written.mark,
        .notAllowed(
          key: "search: criterion", found: quoted(criterion.column) + hint,
          allowed: "a column of trials.csv that this sweep measures"))
    }
    return criterion
  }

  private func side(_ written: Written.Scalar?) throws -> FrontierSearch.Side {
    guard let written else { return .below }
    guard let side = FrontierSearch.Side(rawValue: written.text) else {
      throw reader.error(
        written.mark,
        .notAllowed(
          key: "search: met", found: quoted(written.text),
          allowed: FrontierSearch.Side.allCases.map(\.rawValue).joined(separator: " or ")))
    }
    return side
  }
}
