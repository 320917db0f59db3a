import Journal
import Parameters
import Scores
import SweepPlan

/// How the length of the sequence that is recalled grows with the network: `capacity.csv`.
///
/// One fit for each combination of the axes other than size, length and replicates, the model among
/// them, against every measure of ``measures``.
///
/// Where a search chose the trials, which lengths a seed is tested at depends on what it recalled
/// before: good seeds are tested at long sequences. Fractions of the trials that ran would then say
/// little of how many networks recall. So each search that has ended counts with what it found, as if
/// all its values had been run: met up to the frontier and missed behind it (``SearchedOutcomes``).
/// These are the outcomes of the full grid wherever outcomes change but once along the axis, and the
/// fit to them is that of the grid.
public struct CapacityTable: Sendable {
  /// One fit.
  struct Group: Sendable {
    /// The values of ``CapacityTable/axes``.
    let coordinates: [ParameterValue]
    /// What the size counts.
    let measure: String
    /// The fit.
    let fit: CapacityFit
    /// How many trials ran at each size.
    let trials: [Double: Int]
    /// The field of ``StatedPrecision``.
    let precision: [String]
    /// Searches that have not found their frontier, and are left out.
    let openSearches: Int
  }

  /// The axes that tell fits apart.
  let axes: [String]
  /// Those of them that it takes.
  let distinguishingAxes: DistinguishingAxes
  private let precision: StatedPrecision
  /// The fits, sorted by their coordinates.
  let groups: [Group]
  /// Whether a search chose the trials.
  let isSearch: Bool

  private static let size = "latent"
  private static let length = "sequence_length"

  /// What a size counts: latent neurons and, so that models can be compared, resources that every
  /// model has.
  static let measures = [size, "neurons", "plastic_synapses", "multiply_adds_per_ms"]

  /// Fits a sweep; nil where its grid does not hold both a size and a length.
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
          // Rows of older versions do not have every resource.
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

  /// A number for each combination of the axes over which conditions are summarised.
  private struct Replicates {
    private let keys: [String]
    private var numbers: [[ParameterValue]: Int] = [:]

    init(_ parameters: [ParameterSet], of plan: Plan) {
      keys = plan.axes.map(\.key).filter { !plan.conditionKeys.contains($0) }
      let combinations = Set(parameters.map(combination))
      let sorted = combinations.sorted { $0.lexicographicallyPrecedes($1) }
      for (number, combination) in sorted.enumerated() { numbers[combination] = number }
    }

    subscript(_ parameters: ParameterSet) -> Int { numbers[combination(of: parameters)]! }

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

  /// A measure by the number of latent neurons: the mean over the trials that have as many, since in
  /// sparse networks it differs from seed to seed, and a size must be one for all seeds.
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

  /// The least number of replicates of any fit.
  public var seeds: Int { groups.map(\.fit.seeds).min() ?? 0 }

  /// Whether there are too few replicates for the intervals to be trusted.
  public var isBelowRecommendedSeeds: Bool { groups.contains { $0.fit.isBelowRecommendedSeeds } }

  /// `capacity.csv`: a row for each size of each fit.
  public var csv: String {
    var csv = CSV()
    for row in rows { csv.append(row) }
    return csv.text
  }

  /// The fields of ``csv``, the heads of its columns first.
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

  /// The length, or the bound beyond which it lies, and `<` or `>` where it is one.
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
