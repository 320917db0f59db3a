import Parameters
import SweepPlan

/// The results of the searches of a sweep: `frontier.csv`, a row per search.
struct FrontierTable {
  /// How a search ended.
  enum Ending: String {
    /// One of two neighbouring values meets the criterion and the other does not.
    case found
    /// All tested values meet it, including the last one.
    case allMet = "all_met"
    /// No tested value meets it, including the first one.
    case noneMet = "none_met"
    /// A trial failed or timed out.
    case failed
    /// It waits for a trial.
    case unfinished
  }

  struct Unit {
    /// The values of ``FrontierTable/axes``.
    let coordinates: [ParameterValue]
    let ending: Ending
    /// Trials that ran for it.
    let trials: Int
    /// The value nearest to the frontier that meets the criterion; nil if none does.
    let met: ParameterValue?
    /// The value nearest to the frontier that misses it; nil if none does.
    let missed: ParameterValue?
    /// The index of ``met`` among the values, from the side on which the criterion is met; -1 if none
    /// meets it.
    let metIndex: Int
    /// The number of values beyond the frontier that were run, and of those that meet the criterion; nil
    /// without a frontier.
    let verified: (count: Int, met: Int)?
    /// The field of ``StatedPrecision``.
    let precision: [String]

    /// Whether the search found the frontier, or found that it lies beyond the values.
    var isEnded: Bool { ending == .found || ending == .allMet || ending == .noneMet }
  }

  let search: FrontierSearch
  /// The axes of the searches, including replicates.
  let axes: [String]
  private let precision: StatedPrecision
  /// The searches, sorted by their coordinates.
  let units: [Unit]
  /// The axes of the searches without replicates.
  let conditionKeys: [String]

  /// Collects the searches of a sweep; nil if it has none.
  init?(_ results: SweepResults) {
    guard let state = results.searches else { return nil }
    let plan = results.plan
    let search = state.units.search
    let axes = plan.axes.map(\.key).filter { $0 != search.key }
    let precision = StatedPrecision(plan)
    (self.search, self.axes, self.precision) = (search, axes, precision)
    conditionKeys = plan.conditionKeys.filter { $0 != search.key }
    units = (0..<state.units.count).map { number in
      let trials = state.units[number]
      let walk = state.walk(number)
      func value(_ index: Int) -> ParameterValue? {
        guard trials.indices.contains(index) else { return nil }
        return plan.trial(at: trials[index]).parameters[search.key]
      }
      let (met, missed) = (value(walk.lastMet), value(walk.firstMissed))
      let first = plan.trial(at: trials[0]).parameters
      return Unit(
        coordinates: axes.map { first[$0] },
        ending: state.hasFound(number)
          ? (met == nil ? .noneMet : missed == nil ? .allMet : .found)
          : state.hasFailed(number) ? .failed : .unfinished,
        trials: trials.count { state.asksFor($0) && results.row($0).status != nil },
        met: met, missed: missed, metIndex: walk.lastMet,
        verified: state.hasFound(number) ? state.verified(number) : nil,
        precision: precision.fields(first))
    }
  }

  /// `frontier.csv`.
  var csv: String {
    let columns = TableReference.frontierColumns.map { column in
      column.name.hasPrefix("KEY_") ? search.key + column.name.dropFirst(3) : column.name
    }
    return CSV.text(
      axes + columns + precision.heads,
      units.map { unit in
        CSV.fields(unit.coordinates, of: axes)
          + [
            unit.ending.rawValue, unit.met?.description ?? "", unit.missed?.description ?? "",
            "\(unit.trials)", unit.verified.map { "\($0.count)" } ?? "",
            unit.verified.map { "\($0.met)" } ?? "",
          ] + unit.precision
      })
  }

  func count(_ ending: Ending) -> Int { units.count { $0.ending == ending } }

  /// A warning if no search found a frontier.
  var warning: String? {
    guard units.contains(where: \.isEnded), count(.found) == 0 else { return nil }
    return
      "no search along \(search.key) found a frontier: widen the range of values, or check whether "
      + "\(search.criterion) is met on the side that `met: \(search.met.rawValue)` says"
  }

  /// The results of the searches in a sentence.
  var sentence: String {
    let trials = units.reduce(0) { $0 + $1.trials }
    let others = [
      (count(.allMet), "met the criterion at all values"),
      (count(.noneMet), "met it at no value"),
      (count(.failed), "ended at a trial that failed"), (count(.unfinished), "have not ended"),
    ]
    return
      "Of \(counted(units.count, "search", plural: "searches")) along \(search.key) for \(search.criterion), "
      + "\(count(.found)) found a frontier"
      + others.filter { $0.0 > 0 }.map { ", \($0.0) \($0.1)" }.joined()
      + "; \(units.count == 1 ? "it" : "they") ran \(counted(trials, "trial"))."
      + (verification.map { " " + $0 } ?? "")
  }

  /// How often values beyond the frontier contradict it; nil if none has run.
  private var verification: String? {
    let verified = units.compactMap(\.verified).filter { $0.count > 0 }
    guard !verified.isEmpty else { return nil }
    let contradicted = verified.count { $0.met > 0 }
    return
      "In \(contradicted) of \(counted(verified.count, "search", plural: "searches")), "
      + "a value beyond the frontier meets the criterion"
      + (contradicted > 0 ? ": the search underrates these networks. Run a grid." : ".")
  }

  /// The searches in `summary.md`: a row per combination of all axes but the searched one and the
  /// replicates.
  ///
  /// - Parameter width: The most characters of a line of the table; nil for no limit.
  func markdown(width: Int? = nil) -> String {
    let conditions = Dictionary(grouping: units) { unit in
      conditionKeys.map { unit.coordinates[axes.firstIndex(of: $0)!] }
    }
    let distinguishing = DistinguishingAxes(Array(conditions.keys), axes: conditionKeys.count)
    let head = ["searches", "median", "lowest", "highest", "not ended"]
    let body = conditions.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, units in
      let ended = units.filter(\.isEnded).sorted { $0.metIndex < $1.metIndex }
      let ends =
        ended.isEmpty
        ? ["–", "–", "–"] : [ended[(ended.count - 1) / 2], ended[0], ended.last!].map(text)
      return distinguishing(key).map { SummaryTable.escaped($0.description) } + ["\(units.count)"]
        + ends + ["\(units.count - ended.count)"]
    }
    let keys = distinguishing(conditionKeys)
    var rows = [keys + head] + body
    // The least important columns go first.
    for column in (units.allSatisfy(\.isEnded) ? ["not ended"] : []) + [
      "searches", "highest", "lowest",
    ]
    where SummaryTable.width(rows) > width ?? .max {
      let place = rows[0].lastIndex(of: column)!
      for row in rows.indices { rows[row].remove(at: place) }
    }
    let furthest = search.met == .below ? "largest" : "smallest"
    return """

      ## Frontier along \(search.key)

      \(SummaryTable.table(rows))
      The \(furthest) \(search.key) at which a network meets the criterion (\(search.criterion)); \
      frontier.csv lists each search.
      `≥`, `≤`: all tested values meet it; `<`, `>`: no tested value meets it.
      The searches selected the trials of the table above, so it does not show how many networks meet \
      the criterion.
      \(verification.map { $0 + "\n" } ?? "")
      """
  }

  /// The result of one search.
  private func text(_ unit: Unit) -> String {
    let isBelow = search.met == .below
    switch (unit.met, unit.missed) {
    case (let met?, nil): return (isBelow ? "≥ " : "≤ ") + met.description
    case (nil, let missed?): return (isBelow ? "< " : "> ") + missed.description
    default: return unit.met?.description ?? "–"
    }
  }
}
