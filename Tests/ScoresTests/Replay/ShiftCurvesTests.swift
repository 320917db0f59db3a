import Testing

@testable import Scores

/// If these fail, every replay is scored against numbers that the equations do not give.
@Suite struct ShiftCurvesTests {
  struct Shape: CustomTestStringConvertible {
    var neurons: Int
    var notes: Int
    var stepsPerNote: Int
    var every = 1
    /// Chance that a target sample leaves its base.
    var activity = 0.3
    var silentNeurons = 0
    var constantTargets = 0
    var testDescription: String {
      "\(neurons) x \(notes) x \(stepsPerNote) / \(every), activity \(activity), "
        + "\(silentNeurons) silent, \(constantTargets) constant"
    }
  }

  static let shapes = [
    Shape(neurons: 1, notes: 1, stepsPerNote: 1, activity: 1),
    Shape(neurons: 1, notes: 2, stepsPerNote: 5),
    Shape(neurons: 3, notes: 1, stepsPerNote: 10),
    Shape(neurons: 4, notes: 3, stepsPerNote: 25, every: 2, silentNeurons: 1),
    Shape(neurons: 2, notes: 1, stepsPerNote: 47),
    Shape(neurons: 2, notes: 1, stepsPerNote: 48, activity: 1),
    Shape(neurons: 2, notes: 1, stepsPerNote: 49, activity: 0.05),
    Shape(neurons: 5, notes: 7, stepsPerNote: 21, silentNeurons: 2, constantTargets: 2),
    Shape(neurons: 2, notes: 3, stepsPerNote: 7, constantTargets: 2),
    Shape(neurons: 3, notes: 5, stepsPerNote: 75, every: 2, silentNeurons: 3),
  ]

  @Test(arguments: shapes, [1, 2, 3] as [UInt64])
  func fastMatchesReference(shape: Shape, seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let target = randomTarget(shape, &generator)
    let produced = ProducedRates(
      values: (0..<shape.neurons).flatMap { neuron in
        (0..<2 * target.samples).map { _ in
          neuron < shape.silentNeurons ? 0.0266 : Double.random(in: 0...1, using: &generator)
        }
      }, neurons: shape.neurons)
    expectEqual(.fast(produced, target), .reference(produced, target))
  }

  @Test func fastMatchesReferenceAtFullSize() throws {
    let target = try Melody.fuerElise().target
    var generator = SplitMix64(seed: 9)
    let lagging = target.replayed(lag: 131)
    let produced = ProducedRates(
      values: lagging.values.map { $0 * Double.random(in: 0.8...1, using: &generator) },
      neurons: target.neurons)
    let shifts = [0, 1, 47, 48, 131, 1248, 1249]
    let fast = ShiftCurves.fast(produced, target)
    for shift in shifts {
      let plain = ShiftCurves.reference(produced, target, shifts: shift..<shift + 1)
      expectEqual(
        ShiftCurves(
          correlation: fast.correlation.map { [$0[shift]] },
          meanSquaredError: fast.meanSquaredError.map { [$0[shift]] }), plain)
    }
  }

  /// A neuron that is quiet in one cycle and lively in the next must not lose its quiet windows to
  /// rounding.
  @Test func quietBesideLivelyKeepsItsDigits() {
    var generator = SplitMix64(seed: 4)
    let target = randomTarget(Shape(neurons: 1, notes: 1, stepsPerNote: 200), &generator)
    let produced = ProducedRates(
      values: (0..<400).map {
        let noise = Double.random(in: 0...1, using: &generator)
        return $0 < 200 ? 0.0266 + 1e-4 * noise : noise
      }, neurons: 1)
    expectEqual(.fast(produced, target), .reference(produced, target))
  }

  @Test func handComputedPearson() throws {
    // r = (1, 0, 0, 0); shift 1 reads y = (0, 1, 1, 0): covariance -1/2, Syy = 1, Srr = 3/4.
    let target = TargetRates(
      values: [1, 0, 0, 0], neurons: 1, notes: 1, stepsPerNote: 4, every: 1)
    let produced = ProducedRates(values: [1, 0, 1, 1, 0, 0, 0, 0], neurons: 1)
    for curves in [ShiftCurves.fast(produced, target), .reference(produced, target)] {
      let correlation = try #require(curves.correlation)
      let error = try #require(curves.meanSquaredError)
      #expect(abs(correlation[1] - -0.5 / 0.75.squareRoot()) < 1e-15)
      // (0-1)² + (1-0)² + (1-0)² + 0 over four samples.
      #expect(abs(error[1] - 0.75) < 1e-15)
      // Shift 2 reads (1, 1, 0, 0): the following cycle, not the start of this one.
      #expect(abs(error[2] - 0.25) < 1e-15)
    }
  }

  /// Rounding must not choose among shifts that are equally good, a real difference must.
  @Test func bestShiftIsTheEarliestOfEquals() {
    #expect(BestShift.highest([0.5, 1 - 1e-14, 1])?.shift == 1)
    #expect(BestShift.highest([0.5, 1 - 1e-11, 1]) == BestShift(value: 1, shift: 2))
    #expect(BestShift.lowest([0.5, 0.1 + 1e-14, 0.1])?.shift == 1)
    #expect(BestShift.lowest([0.5, 0.1 + 1e-11, 0.1]) == BestShift(value: 0.1, shift: 2))
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func divergedRatesHaveNoScore(rate: Double) {
    let target = TargetRates(values: [1, 0], neurons: 1, notes: 1, stepsPerNote: 2, every: 1)
    let produced = ProducedRates(values: [0, 1, 0, rate], neurons: 1)
    #expect(ShiftCurves.fast(produced, target) == .missing)
    #expect(ShiftCurves.reference(produced, target) == .missing)
  }

  private func randomTarget(_ shape: Shape, _ generator: inout SplitMix64) -> TargetRates {
    let samples = (shape.notes * shape.stepsPerNote + shape.every - 1) / shape.every
    return TargetRates(
      values: (0..<shape.neurons).flatMap { neuron in
        (0..<samples).map { _ in
          let isActive =
            neuron >= shape.neurons - shape.constantTargets
            ? false : Double.random(in: 0..<1, using: &generator) < shape.activity
          return isActive ? Double.random(in: 0...1, using: &generator) : 0.0266
        }
      },
      neurons: shape.neurons, notes: shape.notes, stepsPerNote: shape.stepsPerNote,
      every: shape.every)
  }

  private func expectEqual(
    _ fast: ShiftCurves, _ plain: ShiftCurves, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for (fast, plain) in [
      (fast.correlation, plain.correlation), (fast.meanSquaredError, plain.meanSquaredError),
    ] {
      #expect(fast?.count == plain?.count, sourceLocation: sourceLocation)
      let worst = zip(fast ?? [], plain ?? []).map { abs($0 - $1) }.max() ?? 0
      #expect(worst < 1e-12, sourceLocation: sourceLocation)
    }
  }
}
