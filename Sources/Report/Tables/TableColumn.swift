import SweepPlan

/// A column of a table: its name and its meaning.
public struct TableColumn: Sendable {
  /// The name; a part that differs between tables is in capitals.
  public let name: String
  /// The meaning, with its unit in brackets.
  public let meaning: String

  init(_ name: String, _ meaning: String) { (self.name, self.meaning) = (name, meaning) }

  public init(_ column: ScoreColumn) {
    self.init(column.key, column.meaning + (column.unit.map { " [\($0)]" } ?? ""))
  }
}

/// A table of the result folder with all of its columns.
public struct TableReference: Sendable {
  /// The name of the file.
  public let file: String
  /// The meaning of its rows.
  public let rows: String
  /// Its columns in order.
  public let columns: [TableColumn]

  /// Every table. The tables take their column heads from here.
  public static let all = [
    TableReference(
      file: "trials.csv", rows: "one row per trial that has run, sorted by parameters",
      columns: trialColumns + [
        TableColumn(
          "PARAMETER",
          "each parameter, see above; an empty field is none, but a text parameter reads none")
      ]
        + endingColumns + [TableColumn("SCORE", "each score and resource, see above")]),
    TableReference(
      file: "summary.csv", rows: "one row per condition, over its replicates",
      columns: [TableColumn("AXIS", "each parameter that conditions differ in")] + conditionColumns
        + [
          stoppingColumn,
          TableColumn(
            "SCORE_censored", "number of done trials with this score censored"),
        ] + statisticColumns.map { TableColumn("SCORE_" + $0.name, $0.meaning) }
        + recalledColumns.map { TableColumn("SCORE_" + $0.name, $0.meaning) } + [precision]),
    TableReference(
      file: "contrasts.csv",
      rows:
        "one row per level of an axis other than its reference level, and per score; with searches, "
        + "the score is the frontier KEY_met",
      columns: contrastColumns),
    TableReference(
      file: "importance.csv", rows: "one row per score and source of variance",
      columns: importanceColumns),
    TableReference(
      file: "capacity.csv",
      rows:
        "only if the grid contains latent and sequence_length: one row per size_measure and size, "
        + "for each combination of the other axes",
      columns: [TableColumn("AXIS", "each of the other axes")] + capacityColumns
        + [precision]),
    TableReference(
      file: "frontier.csv",
      rows: "only if the sweep has searches: one row per search; KEY is the searched parameter",
      columns: [TableColumn("AXIS", "each axis but KEY, including replicates")]
        + frontierColumns + [precision]),
    TableReference(
      file: "costs.csv", rows: "one row per trial that has run, in the order of trials.csv",
      columns: costColumns),
  ]

  static let trialColumns = [
    TableColumn("trial", "identity of the trial: a hash of everything that determines its result")
  ]

  static let endingColumns = [
    TableColumn(
      "status",
      "status of the trial: \(TrialStatus.allCases.map(\.rawValue).joined(separator: ", "))"),
    TableColumn("reason", "reason why the trial is not done; empty if it is"),
  ]

  static let conditionColumns = [
    TableColumn("n", "number of done trials"),
    TableColumn("failed", "number of trials that failed, diverged or timed out"),
    TableColumn("missing", "number of trials that have not run"),
    TableColumn("censored", "number of done trials with at least one censored score"),
    TableColumn(
      "pareto_efficient",
      "whether the networks learned something (some recall, or correlation is above chance_95) and "
        + "no other condition has as high a mean recalled_bits (correlation if bits were not "
        + "measured) with as few plastic_synapses"),
  ]

  /// Only if the sweep has `until`.
  static let stoppingColumn = TableColumn(
    "stopping",
    "only with until: why no replicates were added: precise (the interval was narrow enough), "
      + "at_most, or unfinished")

  static let statisticColumns = [
    TableColumn(
      "n",
      "number of done trials that have the score; of drift and denoising_gain, those that recall"),
    TableColumn("mean", "mean; for a yes-or-no score the fraction of yes"),
    TableColumn("sd", "sample standard deviation (n - 1)"),
    TableColumn("median", "median"),
    TableColumn("low", "lower end of the 95 % interval of the mean; empty for too few units"),
    TableColumn("high", "upper end of that interval"),
  ]

  static let recalledColumns = [
    TableColumn("recalled_n", "number of done trials that recall; only for scores of the replay"),
    TableColumn("recalled_mean", "mean among the trials that recall"),
    TableColumn(
      "recalled_low", "lower end of the 95 % interval of this mean; empty below five units"),
    TableColumn("recalled_high", "upper end of that interval"),
  ]

  static let contrastColumns = [
    TableColumn("axis", "axis whose levels are compared"),
    TableColumn("level", "level"),
    TableColumn(
      "against", "reference level: from reference in the sweep file, or else the first"),
    TableColumn("score", "score that is compared"),
    TableColumn(
      "pairs",
      "pairs of trials that differ in this axis alone, or also in what follows from it, and have "
        + "the score; of drift and denoising_gain, that recall"),
    TableColumn("units", "independent units among them: replicates, or blocks"),
    TableColumn("incomplete", "the other pairs, which are left out"),
    TableColumn("difference", "mean over units of the level's score minus that of the reference"),
    TableColumn("low", "lower end of the 95 % interval of the difference"),
    TableColumn("high", "upper end of that interval"),
    TableColumn(
      "favours", "fraction of pairs in which the level has the higher score; ties half"),
    TableColumn(
      "adjusted",
      "two-sided p of the sign-flip test over units, with Holm's correction over all contrasts of "
        + "the score"),
    TableColumn(
      "recalled_pairs",
      "pairs in which both networks recall; only for scores of the replay and for robustness"),
    TableColumn("recalled_units", "independent units among them"),
    TableColumn("recalled_difference", "mean difference among them"),
    TableColumn(
      "recalled_low", "lower end of its 95 % interval; empty below five units"),
    TableColumn("recalled_high", "upper end of that interval"),
    TableColumn("recalled_adjusted", "as adjusted, among them"),
    TableColumn(
      "also",
      "other parameters that differ within at least one of the pairs, because their values follow from "
        + "the axes, as learning rates in a zip with latent; without those that only one model has"),
  ]

  static let importanceColumns = [
    TableColumn("score", "score whose variance is analysed"),
    TableColumn(
      "source",
      "axis, pair of axes as A:B, interactions (all others), blocks, or replicates (within "
        + "conditions)"),
    TableColumn("share", "share of the total sum of squares; the shares of a score add up to 1"),
    TableColumn("omega_squared", "the share without the bias of small samples"),
    TableColumn(
      "part", "levels of the largest complete part of an incomplete grid; empty if it is complete"),
  ]

  static let costColumns = [
    TableColumn("trial", "identity of the trial, as in trials.csv"),
    TableColumn("rank", "MPI rank that ran the trial"),
    TableColumn("host", "host of that rank"),
    TableColumn("start", "start of the trial (ISO 8601, UTC)"),
    TableColumn("seconds", "time that the thread of the trial computed [s]"),
    TableColumn("core_seconds", "the same with the threads that helped it [core-seconds]"),
    TableColumn("steps", "simulated steps of 0.1 ms in training and replay, without further tests"),
    TableColumn("steps_per_second", "simulated steps per second [1/s]"),
  ]

  /// See ``StatedPrecision``.
  private static let precision = TableColumn(
    "precision", "numeric precision of the networks, unless it is an axis; none for baseline models"
  )

  static let frontierColumns = [
    TableColumn(
      "ending",
      "result of the search: "
        + [FrontierTable.Ending.found, .allMet, .noneMet, .failed, .unfinished]
        .map(\.rawValue).joined(separator: ", ")),
    TableColumn(
      "KEY_met", "value next to the frontier that meets the criterion; empty if none does"),
    TableColumn(
      "KEY_missed", "value next to the frontier that does not meet it; empty if all do"),
    TableColumn("trials", "number of trials that the search ran"),
    TableColumn(
      "verified_beyond",
      "number of values beyond KEY_missed that were run to verify it; empty without a frontier"),
    TableColumn(
      "met_beyond", "number of those that meet the criterion, which contradicts the frontier"),
  ]

  static let capacityColumns = [
    TableColumn(
      "size_measure",
      "measure of the size: latent, neurons, plastic_synapses or multiply_adds_per_ms"),
    TableColumn(
      "size",
      "size in that measure: the mean over the trials with the same number of latent neurons"),
    TableColumn("trials", "number of trials of this size"),
    TableColumn("seeds", "number of combinations of replicates, which are resampled for intervals"),
    TableColumn(
      "capacity", "length L* that half of the networks recall, from a logistic fit [notes]"),
    TableColumn(
      "capacity_censored",
      "< or > if L* is below or above all tested lengths; capacity is then a bound"),
    TableColumn(
      "capacity_low", "lower end of the 95 % bootstrap interval of L* over seeds [notes]"),
    TableColumn("capacity_low_censored", "< or > if this is only a bound"),
    TableColumn("capacity_high", "upper end of that interval [notes]"),
    TableColumn("capacity_high_censored", "< or > if this is only a bound"),
    TableColumn("isotonic_capacity", "L* from an isotonic fit to this size only [notes]"),
    TableColumn("isotonic_capacity_censored", "< or > if this is only a bound"),
    TableColumn("exponent", "exponent gamma in L* ~ size^gamma"),
    TableColumn("exponent_low", "lower end of the 95 % bootstrap interval of gamma"),
    TableColumn("exponent_high", "upper end of that interval"),
    TableColumn("note", "reasons for missing values, and a warning about too few seeds"),
  ]
}

/// The numeric precision of the networks of a row: the last column of every table, unless it is an
/// axis. The default may change one day; old tables still state theirs.
struct StatedPrecision {
  private static let key = "precision"

  /// The head of the column; none if it is an axis.
  let heads: [String]

  init(_ plan: Plan) {
    heads = plan.axes.contains { $0.key == Self.key } ? [] : [Self.key]
  }

  /// The field of a row whose trials have these parameters.
  func fields(_ parameters: ParameterSet) -> [String] { heads.map { parameters[$0].description } }
}
