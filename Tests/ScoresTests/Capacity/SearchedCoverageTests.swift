import Testing

@testable import Scores

/// Fits to what searches find, against the truth and against the full grid.
@Suite struct SearchedCoverageTests {
  /// The outcomes as a search concludes them: it halves the lengths of each size and seed, and takes
  /// what lies before its frontier as met and what lies behind it as missed.
  static func searched(_ observations: [CapacityObservation]) -> [CapacityObservation] {
    let units = Dictionary(grouping: observations) { [$0.size, Double($0.seed)] }
    return units.values.flatMap { unit in
      let row = unit.sorted { $0.length < $1.length }
      var (lastMet, firstMissed) = (-1, row.count)
      while firstMissed - lastMet > 1 {
        let middle = (lastMet + firstMissed) / 2
        if row[middle].success { lastMet = middle } else { firstMissed = middle }
      }
      return row.enumerated().map { place, observation in
        CapacityObservation(
          size: observation.size, length: observation.length, seed: observation.seed,
          success: place <= lastMet)
      }
    }
  }

  /// If this fails, the intervals of a search promise more than they hold.
  ///
  /// The sweeps of ``CapacityCoverageTests``, of which the search runs 40 %. Outcomes of one network
  /// at several lengths are independent but for what its seed adds, which is as hard as it gets for
  /// a search: one chance failure at a short length hides all longer ones. See docs/search.md for
  /// what that costs.
  @Test(arguments: [0.0, 1, 2])
  func intervalsHoldTheTruth(seedDeviation: Double) throws {
    let sweep = SimulatedSweep(seedDeviation: seedDeviation)
    let sweeps = 200
    var held = [Int](repeating: 0, count: sweep.sizes.count)
    var exponentHeld = 0
    var ratios = [Double](repeating: 0, count: sweep.sizes.count)
    for number in 0..<sweeps {
      let observations = sweep.observations(1000 + UInt64(number))
      let fit = CapacityFit(Self.searched(observations), resamples: 400)
      for (index, size) in fit.sizes.enumerated() {
        let truth = SimulatedSweep.frontier(size.size)
        let interval = try #require(size.interval)
        held[index] += interval.contains(truth) ? 1 : 0
        ratios[index] += (try #require(size.capacity?.length) / truth - 1) / Double(sweeps)
      }
      let interval = try #require(fit.exponentInterval)
      exponentHeld += interval.contains(SimulatedSweep.exponent) ? 1 : 0
    }
    for count in held + [exponentHeld] {
      #expect((0.88...0.99).contains(Double(count) / Double(sweeps)), "\(held) \(exponentHeld)")
    }
    for ratio in ratios { #expect(abs(ratio) < 0.06, "bias \(ratios)") }
  }

  /// If this fails, a search finds another frontier than the grid where outcomes change but once.
  @Test func sameFitAsTheGridWhereOutcomesChangeOnce() {
    let observations = SimulatedSweep(lengthSlope: -.infinity).observations(1)
    #expect(CapacityFit(Self.searched(observations)) == CapacityFit(observations))
  }
}
