import NeuralCore
import Runner
import SweepPlan

/// Measures how much faster some threads compute a network together than one thread alone.
public struct HelpingBenchmark: Codable, Sendable {
  /// One size of network.
  public struct Row: Codable, Sendable {
    public var neurons: Int
    /// `double` or `single`.
    public var precision: String
    /// Time of one learning step on one thread [s].
    public var alone: Double
    /// Time of one learning step on all threads [s].
    public var together: Double

    /// How much faster all threads are.
    public var speed: Double { alone / together }
  }

  /// The number of threads that compute together.
  public var threads: Int

  /// The measurements.
  public var rows: [Row]

  /// Measures dense networks, each in turns alone and with helpers.
  ///
  /// - Parameters:
  ///   - plan: Sizes and duration.
  ///   - threads: The number of threads; at least 2.
  ///   - progress: Called before each measurement with its name.
  public static func measured(
    _ plan: KernelBenchmark.Plan, threads: Int, progress: (String) -> Void = { _ in }
  ) throws -> HelpingBenchmark {
    let helping = HelpingThreads(threads - 1)
    helping.team.isTested = false
    let target = BenchNetwork.target(notes: 20, stepsPerNote: 125)
    var rows: [Row] = []
    for neurons in plan.sizes {
      let network = try BenchNetwork.dense.network(neurons: neurons)
      for (precision, kernel, mostHelpers) in [
        ("double", KernelChoice.windowedDouble, WindowedKernel<Double>.mostHelpers(neurons)),
        ("single", .windowedSingle, WindowedKernel<Float>.mostHelpers(neurons)),
      ] where mostHelpers > 0 {
        progress("\(neurons) neurons, \(precision), \(threads) threads")
        func cycle(_ team: WindowTeam?) -> () -> Void {
          let kernel = kernel.type.init(
            network: network, targets: [target], learning: LearningRule(),
            constants: ModelConstants())
          var drive = CycleDrive(nudged: true)
          drive.control.team = team
          return {
            var none: RateRecord?
            try! kernel.runCycle(drive, recordingInto: &none)
          }
        }
        let times = Contest.seconds(
          [cycle(nil), cycle(helping.team)], rounds: plan.rounds, turn: 10 * plan.turn)
        rows.append(
          Row(
            neurons: neurons, precision: precision, alone: times[0] / Double(target.steps),
            together: times[1] / Double(target.steps)))
      }
    }
    return HelpingBenchmark(threads: threads, rows: rows)
  }

  /// The measurements as text.
  public var table: String {
    let lines = rows.map { row in
      [
        "\(row.neurons)", row.precision, Decimals.text(1e6 * row.alone, 3),
        Decimals.text(1e6 * row.together, 3), Decimals.text(row.speed, 2),
      ]
    }
    return """
      A learning step on one thread, and on \(threads) threads that compute the network together:

      \(KernelBenchmark.aligned([["neurons", "precision", "alone us", "together us", "speed"]] + lines))
      """
  }
}
