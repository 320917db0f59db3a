import Experiment
import Parameters
import SweepPlan
import Testing

@testable import Report

@Suite struct TellingAxesTests {
  /// If this fails, a table shows rows that look the same, or columns that say nothing.
  @Test(
    arguments: [
      // The second axis follows from the first.
      ([[1, 10, 1], [2, 20, 1], [1, 10, 2], [2, 20, 2]], [0, 2]),
      // Each axis follows from the others, and none from a single one.
      ([[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]], [0, 1]),
      // Nothing follows.
      ([[1, 1, 1], [1, 2, 1], [2, 1, 1], [1, 1, 2]], [0, 1, 2]),
      // One row has nothing to be told from.
      ([[1, 10, 1]], [0, 1, 2]), ([], [0, 1, 2]),
    ])
  func firstAxesTell(rows: [[Int]], places: [Int]) {
    let telling = DistinguishingAxes(rows.map { $0.map(ParameterValue.integer) }, axes: 3)
    #expect(telling.places == places)
    #expect(Set(telling.following) == Set(0..<3).subtracting(places))
    #expect(telling(["a", "b", "c"]) == places.map { ["a", "b", "c"][$0] })
  }
}
