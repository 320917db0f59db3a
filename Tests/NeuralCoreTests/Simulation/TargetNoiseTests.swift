import Foundation
import NeuralCore
import Testing

/// If these fail, a study of noisy teachers asks for other noise than it says.
@Suite struct TargetNoiseTests {
  private static let constants = ModelConstants()

  /// Two silent notes of a hundred steps.
  private static func target(_ visible: Int) -> Target {
    let silent = [Bool](repeating: false, count: visible)
    return Target(pattern: Pattern(name: "silent", columns: [silent, silent]), stepsPerNote: 100)
  }

  /// What a cycle adds to the target [mV], shape `[step, neuron]`.
  private static func noise(
    _ noise: TargetNoise, _ target: Target, cycle: Int, seed: UInt64 = 1
  ) -> [Double] {
    let potential = noise.potential(of: target, cycle: cycle, seed: seed, constants: constants)
    return zip(potential, target.potential).map { $0 - $1 }
  }

  /// The mean over neurons and cycles of the product of two steps' noise [mV²].
  private static func covariance(
    _ cycles: [[Double]], _ visible: Int, _ first: Int, _ second: Int
  ) -> Double {
    let products = cycles.flatMap { noise in
      (0..<visible).map { noise[first * visible + $0] * noise[second * visible + $0] }
    }
    return products.reduce(0, +) / Double(products.count)
  }

  @Test(
    "Deviation and memory are as asked for, from the first step to the last",
    arguments: [(2.0, 5.0), (0.5, 1.0), (8.0, 20.0)])
  func statistics(deviation: Double, timeConstant: Double) {
    let visible = 400
    let target = Self.target(visible)
    let asked = TargetNoise(deviation: deviation, timeConstant: timeConstant)
    let cycles = (0..<10).map { Self.noise(asked, target, cycle: $0) }
    // 4000 draws: a variance is known to 2.2 %, a covariance to 1.6 % of it.
    for step in [0, 1, 20, 100, 199] {
      let variance = Self.covariance(cycles, visible, step, step) / (deviation * deviation)
      #expect(abs(variance - 1) < 0.11, "variance of step \(step)")
      let mean = cycles.reduce(0) { sum, noise in
        sum + (0..<visible).reduce(0) { $0 + noise[step * visible + $1] }
      }
      #expect(abs(mean / 4000) < deviation * 5 / 4000.0.squareRoot(), "mean of step \(step)")
    }
    for (first, lag) in [(0, 10), (0, 50), (100, 50), (50, 149)] {
      let expected = exp(-0.1 * Double(lag) / timeConstant)
      let correlation =
        Self.covariance(cycles, visible, first, first + lag) / (deviation * deviation)
      #expect(abs(correlation - expected) < 0.11, "from step \(first) to \(lag) later")
    }
  }

  @Test("Neurons have noise of their own")
  func independentNeurons() {
    let target = Self.target(2)
    let asked = TargetNoise(deviation: 1, timeConstant: 0.1)
    let products = (0..<20).flatMap { cycle -> [Double] in
      let noise = Self.noise(asked, target, cycle: cycle)
      return (0..<target.steps).map { noise[2 * $0] * noise[2 * $0 + 1] }
    }
    // 4000 products with hardly any memory.
    #expect(abs(products.reduce(0, +) / Double(products.count)) < 0.11)
  }

  @Test("A cycle has the same noise in every run, and no other cycle or seed has it")
  func draws() {
    let target = Self.target(3)
    let asked = TargetNoise(deviation: 2, timeConstant: 5)
    let first = Self.noise(asked, target, cycle: 7)
    #expect(Self.noise(asked, target, cycle: 7) == first)
    for cycle in [-1, 0, 6, 8] { #expect(Self.noise(asked, target, cycle: cycle) != first) }
    #expect(Self.noise(asked, target, cycle: 7, seed: 2) != first)
  }

  @Test("Noise of no deviation leaves the target as it is")
  func none() {
    let target = Self.target(3)
    let none = TargetNoise(deviation: 0, timeConstant: 5)
    #expect(
      none.potential(of: target, cycle: 1, seed: 1, constants: Self.constants)
        == target.potential)
  }

  @Test("Only nudged training is noisy: free tests and replay are what is scored")
  func whereItActs() throws {
    let example = KernelCase(visible: 3, latent: 6)
    let network = try example.network()
    let asked = TargetNoise(deviation: 4, timeConstant: 5)
    var schedule = TrainingSchedule()
    schedule.trainingCycles = 2
    schedule.testEvery = 2
    schedule.replayCycles = 2
    schedule.nudgedReplayCycles = 1
    schedule.targetNoise = asked
    let simulation = Simulation(
      network: network, targets: [example.target], learning: example.learning, schedule: schedule,
      constants: Self.constants, kernel: .reference, seed: 5)
    let plain = try example.start(.reference, from: network)
    var seen = 0
    try simulation.run { _ in
      .everything
    } observe: { cycle, record in
      var drive = CycleDrive(nudged: cycle.nudged)
      if cycle.phase == .training, cycle.nudged {
        drive.potential = asked.potential(
          of: example.target, cycle: cycle.number, seed: 5, constants: Self.constants)
      }
      #expect(record?.values == plain.rates(drive, neurons: 9), "\(cycle)")
      seen += 1
    }
    #expect(seen == 5)
  }
}
