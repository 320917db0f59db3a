import Journal
import SweepPlan

/// The precision that a row's networks were computed in: a column at the end of every table, unless the
/// grid varies it and it is an axis already. The default may change one day, and old tables stay.
struct StatedPrecision {
  private static let key = "precision"

  /// The head of the column; none where it is an axis.
  let heads: [String]

  init(_ plan: Plan) {
    heads = plan.axes.contains { $0.key == Self.key } ? [] : [Self.key]
  }

  /// The field of a row whose trials have these parameters.
  func fields(_ parameters: ParameterSet) -> [String] { heads.map { parameters[$0].description } }
}
