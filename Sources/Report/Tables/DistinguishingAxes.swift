import Parameters

/// The axes that distinguish the rows of a table.
///
/// In a grid that pairs lists some axes follow from others, such as the settings of each model from
/// the model. Legends and tables for people leave these out.
struct DistinguishingAxes {
  /// The indices of the distinguishing axes, ascending; all of them if there is one row.
  let indices: [Int]
  let following: [Int]

  /// - Parameters:
  ///   - rows: The values of each row on all axes. Of axes that follow from each other, the first one
  ///     distinguishes.
  ///   - searched: The axis that searches run along. It distinguishes, and no other axis follows from it,
  ///     because outcomes choose its values.
  init(_ rows: [[ParameterValue]], axes: Int, searched: Int? = nil) {
    let others = (0..<axes).filter { $0 != searched }
    let distinct = Set(rows.map { row in others.map { row[$0] } })
    var distinguishing = Array(others.indices)
    if distinct.count > 1 {
      for axis in others.indices.reversed() {
        let rest = distinguishing.filter { $0 != axis }
        let projected = Set(distinct.map { row in rest.map { row[$0] } })
        if projected.count == distinct.count { distinguishing = rest }
      }
    }
    let indices = (distinguishing.map { others[$0] } + [searched].compactMap(\.self)).sorted()
    self.indices = indices
    following = (0..<axes).filter { !indices.contains($0) }
  }

  /// The values of the distinguishing axes, from values of all axes.
  func callAsFunction<Element>(_ values: [Element]) -> [Element] { indices.map { values[$0] } }
}
