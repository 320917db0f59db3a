import Parameters

/// The axes that distinguish the rows of a table.
///
/// In a grid that pairs lists some axes follow from others, such as the settings of each model from
/// the model. Legends and tables for people leave these out.
struct DistinguishingAxes {
  /// The indices of the distinguishing axes, ascending; all of them if there is one row.
  let indices: [Int]
  let following: [Int]

  /// - Parameter rows: The values of each row on all axes. Of axes that follow from each other, the
  ///   first one distinguishes.
  init(_ rows: [[ParameterValue]], axes: Int) {
    let distinct = Set(rows)
    var distinguishing = Array(0..<axes)
    if distinct.count > 1 {
      for axis in (0..<axes).reversed() {
        let rest = distinguishing.filter { $0 != axis }
        let projected = Set(distinct.map { row in rest.map { row[$0] } })
        if projected.count == distinct.count { distinguishing = rest }
      }
    }
    indices = distinguishing
    following = (0..<axes).filter { !distinguishing.contains($0) }
  }

  /// The values of the distinguishing axes, from values of all axes.
  func callAsFunction<Element>(_ values: [Element]) -> [Element] { indices.map { values[$0] } }
}
