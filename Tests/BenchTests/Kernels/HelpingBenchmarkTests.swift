import Testing

@testable import Bench

/// If these fail, the table of helping threads shows other numbers than those that were measured.
@Suite struct HelpingBenchmarkTests {
  @Test("Sizes that helpers cannot help are left out; the others have a row per precision")
  func rows() throws {
    let plan = KernelBenchmark.Plan(sizes: [20, 63, 128], networks: [], rounds: 1, turn: 0)
    let result = try HelpingBenchmark.measured(plan, threads: 2)
    #expect(
      result.rows.map { "\($0.neurons) \($0.precision)" }
        == ["63 double", "128 double", "128 single"])
    #expect(result.rows.allSatisfy { $0.alone > 0 && $0.together > 0 })
  }

  @Test("The table shows microseconds, and how much faster all threads are")
  func table() {
    let benchmark = HelpingBenchmark(
      threads: 4,
      rows: [.init(neurons: 513, precision: "single", alone: 3e-5, together: 1e-5)])
    let lines = benchmark.table.split(separator: "\n")
    #expect(lines[0].contains("on 4 threads"))
    #expect(
      lines[2].split(separator: " ").map(String.init) == [
        "513", "single", "30.000", "10.000", "3.00",
      ])
  }
}
