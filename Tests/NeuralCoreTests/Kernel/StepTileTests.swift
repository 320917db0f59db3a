import Testing

@testable import NeuralCore

/// If these fail, rates reach another neuron or another step.
@Suite struct StepTileTests {
  @Test("Rows become columns, wherever they lie")
  func transposed() {
    check(Double.self)
    check(Float.self)
  }

  private func check<Scalar: VectorScalar>(_ type: Scalar.Type) {
    for (offset, from, to) in [(0, 8, 8), (1, 9, 8), (3, 17, 24)] {
      let source = (0..<offset + 8 * from).map { Scalar($0) }
      var target = [Scalar](repeating: -1, count: 8 * to)
      source.withUnsafeBufferPointer { source in
        StepTile(source.baseAddress! + offset, stride: from).transposed.store(&target, stride: to)
      }
      for row in 0..<8 {
        for column in 0..<to {
          let expected = column < 8 ? source[offset + column * from + row] : -1
          #expect(target[row * to + column] == expected)
        }
      }
    }
  }

  @Test("Every row takes what is left of the row before it")
  func filtered() {
    checkFilter(Double.self)
    checkFilter(Float.self)
  }

  private func checkFilter<Scalar: VectorScalar>(_ type: Scalar.Type) {
    let rows = (0..<64).map { Scalar($0 % 7) }
    let latest = (0..<8).map { Scalar($0) }
    var found = [Scalar](repeating: -1, count: 64)
    StepTile(rows, stride: 8).filtered(from: latest, gain: 0.5, decay: 0.25)
      .store(&found, stride: 8)
    var expected = latest
    for step in 0..<8 {
      for lane in 0..<8 {
        expected[lane] = 0.5 * rows[8 * step + lane] + 0.25 * expected[lane]
        #expect(found[8 * step + lane] == expected[lane])
      }
    }
  }
}
