import Parameters
import SweepPlan

/// The axes that it takes to tell the rows of a table apart.
///
/// In a grid that pairs lists some axes follow from others, such as the training and the settings of
/// each model from the model. A table that people read, or a legend, does well without them.
struct DistinguishingAxes {
  /// The places of the telling axes, ascending; all of them where there is but one row.
  let places: [Int]
  /// The places of the axes that follow from these.
  let following: [Int]

  /// - Parameter rows: The values of each row on all axes. Of axes that follow from each other the
  ///   first one tells.
  init(_ rows: [[ParameterValue]], axes: Int) {
    let distinct = Set(rows)
    var telling = Array(0..<axes)
    if distinct.count > 1 {
      for axis in (0..<axes).reversed() {
        let rest = telling.filter { $0 != axis }
        let told = Set(distinct.map { row in rest.map { row[$0] } })
        if told.count == distinct.count { telling = rest }
      }
    }
    places = telling
    following = (0..<axes).filter { !telling.contains($0) }
  }

  /// Of each axis, what is said of the telling ones.
  func callAsFunction<Element>(_ values: [Element]) -> [Element] { places.map { values[$0] } }
}
