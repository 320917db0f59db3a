import Foundation
import NeuralCore
import Testing

/// If these fail, the target potentials differ from the paper's, and every network learns another
/// target.
@Suite struct TargetTests {
  /// The elevation at steps of the middle of three notes: `s(0.7 + exponent)`, nil for none.
  struct Row: CustomTestStringConvertible {
    var notes: [Int]
    var step: Int
    var exponent: Double?

    init(_ notes: [Int], _ step: Int, _ exponent: Double?) {
      self.notes = notes
      self.step = step
      self.exponent = exponent
    }

    var testDescription: String { "notes \(notes), step \(step)" }
  }

  /// Notes of 10 ms. A third ends between steps 33 and 34, two thirds between 66 and 67; the middle
  /// is step 50.
  static let evenLength = [
    Row([0, 0, 0], 0, nil), Row([0, 0, 0], 99, nil),
    Row([1, 0, 0], 0, 0), Row([1, 0, 0], 20, -2), Row([1, 0, 0], 33, -3.3),
    Row([1, 0, 0], 34, nil), Row([1, 0, 0], 99, nil),
    Row([0, 0, 1], 0, nil), Row([0, 0, 1], 66, nil), Row([0, 0, 1], 67, -3.3),
    Row([0, 0, 1], 99, -0.1),
    Row([1, 0, 1], 0, 0), Row([1, 0, 1], 33, -3.3), Row([1, 0, 1], 34, nil),
    Row([1, 0, 1], 66, nil), Row([1, 0, 1], 67, -3.3), Row([1, 0, 1], 99, -0.1),
    Row([0, 1, 0], 0, 0), Row([0, 1, 0], 49, 4.9), Row([0, 1, 0], 50, 5),
    Row([0, 1, 0], 51, 4.9), Row([0, 1, 0], 99, 0.1),
    Row([0, 1, 1], 0, 0), Row([0, 1, 1], 50, 5), Row([0, 1, 1], 66, 6.6),
    Row([0, 1, 1], 67, 10), Row([0, 1, 1], 99, 10),
    Row([1, 1, 0], 0, 10), Row([1, 1, 0], 33, 10), Row([1, 1, 0], 34, 6.6),
    Row([1, 1, 0], 99, 0.1),
    Row([1, 1, 1], 0, 10), Row([1, 1, 1], 50, 10), Row([1, 1, 1], 99, 10),
  ]

  /// Notes of 9.9 ms: thirds end exactly at steps 33 and 66, the middle lies between 49 and 50.
  static let oddLength = [
    Row([1, 0, 0], 33, -3.3), Row([1, 0, 0], 34, nil),
    Row([0, 0, 1], 65, nil), Row([0, 0, 1], 66, -3.3), Row([0, 0, 1], 98, -0.1),
    Row([1, 0, 1], 33, -3.3), Row([1, 0, 1], 34, nil), Row([1, 0, 1], 66, -3.3),
    Row([0, 1, 0], 49, 4.9), Row([0, 1, 0], 50, 4.9), Row([0, 1, 0], 98, 0.1),
    Row([0, 1, 1], 66, 6.6), Row([0, 1, 1], 67, 10),
    Row([1, 1, 0], 32, 10), Row([1, 1, 0], 33, 6.6), Row([1, 1, 0], 98, 0.1),
    Row([1, 1, 1], 98, 10), Row([0, 0, 0], 50, nil),
  ]

  @Test("A note of 100 steps", arguments: evenLength)
  func hundredSteps(row: Row) { check(row, stepsPerNote: 100) }

  @Test("A note of 99 steps", arguments: oddLength)
  func ninetyNineSteps(row: Row) { check(row, stepsPerNote: 99) }

  private func check(_ row: Row, stepsPerNote: Int) {
    let pattern = Pattern(name: "", columns: row.notes.map { [$0 == 1] })
    let target = Target(pattern: pattern, stepsPerNote: stepsPerNote)
    let found = target.potential[stepsPerNote + row.step]
    let expected = row.exponent.map { -70 + 20 / (1 + exp(-(0.7 + $0))) } ?? -70
    #expect(abs(found - expected) < 1e-12, "\(found) instead of \(expected)")
  }

  @Test("The notes before the first and after the last are those of the next round")
  func cyclic() {
    func target(_ notes: [Bool]) -> [Double] {
      Target(pattern: Pattern(name: "", columns: notes.map { [$0] }), stepsPerNote: 100).potential
    }
    let once = target([true, false, false, false])
    let turned = target([false, false, false, true])
    #expect(Array(once[100...] + once[..<100]) == turned)
    #expect(once[399] > -70 + 9, "rises into the next round")
    #expect(turned[0] > -70 + 9, "falls from the round before")
    #expect(target([true]).allSatisfy { $0 == target([true, true])[7] }, "sounds on")
  }

  @Test("Neurons do not mix, and every step has them all")
  func layout() {
    let columns = [[true, false, false], [false, true, false]]
    let target = Target(pattern: Pattern(name: "", columns: columns), stepsPerNote: 5)
    #expect(target.steps == 10 && target.visible == 3 && target.potential.count == 30)
    for step in 0..<10 {
      let turned = (step + 5) % 10
      #expect(target.potential[step * 3] == target.potential[turned * 3 + 1])
      #expect(target.potential[step * 3 + 2] == -70)
    }
  }

  @Test("Time step and leak potential are the model's")
  func constants() {
    var constants = ModelConstants()
    constants.timeStep = 0.2
    constants.leakPotential = -60
    let pattern = Pattern(name: "", columns: [[true], [false]])
    let target = Target(pattern: pattern, stepsPerNote: 50, constants: constants)
    #expect(abs(target.potential[10] - (-60 + 20 / (1 + exp(-2.7)))) < 1e-12)
    #expect(target.potential[75] == -60)
  }

  /// If this fails, a network learns another curve than the one in its file.
  @Test(
    "The target of an analog pattern is linear between columns, across the end of the cycle too")
  func analog() {
    var constants = ModelConstants()
    constants.leakPotential = -60
    constants.targetElevation = 10
    let target = Target(
      pattern: Pattern(name: "", levels: [[0, 1], [0.5, 1], [1, 0.25]]), stepsPerNote: 4,
      constants: constants)
    #expect(target.steps == 12)
    for (neuron, expected) in [
      (0, [0, 1.25, 2.5, 3.75, 5, 6.25, 7.5, 8.75, 10, 7.5, 5, 2.5]),
      (1, [10, 10, 10, 10, 10, 8.125, 6.25, 4.375, 2.5, 4.375, 6.25, 8.125]),
    ] {
      #expect((0..<12).map { target.potential[2 * $0 + neuron] + 60 } == expected)
    }
  }
}

/// If these fail, a study of noisy teachers uses other noise than its parameters say.
@Suite struct TargetNoiseTests {
  private static let constants = ModelConstants()

  /// Two silent notes of a hundred steps.
  private static func target(_ visible: Int) -> Target {
    let silent = [Bool](repeating: false, count: visible)
    return Target(pattern: Pattern(name: "silent", columns: [silent, silent]), stepsPerNote: 100)
  }

  /// The noise of a cycle [mV], shape `[step, neuron]`.
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
    "Deviation and correlation time are as requested, from the first step to the last",
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

  @Test("Only nudged training cycles have noise, not the scored free tests and replays")
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
