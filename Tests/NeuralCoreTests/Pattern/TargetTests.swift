import Foundation
import NeuralCore
import Testing

/// If these fail, the teacher asks for other potentials than the paper's, and every network learns
/// something else.
@Suite struct TargetTests {
  /// The elevation at steps of the middle of three notes: `s(0.7 + exponent)`, nil for none.
  struct Row: CustomTestStringConvertible {
    var notes: [Int]
    var step: Int
    var exponent: Double?

    init(_ notes: [Int], _ step: Int, _ exponent: Double?) {
      self.notes = notes
      self.step = step
      self.exponent = exponent
    }

    var testDescription: String { "notes \(notes), step \(step)" }
  }

  /// Notes of 10 ms. A third ends between steps 33 and 34, two thirds between 66 and 67; the middle
  /// is step 50.
  static let evenLength = [
    Row([0, 0, 0], 0, nil), Row([0, 0, 0], 99, nil),
    Row([1, 0, 0], 0, 0), Row([1, 0, 0], 20, -2), Row([1, 0, 0], 33, -3.3),
    Row([1, 0, 0], 34, nil), Row([1, 0, 0], 99, nil),
    Row([0, 0, 1], 0, nil), Row([0, 0, 1], 66, nil), Row([0, 0, 1], 67, -3.3),
    Row([0, 0, 1], 99, -0.1),
    Row([1, 0, 1], 0, 0), Row([1, 0, 1], 33, -3.3), Row([1, 0, 1], 34, nil),
    Row([1, 0, 1], 66, nil), Row([1, 0, 1], 67, -3.3), Row([1, 0, 1], 99, -0.1),
    Row([0, 1, 0], 0, 0), Row([0, 1, 0], 49, 4.9), Row([0, 1, 0], 50, 5),
    Row([0, 1, 0], 51, 4.9), Row([0, 1, 0], 99, 0.1),
    Row([0, 1, 1], 0, 0), Row([0, 1, 1], 50, 5), Row([0, 1, 1], 66, 6.6),
    Row([0, 1, 1], 67, 10), Row([0, 1, 1], 99, 10),
    Row([1, 1, 0], 0, 10), Row([1, 1, 0], 33, 10), Row([1, 1, 0], 34, 6.6),
    Row([1, 1, 0], 99, 0.1),
    Row([1, 1, 1], 0, 10), Row([1, 1, 1], 50, 10), Row([1, 1, 1], 99, 10),
  ]

  /// Notes of 9.9 ms: thirds end exactly at steps 33 and 66, the middle lies between 49 and 50.
  static let oddLength = [
    Row([1, 0, 0], 33, -3.3), Row([1, 0, 0], 34, nil),
    Row([0, 0, 1], 65, nil), Row([0, 0, 1], 66, -3.3), Row([0, 0, 1], 98, -0.1),
    Row([1, 0, 1], 33, -3.3), Row([1, 0, 1], 34, nil), Row([1, 0, 1], 66, -3.3),
    Row([0, 1, 0], 49, 4.9), Row([0, 1, 0], 50, 4.9), Row([0, 1, 0], 98, 0.1),
    Row([0, 1, 1], 66, 6.6), Row([0, 1, 1], 67, 10),
    Row([1, 1, 0], 32, 10), Row([1, 1, 0], 33, 6.6), Row([1, 1, 0], 98, 0.1),
    Row([1, 1, 1], 98, 10), Row([0, 0, 0], 50, nil),
  ]

  @Test("A note of 100 steps", arguments: evenLength)
  func hundredSteps(row: Row) { check(row, stepsPerNote: 100) }

  @Test("A note of 99 steps", arguments: oddLength)
  func ninetyNineSteps(row: Row) { check(row, stepsPerNote: 99) }

  private func check(_ row: Row, stepsPerNote: Int) {
    let pattern = Pattern(name: "", columns: row.notes.map { [$0 == 1] })
    let target = Target(pattern: pattern, stepsPerNote: stepsPerNote)
    let found = target.potential[stepsPerNote + row.step]
    let expected = row.exponent.map { -70 + 20 / (1 + exp(-(0.7 + $0))) } ?? -70
    #expect(abs(found - expected) < 1e-12, "\(found) instead of \(expected)")
  }

  @Test("The notes before the first and after the last are those of the next round")
  func cyclic() {
    func target(_ notes: [Bool]) -> [Double] {
      Target(pattern: Pattern(name: "", columns: notes.map { [$0] }), stepsPerNote: 100).potential
    }
    let once = target([true, false, false, false])
    let turned = target([false, false, false, true])
    #expect(Array(once[100...] + once[..<100]) == turned)
    #expect(once[399] > -70 + 9, "rises into the next round")
    #expect(turned[0] > -70 + 9, "falls from the round before")
    #expect(target([true]).allSatisfy { $0 == target([true, true])[7] }, "sounds on")
  }

  @Test("Neurons do not mix, and every step has them all")
  func layout() {
    let columns = [[true, false, false], [false, true, false]]
    let target = Target(pattern: Pattern(name: "", columns: columns), stepsPerNote: 5)
    #expect(target.steps == 10 && target.visible == 3 && target.potential.count == 30)
    for step in 0..<10 {
      let turned = (step + 5) % 10
      #expect(target.potential[step * 3] == target.potential[turned * 3 + 1])
      #expect(target.potential[step * 3 + 2] == -70)
    }
  }

  @Test("Time step and leak potential are the model's")
  func constants() {
    var constants = ModelConstants()
    constants.timeStep = 0.2
    constants.leakPotential = -60
    let pattern = Pattern(name: "", columns: [[true], [false]])
    let target = Target(pattern: pattern, stepsPerNote: 50, constants: constants)
    #expect(abs(target.potential[10] - (-60 + 20 / (1 + exp(-2.7)))) < 1e-12)
    #expect(target.potential[75] == -60)
  }
}
