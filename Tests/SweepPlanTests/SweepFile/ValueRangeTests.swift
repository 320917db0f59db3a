import Testing

@testable import SweepPlan

@Suite("A range gives the numbers that a person would write down")
struct ValueRangeTests {
  @Test("Steps do not drift, and a range includes its ends if steps reach them")
  func steps() {
    let tenths = ValueRange.reals(from: 0, to: 1, step: 0.1)
    #expect(tenths.count == 11)
    #expect(tenths.values() == [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1])
    #expect(ValueRange.reals(from: 0.1, to: 0.3, step: 0.1).values() == [0.1, 0.2, 0.3])
    #expect(
      ValueRange.reals(from: -0.3, to: 0.3, step: 0.1).values() == [
        -0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3,
      ])
    #expect(ValueRange.reals(from: 0, to: 1, step: 0.3).values() == [0, 0.3, 0.6, 0.9])
    #expect(ValueRange.reals(from: 1, to: 1, step: 0.5).values() == [1])
    #expect(
      ValueRange.reals(from: 1e-5, to: 5e-5, step: 1e-5).values() == [1e-5, 2e-5, 3e-5, 4e-5, 5e-5])
  }

  @Test("Every multiple of every short step is the decimal itself", arguments: 1...9)
  func exact(digit: Int) {
    for decimals in 1...6 {
      var scale = 1.0
      for _ in 0..<decimals { scale *= 10 }
      let step = Double(digit) / scale
      let range = ValueRange.reals(from: 0, to: Double(digit * 1000) / scale, step: step)
      #expect(range.values() == (0...1000).map { Double(digit * $0) / scale })
    }
  }

  @Test("Integers stay integers up to the largest one")
  func integers() {
    #expect(ValueRange.integers(from: 1, to: 10, step: 4).integers() == [1, 5, 9])
    let top = ValueRange.integers(from: .max - 2, to: .max, step: 2)
    #expect(top.count == 2)
    #expect(top.integers() == [.max - 2, .max])
  }

  @Test("Points divide evenly, or by even ratios, between exact ends")
  func points() {
    func values(_ from: Double, _ to: Double, _ count: Int, log: Bool) -> [Double] {
      ValueRange.points(from: from, to: to, count: count, logarithmic: log).values()
    }
    #expect(values(0, 1, 5, log: false) == [0, 0.25, 0.5, 0.75, 1])
    #expect(values(0, 1, 11, log: false)[3] == 0.3)
    #expect(values(1e-4, 1, 5, log: true) == [1e-4, 1e-3, 1e-2, 1e-1, 1])
    #expect(values(1, 1024, 11, log: true) == (0...10).map { Double(1 << $0) })
    #expect(values(3, 3, 2, log: true) == [3, 3])
    #expect(values(-1.7e308, 1.7e308, 3, log: false) == [-1.7e308, 0, 1.7e308])
  }

  @Test("Counting does not expand, and what no number can count is nil")
  func counts() {
    #expect(ValueRange.reals(from: 0, to: 1e12, step: 1).count == 1_000_000_000_001)
    #expect(ValueRange.reals(from: 0, to: 1, step: .leastNonzeroMagnitude).count == nil)
    #expect(ValueRange.reals(from: -1.7e308, to: 1.7e308, step: 1).count == nil)
    #expect(ValueRange.integers(from: 0, to: .max, step: 1).count == nil)
    #expect(ValueRange.integers(from: 1, to: .max, step: 1).count == .max)
    #expect(ValueRange.integers(from: -2, to: .max, step: 1).count == nil)
  }

  @Test("A number without a short decimal nearby stays as it is")
  func shortestDecimals() {
    #expect(shortestDecimal(near: 0.1 + 0.2, within: 1e-16) == 0.3)
    #expect(shortestDecimal(near: 1.0 / 3, within: 1e-17) == 1.0 / 3)
    #expect(shortestDecimal(near: 1e-20, within: 1e-16) == 0)
    #expect(shortestDecimal(near: 1e300, within: 1e280) == 1e300)
    #expect(shortestDecimal(near: -2.5000000000000004, within: 1e-15) == -2.5)
  }
}
