import Testing

@testable import Scores

@Suite struct CapacityCoverageTests {
  /// An interval called 95 % that holds the truth less often lets chance pass for a finding.
  ///
  /// Sweeps of twenty seeds, four sizes and ten lengths. Over 1000 sweeps with 2000 resamples each,
  /// the intervals held L* at sizes 20, 40, 80, 160 and the exponent in so many percent of cases:
  ///
  ///     deviation 0:  92.7  93.3  95.9  95.1  95.2
  ///     deviation 1:  93.5  93.7  95.0  94.4  92.2
  ///     deviation 2:  93.8  93.8  95.0  95.1  94.0
  @Test(arguments: [0.0, 1, 2])
  func intervalsHoldTheTruth(seedDeviation: Double) throws {
    let sweep = SimulatedSweep(seedDeviation: seedDeviation)
    let sweeps = 200
    var held = [Int](repeating: 0, count: sweep.sizes.count)
    var exponentHeld = 0
    for number in 0..<sweeps {
      let fit = CapacityFit(sweep.observations(1000 + UInt64(number)), resamples: 400)
      for (index, size) in fit.sizes.enumerated() {
        let interval = try #require(size.interval)
        held[index] += interval.contains(SimulatedSweep.frontier(size.size)) ? 1 : 0
      }
      let interval = try #require(fit.exponentInterval)
      exponentHeld += interval.contains(SimulatedSweep.exponent) ? 1 : 0
    }
    for count in held + [exponentHeld] {
      #expect((0.90...0.99).contains(Double(count) / Double(sweeps)), "\(held) \(exponentHeld)")
    }
  }

  /// A frontier sharper than the grid is known no better than the grid's step.
  @Test(arguments: [-60.0, -1000])
  func sharpFrontiersAreNotOverstated(lengthSlope: Double) throws {
    let sweep = SimulatedSweep(lengthSlope: lengthSlope)
    for number in 0..<40 {
      let fit = CapacityFit(sweep.observations(UInt64(number)), resamples: 100)
      #expect(try #require(fit.exponentInterval).contains(SimulatedSweep.exponent))
      let frontier = SimulatedSweep.frontier(40)
      #expect(try #require(fit.sizes[1].interval).contains(frontier))
    }
  }
}
