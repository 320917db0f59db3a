import Parameters
import Scores
import SweepPlan

/// The length of the recalled sequence as a function of network size: `capacity.csv`.
///
/// There is one fit against each of ``measures`` for each combination of the axes other than size,
/// length, what follows from size, and replicates.
///
/// A search tests good seeds at longer sequences than others, so the fractions of its trials are
/// biased. Instead, each search that has ended counts as if all its values had been run: met up to the
/// frontier and missed beyond it. If outcomes change only once along the axis,
/// these are the outcomes of the full grid, and the fit is the same.
struct CapacityTable: Sendable {
  /// One fit.
  struct Group: Sendable {
    /// The values of ``CapacityTable/axes``.
    let coordinates: [ParameterValue]
    /// The measure of the size, one of ``CapacityTable/measures``.
    let measure: String
    let fit: CapacityFit
    /// The number of trials at each size.
    let trials: [Double: Int]
    /// The field of ``StatedPrecision``.
    let precision: [String]
    /// The number of searches without a result, which are left out.
    let openSearches: Int
    /// The number of searches that met the criterion beyond their frontier.
    let contradicted: Int
  }

  let axes: [String]
  let distinguishingAxes: DistinguishingAxes
  private let precision: StatedPrecision
  /// The fits, sorted by their coordinates.
  let groups: [Group]
  let isSearch: Bool

  private static let size = "latent"
  private static let length = "sequence_length"

  /// The measures of size: latent neurons and, to compare models, resources that every model has.
  private static let measures = [size, "neurons", "plastic_synapses", "multiply_adds_per_ms"]

  /// Fits a sweep; nil unless its grid contains both a size and a length.
  init?(_ results: SweepResults) {
    let plan = results.plan
    guard Set(plan.axes.map(\.key)).isSuperset(of: [Self.size, Self.length]) else { return nil }
    let following = Self.keysFollowingSize(results)
    let axes = plan.conditionKeys.filter {
      $0 != Self.size && $0 != Self.length && !following.contains($0)
    }
    let replicates =
      plan.hasBlocks
      ? plan.unitKeys : plan.axes.map(\.key).filter { !plan.conditionKeys.contains($0) }
    let precision = StatedPrecision(plan)
    (self.axes, self.precision, isSearch) = (axes, precision, results.searches != nil)
    let trials = SearchedOutcomes(results)
    func coordinates(_ parameters: ParameterSet) -> [ParameterValue] {
      axes.map { parameters[$0] }
    }
    let ran = Dictionary(grouping: results.rows.filter { $0.status == .done }) {
      coordinates($0.trial.parameters)
    }
    let outcomes = Dictionary(grouping: trials.outcomes) { coordinates($0.parameters) }
    let open = Dictionary(grouping: trials.open, by: coordinates)
    let contradicted = Dictionary(grouping: trials.contradicted, by: coordinates)
    distinguishingAxes = DistinguishingAxes(Array(ran.keys), axes: axes.count)
    groups = ran.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .flatMap { coordinates, rows in
        let outcomes = outcomes[coordinates, default: []]
        let combinations = outcomes.map { outcome in replicates.map { outcome.parameters[$0] } }
        let seeds = Dictionary(
          uniqueKeysWithValues: Set(combinations).sorted { $0.lexicographicallyPrecedes($1) }
            .enumerated().map { ($1, $0) })
        return Self.measures.compactMap { measure -> Group? in
          let sizes = Self.meanSizes(rows, measure)
          // Rows of older versions lack some resources.
          if sizes.isEmpty { return nil }
          let observations = zip(outcomes, combinations).compactMap {
            outcome, combination -> CapacityObservation? in
            guard let size = sizes[outcome.parameters.latent],
              let length = outcome.parameters.sequenceLength
            else { return nil }
            return CapacityObservation(
              size: size, length: Double(length), seed: seeds[combination]!,
              success: outcome.isMet)
          }
          return Group(
            coordinates: coordinates, measure: measure, fit: CapacityFit(observations),
            trials: rows.reduce(into: [:]) { counts, row in
              if let size = sizes[row.trial.parameters.latent] { counts[size, default: 0] += 1 }
            },
            precision: precision.fields(rows[0].trial.parameters),
            openSearches: open[coordinates, default: []].count,
            contradicted: contradicted[coordinates, default: []].count)
        }
      }
  }

  /// The swept numbers that have one value at each size, such as learning rates that are zipped with it.
  /// They belong to the size, so they do not divide a fit.
  private static func keysFollowingSize(_ results: SweepResults) -> Set<String> {
    let axes = results.plan.conditionKeys.filter { $0 != size && $0 != length }
    // Parameters are computed for each row and not kept.
    let keys = axes.filter { key in
      // A capacity is one for a budget, so that training always divides.
      guard key != "training_cycles", key != "training_time",
        let kind = Parameter.named(key)?.kind, kind == .real || kind == .integer
      else { return false }
      var values: [Int: ParameterValue] = [:]
      return results.rows.allSatisfy { row in
        let parameters = row.trial.parameters
        let value = parameters[key]
        defer { values[parameters.latent] = value }
        return values[parameters.latent] ?? value == value
      }
    }
    if keys.isEmpty { return [] }
    // With one size for each model, for example, everything has one value at each size.
    let others = axes.filter { !keys.contains($0) }
    var (first, following) = ([[ParameterValue]: ParameterSet](), Set<String>())
    for row in results.rows {
      let parameters = row.trial.parameters
      let fit = others.map { parameters[$0] }
      if let known = first[fit] {
        following.formUnion(keys.filter { known[$0] != parameters[$0] })
      } else {
        first[fit] = parameters
      }
    }
    return following
  }

  /// A measure by the number of latent neurons: the mean over their trials. In sparse networks the
  /// measure differs between seeds, but all seeds must share a size.
  private static func meanSizes(
    _ rows: [SweepResults.Row], _ measure: String
  ) -> [Int: Double] {
    let groups = Dictionary(grouping: rows) { $0.trial.parameters.latent }
    if measure == size { return groups.reduce(into: [:]) { $0[$1.key] = Double($1.key) } }
    return groups.compactMapValues { rows in rows.compactMap { $0.score(measure) }.mean }
  }

  /// The lowest number of replicates of any fit.
  var seeds: Int { groups.map(\.fit.seeds).min() ?? 0 }

  /// Whether there are too few replicates for the intervals to be trusted.
  var isBelowRecommendedSeeds: Bool { groups.contains { $0.fit.isBelowRecommendedSeeds } }

  /// `capacity.csv`: a row for each size of each fit.
  var csv: String { CSV.text(rows[0], rows.dropFirst()) }

  /// The fields of ``csv``; the first row is the head.
  var rows: [[String]] {
    let head = axes + TableReference.capacityColumns.map(\.name) + precision.heads
    return [head]
      + groups.flatMap { group in
        let (fit, interval) = (group.fit, group.fit.exponentInterval)
        let place = CSV.fields(group.coordinates, of: axes) + [group.measure]
        return fit.sizes.map { size -> [String] in
          place + [Self.text(size.size)]
            + ["\(group.trials[size.size, default: 0])", "\(fit.seeds)"]
            + [
              size.capacity, size.interval?.lower, size.interval?.upper, size.isotonicCapacity,
            ].flatMap(Self.fields)
            + [fit.exponent, interval?.lowerBound, interval?.upperBound].map {
              $0.map(Self.text) ?? ""
            }
            + [Self.note(size, group)] + group.precision
        }
      }
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
      fit.lacksSeedsForInterval
        ? "no interval of the exponent with fewer than \(CapacityFit.fewestSeeds) seeds" : nil,
      group.openSearches > 0
        ? "without \(group.openSearches) "
          + (group.openSearches == 1 ? "search that has not ended" : "searches that have not ended")
        : nil,
      group.contradicted > 0
        ? "\(group.contradicted) "
          + (group.contradicted == 1
            ? "search met the criterion beyond its frontier"
            : "searches met the criterion beyond their frontier") : nil,
      size.isUnsteady
        ? "success does not fall steadily with length: capacity and isotonic_capacity differ" : nil,
    ]
    return reasons.compactMap { $0 }.joined(separator: "; ")
  }

  private static func text(_ value: Double) -> String { ParameterValue.real(value).description }
}

/// The outcomes that the capacity is fitted to: of each scored trial, or if the sweep has searches, at
/// all values of each search with a result.
///
/// Searches that have not ended, or ended at a failed trial, are left out entirely: their trials are a
/// biased selection.
private struct SearchedOutcomes {
  /// The outcomes of trials, measured or inferred from their search.
  var outcomes: [(parameters: ParameterSet, isMet: Bool)] = []
  /// The parameters of one trial of each search that is left out because it has no result.
  var open: [ParameterSet] = []
  /// The same of each search that met the criterion beyond its frontier.
  var contradicted: [ParameterSet] = []

  init(_ results: SweepResults) {
    guard let searches = results.searches else {
      outcomes = results.rows.compactMap { row in
        // A network that diverges does not recall, as in a search.
        let recalled = row.status == .diverged ? 0 : row.score("recalled")
        return recalled.map { (row.trial.parameters, $0 == 1) }
      }
      return
    }
    for unit in 0..<searches.units.count {
      let trials = searches.units[unit].map { results.plan.trial(at: $0).parameters }
      guard searches.hasFound(unit) else {
        open.append(trials[0])
        continue
      }
      if searches.verified(unit).met > 0 { contradicted.append(trials[0]) }
      let lastMet = searches.walk(unit).lastMet
      outcomes += trials.enumerated().map { ($1, $0 <= lastMet) }
    }
  }
}
