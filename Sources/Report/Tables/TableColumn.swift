import Experiment
import SweepPlan

/// A column of a table: its name and what stands in it.
public struct TableColumn: Sendable {
  /// The name; a part of it that differs from table to table stands in capitals.
  public let name: String
  /// What stands in the column, with its unit in brackets.
  public let meaning: String

  init(_ name: String, _ meaning: String) {
    self.name = name
    self.meaning = meaning
  }

  /// The column of a score.
  public init(_ column: ScoreColumn) {
    self.init(column.key, column.meaning + (column.unit.map { " [\($0)]" } ?? ""))
  }
}

/// A table of the result folder with all of its columns.
public struct TableReference: Sendable {
  /// The name of the file.
  public let file: String
  /// What its rows are.
  public let rows: String
  /// Its columns, in their order.
  public let columns: [TableColumn]

  /// Every table. The tables take the heads of their columns from here, so that none is missing.
  public static let all = [
    TableReference(
      file: "trials.csv", rows: "a row for each trial that has run, sorted by parameters",
      columns: trialColumns + [TableColumn("PARAMETER", "each parameter, see above")]
        + endingColumns + [TableColumn("SCORE", "each score and resource, see above")]),
    TableReference(
      file: "summary.csv", rows: "a row for each cell of the grid, over its replicates",
      columns: [TableColumn("AXIS", "each parameter that cells differ in")] + cellColumns
        + [
          TableColumn(
            "SCORE_censored", "how many of the done trials have that score censored")
        ] + statisticColumns.map { TableColumn("SCORE_" + $0.name, $0.meaning) } + [precision]),
    TableReference(
      file: "capacity.csv",
      rows: "where the grid holds latent and sequence_length: a row for each size, with each "
        + "size_measure in turn as size, for each combination of the "
        + "other axes",
      columns: [TableColumn("AXIS", "each of the other axes")] + capacityColumns
        + [precision]),
    TableReference(
      file: "frontier.csv",
      rows: "where the sweep searches a frontier: a row for each search, which went along KEY",
      columns: [TableColumn("AXIS", "each axis but KEY, replicates among them")]
        + frontierColumns + [precision]),
    TableReference(
      file: "costs.csv", rows: "a row for each trial that has run, in the order of trials.csv",
      columns: costColumns),
  ]

  static let trialColumns = [
    TableColumn("trial", "identity of the trial: a hash of all that determines its result")
  ]

  static let endingColumns = [
    TableColumn(
      "status",
      "how it ended: \(TrialStatus.allCases.map(\.rawValue).joined(separator: ", "))"),
    TableColumn("reason", "why it is not done; empty where it is"),
  ]

  static let cellColumns = [
    TableColumn("n", "trials that are done"),
    TableColumn("failed", "trials that failed, diverged or timed out"),
    TableColumn("missing", "trials that have not run"),
    TableColumn("censored", "done trials with at least one censored score"),
    TableColumn(
      "pareto_efficient",
      "whether no other cell has as high a mean recalled_bits (correlation where bits were not "
        + "measured) with as few plastic_synapses"),
  ]

  static let statisticColumns = [
    TableColumn("n", "done trials that have the score"),
    TableColumn("mean", "their mean; of a yes-or-no score the fraction of yes"),
    TableColumn("sd", "standard deviation of the sample (n - 1)"),
    TableColumn("median", "median"),
    TableColumn("low", "lower end of the 95 % bootstrap interval of the mean"),
    TableColumn("high", "its upper end"),
  ]

  static let costColumns = [
    TableColumn("trial", "identity of the trial, as in trials.csv"),
    TableColumn("rank", "MPI rank that ran it"),
    TableColumn("host", "that rank's host"),
    TableColumn("start", "when it began (ISO 8601, UTC)"),
    TableColumn("seconds", "how long it took [s]"),
    TableColumn("steps", "steps of 0.1 ms that it simulated, tests beside the replay not counted"),
    TableColumn("steps_per_second", "steps over seconds [1/s]"),
  ]

  /// See ``StatedPrecision``.
  private static let precision = TableColumn(
    "precision", "what the networks were computed in, where it is no axis; none for other models")

  static let frontierColumns = [
    TableColumn(
      "ending",
      "how the search ended: "
        + [FrontierTable.Ending.found, .allMet, .noneMet, .failed, .unfinished]
        .map(\.rawValue).joined(separator: ", ")),
    TableColumn(
      "KEY_met", "the value nearest to the frontier that meets the criterion; empty for none"),
    TableColumn(
      "KEY_missed", "the value nearest to the frontier that misses it; empty for none"),
    TableColumn("trials", "trials that ran for it"),
  ]

  static let capacityColumns = [
    TableColumn(
      "size_measure",
      "what the size counts: latent, neurons, plastic_synapses or operations_per_ms"),
    TableColumn(
      "size", "the size in that measure: the mean over the trials with as many latent neurons"),
    TableColumn("trials", "trials of this size"),
    TableColumn("seeds", "combinations of replicates over which intervals are resampled"),
    TableColumn(
      "capacity", "length L* that half of the networks recall, by a logistic fit [notes]"),
    TableColumn(
      "capacity_censored",
      "< or > where L* lies below or above all tested lengths, which capacity then bounds"),
    TableColumn("capacity_low", "lower end of its 95 % bootstrap interval over seeds [notes]"),
    TableColumn("capacity_low_censored", "< or > where that is only a bound"),
    TableColumn("capacity_high", "upper end [notes]"),
    TableColumn("capacity_high_censored", "< or > where that is only a bound"),
    TableColumn("isotonic_capacity", "L* by an isotonic fit to this size alone [notes]"),
    TableColumn("isotonic_capacity_censored", "< or > where that is only a bound"),
    TableColumn("exponent", "gamma in L* ~ size^gamma"),
    TableColumn("exponent_low", "lower end of its 95 % bootstrap interval"),
    TableColumn("exponent_high", "its upper end"),
    TableColumn("note", "what a reader must know: why a value is missing, or too few seeds"),
  ]
}
