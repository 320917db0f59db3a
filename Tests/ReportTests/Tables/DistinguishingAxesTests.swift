import Experiment
import Parameters
import SweepPlan
import Testing

@testable import Report

@Suite struct DistinguishingAxesTests {
  /// If this fails, a table shows rows that look the same, or columns that distinguish nothing.
  @Test(
    arguments: [
      // The second axis follows from the first.
      ([[1, 10, 1], [2, 20, 1], [1, 10, 2], [2, 20, 2]], [0, 2]),
      // Each axis follows from the others, and none from a single one.
      ([[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]], [0, 1]),
      // Nothing follows.
      ([[1, 1, 1], [1, 2, 1], [2, 1, 1], [1, 1, 2]], [0, 1, 2]),
      // One row needs no distinction.
      ([[1, 10, 1]], [0, 1, 2]), ([], [0, 1, 2]),
    ])
  func firstAxesDistinguish(rows: [[Int]], indices: [Int]) {
    let axes = DistinguishingAxes(rows.map { $0.map(ParameterValue.integer) }, axes: 3)
    #expect(axes.indices == indices)
    #expect(Set(axes.following) == Set(0..<3).subtracting(indices))
    #expect(axes(["a", "b", "c"]) == indices.map { ["a", "b", "c"][$0] })
  }

  /// If this fails, tables of a search lack the size of the networks, because each size has other lengths.
  @Test func searchedAxesDistinguishNoOthers() {
    let rows = [[1, 10, 4], [1, 10, 8], [2, 20, 12], [2, 20, 16]].map {
      $0.map(ParameterValue.integer)
    }
    #expect(DistinguishingAxes(rows, axes: 3).indices == [2])
    #expect(DistinguishingAxes(rows, axes: 3, searched: 2).indices == [0, 2])
    #expect(DistinguishingAxes(rows, axes: 3, searched: 2).following == [1])
  }
}
