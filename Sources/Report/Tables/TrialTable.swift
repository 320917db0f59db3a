import Experiment
import Journal
import Parameters
import SweepPlan

extension SweepResults {
  /// `trials.csv`: a row per trial that has run, with its parameters, status, scores and resources.
  ///
  /// A parameter has a column if the model of some trial of the plan uses it.
  public var trialTable: String {
    var csv = CSV()
    let parameters = plan.knownParameters
    csv.append(
      TableReference.trialColumns.map(\.name) + parameters.map { Parameter.all[$0].key }
        + TableReference.endingColumns.map(\.name) + columns.map(\.key))
    for row in rows {
      guard let status = row.status else { continue }
      let trial = row.trial
      csv.append(
        [trial.id.description] + parameters.map { trial.parameters.values[$0].description }
          + [status.rawValue, row.reason ?? ""]
          + columns.map { column in row.score(column).map(column.text) ?? "" })
    }
    return csv.text
  }

  /// `costs.csv`: the rank, host and speed of each trial, in the order of `trials.csv`.
  public var costTable: String {
    var csv = CSV()
    csv.append(TableReference.costColumns.map(\.name))
    for row in rows {
      guard let cost = row.cost else { continue }
      let speed = cost.seconds > 0 ? Double(cost.steps) / cost.seconds : 0
      csv.append([
        row.id.description, "\(cost.rank)", cost.host, Timestamp.text(cost.start),
        Decimals.text(cost.seconds, 6), "\(cost.steps)", Decimals.text(speed, 0),
      ])
    }
    return csv.text
  }
}
