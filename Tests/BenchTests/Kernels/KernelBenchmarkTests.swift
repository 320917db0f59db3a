import LinearAlgebra
import Testing

@testable import Bench

/// If these fail, the benchmark compares other work than it says, or prints other numbers than it
/// measured.
@Suite struct KernelBenchmarkTests {
  @Test("Every size and network has a row per precision, with numbers that make sense")
  func rows() throws {
    let plan = KernelBenchmark.Plan(
      sizes: [20, 31], networks: BenchNetwork.allCases, rounds: 1, turn: 0)
    var seen: [String] = []
    let result = try KernelBenchmark.measured(plan) { seen.append($0) }
    #expect(seen.count == 1 + 2 * BenchNetwork.allCases.count)
    #expect(result.rows.count == 4 * BenchNetwork.allCases.count)
    #expect(Set(result.rows.map(\.precision)) == ["double", "single"])
    for row in result.rows {
      #expect(row.step > 0 && row.products > 0 && row.reference > 0 && row.fractionOfPeak > 0)
    }
    #expect(result.limits.bandwidths.map(\.bytes) == MachineLimits.workingSets)
    #expect(result.limits.bandwidths.allSatisfy { $0.bytesPerSecond > 0 })
    let lines = result.table.split(separator: "\n")
    #expect(lines.count(where: { $0.contains("innervation") }) == 4)
  }

  @Test(
    "Numbers are written with their decimals",
    arguments: [
      (0.0, 2, "0.00"), (1.005, 1, "1.0"), (0.0625, 3, "0.063"), (12.96, 1, "13.0"),
      (99.6, 0, "100"),
    ])
  func decimals(value: Double, decimals: Int, text: String) {
    #expect(KernelBenchmark.text(value, decimals) == text)
  }

  @Test("The products are those that are named")
  func products() {
    check(Double.self)
    check(Float.self)
  }

  private func check<Scalar: WindowProductScalar>(_ type: Scalar.Type) {
    let products = WindowProducts<Scalar>(neurons: 20, steps: 48)
    #expect(products.operations == 4 * 20 * 20 * 48)
    products.run()
    #expect(products.result.input == 20 * 0.5 * 0.25)
    #expect(products.result.weight == 0.5 + 48 * 0.125 * 0x1p-20)
  }
}
