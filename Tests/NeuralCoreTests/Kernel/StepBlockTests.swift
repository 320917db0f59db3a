import Testing

@testable import NeuralCore

/// If these fail, rates reach another neuron or another step.
@Suite struct StepTileTests {
  @Test("Rows become columns at any alignment and stride")
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
}
