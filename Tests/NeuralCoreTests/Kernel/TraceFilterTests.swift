import Testing

@testable import NeuralCore

/// If these fail, traces are not the running sums over earlier rates that learning needs, or reach a
/// pass over the weights in another order than it reads them.
@Suite struct TraceFilterTests {
  @Test("Every step takes what is left of the trace before it, and each pair has its record")
  func matchesRecurrence() {
    check(Double.self, within: 1e-15)
    check(Float.self, within: 1e-6)
  }

  private func check<Scalar: VectorScalar>(_ type: Scalar.Type, within bound: Scalar) {
    let constants = ModelConstants()
    let rates = (0..<8).map { Scalar(($0 * 5 + 3) % 8) / 8 }
    let latest = Scalar(0.25)
    let stride = 12
    var records = [Scalar](repeating: -1, count: 4 * stride)
    var traces = [Scalar](repeating: -1, count: 8)
    Scalar.advanceTraces(
      TraceFilter(constants), rates: rates, latest: latest, records: &records, stride: stride,
      traces: &traces)
    let leak = constants.leakConductance
    let coupling = constants.dendriteConductance
    let gain = Scalar(constants.timeStep * leak * coupling / (leak + coupling))
    var expected = [latest]
    for step in 0..<8 {
      expected.append(
        Scalar(1 - leak * constants.timeStep) * expected[step] + gain * rates[step])
      #expect(abs(traces[step] - expected[step + 1]) <= bound)
    }
    for pair in 0..<4 {
      let record = records[pair * stride..<pair * stride + 4]
      let before = pair == 0 ? latest : traces[2 * pair - 1]
      #expect(Array(record) == [before, traces[2 * pair], rates[2 * pair], rates[2 * pair + 1]])
      #expect(records[pair * stride + 4..<(pair + 1) * stride].allSatisfy { $0 == -1 })
    }
  }
}
