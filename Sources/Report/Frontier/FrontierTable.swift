import Experiment
import Journal
import Parameters
import SweepPlan

/// Where the searches of a sweep ended: `frontier.csv`, a row per search.
struct FrontierTable {
  /// How a search ended.
  enum Ending: String {
    /// Between two neighbouring values, of which one meets the criterion.
    case found
    /// All values that were tried meet it, the last one among them.
    case allMet = "all_met"
    /// None that was tried meets it, the first one among them.
    case noneMet = "none_met"
    /// At a trial that failed or took too long.
    case failed
    /// It waits for a trial.
    case unfinished
  }

  /// One search.
  struct Unit {
    /// The values of ``FrontierTable/axes``.
    let coordinates: [ParameterValue]
    let ending: Ending
    /// Trials that ran for it.
    let trials: Int
    /// The value nearest to the frontier that meets the criterion; nil where none does.
    let met: ParameterValue?
    /// The value nearest to the frontier that misses it; nil where none does.
    let missed: ParameterValue?
    /// The place of ``met`` among the values, from the side on which the criterion is met; -1 where
    /// there is none.
    let place: Int
    /// The field of ``StatedPrecision``.
    let precision: [String]

    /// Whether the search says where the frontier is, or that it lies beyond the values.
    var isEnded: Bool { ending == .found || ending == .allMet || ending == .noneMet }
  }

  /// What is searched.
  let search: FrontierSearch
  /// The axes that tell searches apart, replicates among them.
  let axes: [String]
  private let precision: StatedPrecision
  /// The searches, sorted by their coordinates.
  let units: [Unit]
  /// The axes over which the searches are not summarised.
  let conditionKeys: [String]

  /// Takes the searches out of some results; nil where the sweep runs its whole grid.
  init?(_ results: SweepResults) {
    guard let state = results.searches else { return nil }
    let plan = results.plan
    let search = state.units.search
    let axes = plan.axes.map(\.key).filter { $0 != search.key }
    self.search = search
    self.axes = axes
    let precision = StatedPrecision(plan)
    self.precision = precision
    conditionKeys = plan.conditionKeys.filter { $0 != search.key }
    units = (0..<state.units.count).map { number in
      let trials = state.units[number]
      let walk = state.walk(number)
      func value(_ place: Int) -> ParameterValue? {
        guard trials.indices.contains(place) else { return nil }
        return plan.trial(at: trials[place]).parameters[search.key]
      }
      let (met, missed) = (value(walk.lastMet), value(walk.firstMissed))
      let first = plan.trial(at: trials[0]).parameters
      return Unit(
        coordinates: axes.map { first[$0] },
        ending: state.hasFound(number)
          ? (met == nil ? .noneMet : missed == nil ? .allMet : .found)
          : state.hasFailed(number) ? .failed : .unfinished,
        trials: trials.count { state.asksFor($0) && results.row($0).status != nil },
        met: met, missed: missed, place: walk.lastMet, precision: precision.fields(first))
    }
  }

  /// `frontier.csv`.
  var csv: String {
    var csv = CSV()
    let columns = TableReference.frontierColumns.map { column in
      column.name.hasPrefix("KEY_") ? search.key + column.name.dropFirst(3) : column.name
    }
    csv.append(axes + columns + precision.heads)
    for unit in units {
      csv.append(
        unit.coordinates.map(\.description)
          + [
            unit.ending.rawValue, unit.met?.description ?? "", unit.missed?.description ?? "",
            "\(unit.trials)",
          ] + unit.precision)
    }
    return csv.text
  }

  func count(_ ending: Ending) -> Int { units.count { $0.ending == ending } }

  /// What a user should know of: that no search found a frontier.
  var warning: String? {
    guard units.contains(where: \.isEnded), count(.found) == 0 else { return nil }
    return "no search along \(search.key) found a frontier between its values: widen them, or see "
      + "whether `met: \(search.met.rawValue)` is the side on which \(search.criterion) is met"
  }

  /// Where the searches ended, in a sentence.
  var sentence: String {
    let trials = units.reduce(0) { $0 + $1.trials }
    let others = [
      (count(.allMet), "met it at all values"), (count(.noneMet), "at none"),
      (count(.failed), "ended at a trial that failed"), (count(.unfinished), "have not ended"),
    ]
    return "Of \(units.count) searches along \(search.key) for \(search.criterion), "
      + "\(count(.found)) found a frontier"
      + others.filter { $0.0 > 0 }.map { ", \($0.0) \($0.1)" }.joined()
      + "; they ran \(trials) trials."
  }
}
