import Journal
import Parameters
import Scores
import SweepPlan

/// The length of the recalled sequence as a function of network size: `capacity.csv`.
///
/// There is one fit against each of ``measures`` for each combination of the axes other than size,
/// length and replicates.
///
/// A search tests good seeds at longer sequences than others, so the fractions of its trials are
/// biased. Instead, each search that has ended counts as if all its values had been run: met up to the
/// frontier and missed beyond it (``SearchedOutcomes``). If outcomes change only once along the axis,
/// these are the outcomes of the full grid, and the fit is the same.
public struct CapacityTable: Sendable {
  /// One fit.
  struct Group: Sendable {
    /// The values of ``CapacityTable/axes``.
    let coordinates: [ParameterValue]
    /// The measure of the size, one of ``CapacityTable/measures``.
    let measure: String
    /// The fit.
    let fit: CapacityFit
    /// The number of trials at each size.
    let trials: [Double: Int]
    /// The field of ``StatedPrecision``.
    let precision: [String]
    /// The number of searches without a result, which are left out.
    let openSearches: Int
  }

  /// The axes of the fits.
  let axes: [String]
  /// The axes that distinguish the fits.
  let distinguishingAxes: DistinguishingAxes
  private let precision: StatedPrecision
  /// The fits, sorted by their coordinates.
  let groups: [Group]
  /// Whether searches selected the trials.
  let isSearch: Bool

  private static let size = "latent"
  private static let length = "sequence_length"

  /// The measures of size: latent neurons and, to compare models, resources that every model has.
  static let measures = [size, "neurons", "plastic_synapses", "multiply_adds_per_ms"]

  /// Fits a sweep; nil unless its grid contains both a size and a length.
  public init?(_ results: SweepResults) {
    let swept = Set(results.plan.axes.map(\.key))
    guard swept.isSuperset(of: [Self.size, Self.length]) else { return nil }
    let axes = results.plan.conditionKeys.filter { $0 != Self.size && $0 != Self.length }
    self.axes = axes
    let precision = StatedPrecision(results.plan)
    self.precision = precision
    isSearch = results.searches != nil
    let trials = SearchedOutcomes(results) ?? SearchedOutcomes(everyTrialOf: results)
    func coordinates(_ parameters: ParameterSet) -> [ParameterValue] {
      axes.map { parameters[$0] }
    }
    let ran = Dictionary(grouping: results.rows.filter { $0.status == .done }) {
      coordinates($0.trial.parameters)
    }
    let outcomes = Dictionary(grouping: trials.outcomes) { coordinates($0.parameters) }
    let open = Dictionary(grouping: trials.open, by: coordinates)
    distinguishingAxes = DistinguishingAxes(Array(ran.keys), axes: axes.count)
    groups = ran.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .flatMap { coordinates, rows in
        let outcomes = outcomes[coordinates, default: []]
        let replicates = Replicates(outcomes.map(\.parameters), of: results.plan)
        return Self.measures.compactMap { measure -> Group? in
          let sizes = Self.meanSizes(rows, measure)
          // Rows of older versions lack some resources.
          if sizes.isEmpty { return nil }
          return Group(
            coordinates: coordinates, measure: measure,
            fit: CapacityFit(Self.observations(outcomes, replicates) { sizes[$0.latent] }),
            trials: rows.reduce(into: [:]) { counts, row in
              if let size = sizes[row.trial.parameters.latent] { counts[size, default: 0] += 1 }
            },
            precision: precision.fields(rows[0].trial.parameters),
            openSearches: open[coordinates, default: []].count)
        }
      }
  }

  /// An index for each combination of the replicates.
  private struct Replicates {
    private let keys: [String]
    private var indices: [[ParameterValue]: Int] = [:]

    init(_ parameters: [ParameterSet], of plan: Plan) {
      keys = plan.axes.map(\.key).filter { !plan.conditionKeys.contains($0) }
      let combinations = Set(parameters.map(combination))
      let sorted = combinations.sorted { $0.lexicographicallyPrecedes($1) }
      for (index, combination) in sorted.enumerated() { indices[combination] = index }
    }

    subscript(_ parameters: ParameterSet) -> Int { indices[combination(of: parameters)]! }

    private func combination(of parameters: ParameterSet) -> [ParameterValue] {
      keys.map { parameters[$0] }
    }
  }

  private static func observations(
    _ outcomes: [SearchedOutcomes.Outcome], _ replicates: Replicates,
    size: (ParameterSet) -> Double?
  ) -> [CapacityObservation] {
    outcomes.compactMap { outcome in
      guard let size = size(outcome.parameters), let length = outcome.parameters.sequenceLength
      else { return nil }
      return CapacityObservation(
        size: size, length: Double(length), seed: replicates[outcome.parameters],
        success: outcome.isMet)
    }
  }

  /// A measure by the number of latent neurons: the mean over their trials. In sparse networks the
  /// measure differs between seeds, but all seeds must share a size.
  private static func meanSizes(
    _ rows: [SweepResults.Row], _ measure: String
  ) -> [Int: Double] {
    let groups = Dictionary(grouping: rows) { $0.trial.parameters.latent }
    if measure == size { return groups.reduce(into: [:]) { $0[$1.key] = Double($1.key) } }
    return groups.compactMapValues { rows in
      let counts = rows.compactMap { $0.score(measure) }
      return counts.isEmpty ? nil : counts.reduce(0, +) / Double(counts.count)
    }
  }

  /// The lowest number of replicates of any fit.
  public var seeds: Int { groups.map(\.fit.seeds).min() ?? 0 }

  /// Whether there are too few replicates for the intervals to be trusted.
  public var isBelowRecommendedSeeds: Bool { groups.contains { $0.fit.isBelowRecommendedSeeds } }

  /// `capacity.csv`: a row for each size of each fit.
  public var csv: String {
    var csv = CSV()
    for row in rows { csv.append(row) }
    return csv.text
  }

  /// The fields of ``csv``; the first row is the head.
  var rows: [[String]] {
    var rows = [axes + TableReference.capacityColumns.map(\.name) + precision.heads]
    for group in groups {
      for size in group.fit.sizes {
        rows.append(
          group.coordinates.map(\.description)
            + [
              group.measure, Self.text(size.size),
              "\(group.trials[size.size, default: 0])", "\(group.fit.seeds)",
            ]
            + Self.fields(size.capacity) + Self.fields(size.interval?.lower)
            + Self.fields(size.interval?.upper) + Self.fields(size.isotonicCapacity)
            + [
              group.fit.exponent.map(Self.text) ?? "",
              group.fit.exponentInterval.map { Self.text($0.lowerBound) } ?? "",
              group.fit.exponentInterval.map { Self.text($0.upperBound) } ?? "",
              Self.note(size, group),
            ] + group.precision)
      }
    }
    return rows
  }

  /// The length or its bound, and for a bound `<` or `>`.
  private static func fields(_ length: CensoredLength?) -> [String] {
    switch length {
    case nil: ["", ""]
    case .at(let value): [text(value), ""]
    case .below(let bound): [text(bound), "<"]
    case .above(let bound): [text(bound), ">"]
    }
  }

  private static func note(_ size: CapacityAtSize, _ group: Group) -> String {
    let fit = group.fit
    let reasons = [
      size.missing.map { "no capacity: \($0)" }, fit.missing.map { "no exponent: \($0)" },
      fit.isBelowRecommendedSeeds
        ? "fewer than \(CapacityFit.recommendedSeeds) seeds" : nil,
      group.openSearches > 0 ? "without \(group.openSearches) searches that have not ended" : nil,
    ]
    return reasons.compactMap { $0 }.joined(separator: "; ")
  }

  private static func text(_ value: Double) -> String { ParameterValue.real(value).description }
}

/// The outcomes that the capacity is fitted to.
struct SearchedOutcomes {
  /// The outcome of one trial, measured or inferred from its search.
  struct Outcome {
    let parameters: ParameterSet
    let isMet: Bool
  }

  /// The outcomes.
  let outcomes: [Outcome]
  /// The parameters of one trial of each search that is left out because it has no result.
  var open: [ParameterSet] = []

  /// The measured outcome of each scored trial.
  init(everyTrialOf results: SweepResults) {
    outcomes = results.rows.compactMap { row in
      guard row.status == .done, let recalled = row.score("recalled") else { return nil }
      return Outcome(parameters: row.trial.parameters, isMet: recalled == 1)
    }
  }

  /// The outcomes at all values of each search with a result; nil if the sweep has no searches.
  ///
  /// Searches that have not ended, or ended at a failed trial, are left out entirely: their trials are
  /// a biased selection.
  init?(_ results: SweepResults) {
    guard let searches = results.searches else { return nil }
    var outcomes: [Outcome] = []
    for unit in 0..<searches.units.count {
      let trials = searches.units[unit]
      guard searches.hasFound(unit) else {
        open.append(results.plan.trial(at: trials[0]).parameters)
        continue
      }
      for (index, trial) in trials.enumerated() {
        outcomes.append(
          Outcome(
            parameters: results.plan.trial(at: trial).parameters,
            isMet: index <= searches.walk(unit).lastMet))
      }
    }
    self.outcomes = outcomes
  }
}
