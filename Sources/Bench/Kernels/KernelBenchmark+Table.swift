extension KernelBenchmark {
  /// The measurements as text.
  public var table: String {
    let gigabytes = limits.bandwidths.map { bandwidth in
      let size =
        bandwidth.bytes < 1 << 20 ? "\(bandwidth.bytes >> 10) KiB" : "\(bandwidth.bytes >> 20) MiB"
      return "\(size) \(Self.text(bandwidth.bytesPerSecond / 1e9, 1))"
    }
    let lines = rows.map { row in
      [
        "\(row.neurons)", row.network.rawValue, row.precision, Self.text(1e6 * row.step, 3),
        Self.text(1e6 * row.products, 3), Self.text(row.ratio, 2),
        Self.text(100 * row.fractionOfPeak, 0), Self.text(row.reference / row.step, 0),
      ]
    }
    return """
      One core: \(Self.text(limits.doublePeak / 1e9, 1)) GFLOP/s in double, \
      \(Self.text(limits.singlePeak / 1e9, 1)) in single precision
      Reads [GB/s]: \(gigabytes.joined(separator: ", "))

      A learning step of the windowed kernel, beside the two matrix products of a window of \
      \(Self.windowSteps) steps:

      \(Self.aligned([Self.headings] + lines))

      Products: the library's matrix products alone, all synapses, per step. Peak: their operations
      in the time of a step, as a fraction of the core's. Gain: against the reference kernel.
      """
  }

  private static let headings = [
    "neurons", "network", "precision", "step us", "products us", "ratio", "peak %", "gain",
  ]

  private static func aligned(_ lines: [[String]]) -> String {
    let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { line in
      zip(line, widths).map { String(repeating: " ", count: $1 - $0.count) + $0 }
        .joined(separator: "  ")
    }.joined(separator: "\n")
  }

  /// A number with a number of decimals.
  static func text(_ value: Double, _ decimals: Int) -> String {
    let scale = (0..<decimals).reduce(1) { value, _ in 10 * value }
    let units = Int((value * Double(scale)).rounded())
    guard decimals > 0 else { return "\(units)" }
    let fraction = "\(units % scale)"
    return "\(units / scale)." + String(repeating: "0", count: decimals - fraction.count) + fraction
  }
}
