import LinearAlgebra
import NeuralCore
import SweepPlan

/// Measures the learning step of the kernels, and compares it with the matrix products alone.
public struct KernelBenchmark: Codable, Sendable {
  /// One kernel on one network.
  public struct Row: Codable, Sendable {
    public var neurons: Int
    public var network: BenchNetwork
    /// `double` or `single`.
    public var precision: String
    /// Time of one learning step of the kernel [s].
    public var step: Double
    /// Time of the two matrix products of a window, per step [s], with all synapses.
    public var products: Double
    /// Time of one learning step of the reference kernel [s].
    public var reference: Double
    /// The operations of the products over the time of a step, as a fraction of the machine's peak.
    public var fractionOfPeak: Double

    /// The time of a step over that of the products alone.
    public var ratio: Double { step / products }
  }

  /// The limits of one core.
  public var limits: MachineLimits

  /// The measurements.
  public var rows: [Row]

  /// The networks to measure, and the duration.
  public struct Plan: Sendable {
    public var sizes: [Int]
    public var networks: [BenchNetwork]
    public var rounds: Int
    /// [s]
    public var turn: Double

    /// Under a minute.
    public static let quick = Plan(
      sizes: [20, 63, 200, 513], networks: [.dense, .half], rounds: 5, turn: 0.01)
    /// All sizes, dense and sparse.
    public static let standard = Plan(
      sizes: [20, 31, 63, 64, 113, 200, 213, 513, 1_013, 2_000], networks: [.dense, .half],
      rounds: 10, turn: 0.02)
    /// All kinds of networks.
    public static let full = Plan(
      sizes: standard.sizes, networks: BenchNetwork.allCases, rounds: 20, turn: 0.02)
  }

  /// Steps of a window of the products.
  public static let windowSteps = 48

  /// Measures.
  ///
  /// - Parameter progress: Called before each measurement with its name.
  public static func measured(
    _ plan: Plan, progress: (String) -> Void = { _ in }
  ) throws -> KernelBenchmark {
    progress("limits of the machine")
    let limits = MachineLimits.measured(rounds: plan.rounds, turn: plan.turn)
    var rows: [Row] = []
    for neurons in plan.sizes {
      for network in plan.networks {
        progress("\(neurons) neurons, \(network.rawValue)")
        rows += try measured(neurons, network, plan, limits)
      }
    }
    return KernelBenchmark(limits: limits, rows: rows)
  }

  private static func measured(
    _ neurons: Int, _ kind: BenchNetwork, _ plan: Plan, _ limits: MachineLimits
  ) throws -> [Row] {
    let network = try kind.network(neurons: neurons)
    let target = BenchNetwork.target(notes: 4, stepsPerNote: windowSteps)
    let short = BenchNetwork.target(notes: 1, stepsPerNote: 3)
    func learning(_ choice: KernelChoice, _ target: Target) -> () -> Void {
      let kernel = choice.type.init(
        network: network, targets: [target], learning: kind.learning, constants: ModelConstants())
      let drive = CycleDrive(nudged: true)
      return {
        var none: RateRecord?
        try! kernel.runCycle(drive, recordingInto: &none)
      }
    }
    let doubles = WindowProducts<Double>(neurons: neurons, steps: windowSteps)
    let singles = WindowProducts<Float>(neurons: neurons, steps: windowSteps)
    let times = Contest.seconds(
      [
        learning(.windowedDouble, target), learning(.windowedSingle, target), doubles.run,
        singles.run, learning(.reference, short),
      ], rounds: plan.rounds, turn: plan.turn)
    func row(_ precision: String, _ index: Int, _ peak: Double) -> Row {
      let step = times[index] / Double(target.steps)
      return Row(
        neurons: neurons, network: kind, precision: precision, step: step,
        products: times[2 + index] / Double(windowSteps),
        reference: times[4] / Double(short.steps),
        fractionOfPeak: doubles.operations / Double(windowSteps) / step / peak)
    }
    return [row("double", 0, limits.doublePeak), row("single", 1, limits.singlePeak)]
  }
}

extension KernelBenchmark {
  /// The measurements as text.
  public var table: String {
    let gigabytes = limits.bandwidths.map { bandwidth in
      let size =
        bandwidth.bytes < 1 << 20 ? "\(bandwidth.bytes >> 10) KiB" : "\(bandwidth.bytes >> 20) MiB"
      return "\(size) \(Decimals.text(bandwidth.bytesPerSecond / 1e9, 1))"
    }
    let lines = rows.map { row in
      [
        "\(row.neurons)", row.network.rawValue, row.precision, Decimals.text(1e6 * row.step, 3),
        Decimals.text(1e6 * row.products, 3), Decimals.text(row.ratio, 2),
        Decimals.text(100 * row.fractionOfPeak, 0), Decimals.text(row.reference / row.step, 0),
      ]
    }
    return """
      One core: \(Decimals.text(limits.doublePeak / 1e9, 1)) GFLOP/s in double, \
      \(Decimals.text(limits.singlePeak / 1e9, 1)) in single precision
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

  static func aligned(_ lines: [[String]]) -> String {
    let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { line in
      zip(line, widths).map { String(repeating: " ", count: $1 - $0.count) + $0 }
        .joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
