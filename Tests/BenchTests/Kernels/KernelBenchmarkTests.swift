import LinearAlgebra
import Testing

@testable import Bench

/// If these fail, the benchmark compares other work than it says, or prints other numbers than it
/// measured.
@Suite struct KernelBenchmarkTests {
  @Test("Every size and network has a row per precision, with its fraction of the peak")
  func rows() throws {
    let plan = KernelBenchmark.Plan(
      sizes: [20, 31], networks: BenchNetwork.allCases, rounds: 1, turn: 0)
    var seen: [String] = []
    let result = try KernelBenchmark.measured(plan) { seen.append($0) }
    #expect(seen.count == 1 + 2 * BenchNetwork.allCases.count)
    let expected = plan.sizes.flatMap { size in
      plan.networks.flatMap { ["\(size) \($0) double", "\(size) \($0) single"] }
    }
    #expect(result.rows.map { "\($0.neurons) \($0.network) \($0.precision)" } == expected)
    for row in result.rows {
      // The peak is that of the products, which do 4 n² operations per step.
      let peak = row.precision == "double" ? result.limits.doublePeak : result.limits.singlePeak
      let operations = 4 * Double(row.neurons * row.neurons)
      #expect(abs(row.fractionOfPeak * row.step * peak / operations - 1) < 1e-9)
    }
    #expect(result.limits.bandwidths.map(\.bytes) == MachineLimits.workingSets)
    #expect(result.limits.bandwidths.allSatisfy { $0.bytesPerSecond > 0 })
    let lines = result.table.split(separator: "\n")
    #expect(lines.count(where: { $0.contains("innervation") }) == 4)
  }

  @Test("The table shows the measured numbers in the named units")
  func table() {
    let benchmark = KernelBenchmark(
      limits: MachineLimits(
        doublePeak: 8e10, singlePeak: 1.6e11,
        bandwidths: [
          .init(bytes: 16 << 10, bytesPerSecond: 1.5e11),
          .init(bytes: 4 << 20, bytesPerSecond: 2e10),
        ]),
      rows: [
        .init(
          neurons: 513, network: .somaOnly, precision: "single", step: 3e-5, products: 2e-5,
          reference: 6e-4, fractionOfPeak: 0.42)
      ])
    let lines = benchmark.table.split(separator: "\n")
    #expect(lines[0] == "One core: 80.0 GFLOP/s in double, 160.0 in single precision")
    #expect(lines[1] == "Reads [GB/s]: 16 KiB 150.0, 4 MiB 20.0")
    #expect(
      lines[4].split(separator: " ").map(String.init)
        == ["513", "soma_only", "single", "30.000", "20.000", "1.50", "42", "20"])
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
