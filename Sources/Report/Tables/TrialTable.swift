import Parameters
import SweepPlan

extension SweepResults {
  /// `trials.csv`: a row per trial that has run, with its parameters, status, scores and resources.
  ///
  /// A parameter has a column if the model of some trial of the plan uses it.
  public var trialTable: String {
    let parameters = plan.knownParameters
    let keys = parameters.map { Parameter.all[$0].key }
    let head =
      TableReference.trialColumns.map(\.name) + keys
      + TableReference.endingColumns.map(\.name) + columns.map(\.key)
    return CSV.text(
      head,
      rows.lazy.compactMap { [columns] row -> [String]? in
        guard let status = row.status else { return nil }
        let trial = row.trial
        return [trial.id.description]
          + CSV.fields(parameters.map { trial.parameters.values[$0] }, of: keys)
          + [status.rawValue, row.reason ?? ""]
          + columns.map { column in row.score(column).map(column.text) ?? "" }
      })
  }

  /// `costs.csv`: the rank, host and speed of each trial, in the order of `trials.csv`.
  public var costTable: String {
    CSV.text(
      TableReference.costColumns.map(\.name),
      rows.lazy.compactMap { row -> [String]? in
        guard let cost = row.cost else { return nil }
        let speed = cost.seconds > 0 ? Double(cost.steps) / cost.seconds : 0
        return [
          row.id.description, "\(cost.rank)", cost.host, Timestamp.text(cost.start),
          Decimals.text(cost.seconds, 6),
          Decimals.text(cost.coreSeconds ?? cost.seconds, 6), "\(cost.steps)",
          Decimals.text(speed, 0),
        ]
      })
  }
}
