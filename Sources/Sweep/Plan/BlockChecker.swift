/// Finds the trials of a block whose values, each allowed for itself, contradict each other.
///
/// A rule is tried on the combinations of the axes that it speaks of, and not on every trial.
struct BlockChecker {
  private let block: GridBlock
  private var failing: [Failing] = []

  /// The combinations that break a rule.
  private struct Failing {
    var check: CrossCheck
    var axes: [Int]
    var isBroken: [Bool]
  }

  init(_ block: GridBlock) {
    self.block = block
    for check in CrossCheck.all {
      let parameters = check.keys.map { Parameter.index[$0]! }
      let axes = Set(parameters.compactMap { block.column(of: $0)?.axis }).sorted()
      var odometer = Odometer(axes.map { block.axes[$0].count })
      let isBroken = (0..<odometer.counts.reduce(1, *)).map { _ in
        defer { odometer.advance() }
        let values = parameters.map { parameter in
          guard let (axis, column) = block.column(of: parameter) else {
            return block.base[parameter]
          }
          let row = odometer.rows[axes.firstIndex(of: axis)!]
          return block.axes[axis].columns[column][row]
        }
        return !check.holds(values)
      }
      if isBroken.contains(true) {
        failing.append(Failing(check: check, axes: axes, isBroken: isBroken))
      }
    }
  }

  /// Refuses the trial with these rows if it breaks a rule.
  ///
  /// - Throws: ``SweepFileError``, at the first of the rule's keys that is written anywhere.
  func check(_ rows: [Int]) throws {
    for failing in failing {
      let index = failing.axes.reduce(0) { $0 * block.axes[$1].count + rows[$1] }
      guard failing.isBroken[index] else { continue }
      let values = block.values(at: rows)
      let parameters = failing.check.keys.map { Parameter.index[$0]! }
      throw SweepFileError(
        parameters.compactMap { block.places[$0] }.first ?? block.place,
        .parameter(.conflict(failing.check, values: parameters.map { values[$0] })))
    }
  }
}
