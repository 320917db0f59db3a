import Foundation
import Testing

@testable import Scores

@Suite struct CapacityCoverageTests {
  /// An interval called 95 % that holds the truth less often lets chance pass for a finding.
  ///
  /// Sweeps of twenty seeds, four sizes and ten lengths. Over 1000 sweeps with 2000 resamples each,
  /// the intervals contained L* at sizes 20, 40, 80, 160 and the exponent in this percentage of cases:
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

/// Compares fits to the results of searches with the truth and with the full grid.
@Suite struct SearchedCoverageTests {
  /// The outcomes as a search concludes them: it halves the lengths of each size and seed, and
  /// takes what lies before its frontier as met and what lies behind it as missed.
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
  /// The sweeps of ``CapacityCoverageTests``, of which the search runs 40 %. Outcomes of one
  /// network at several lengths are independent but for what its seed adds, which is as hard as it
  /// gets for a search: one chance failure at a short length hides all longer ones. See
  /// docs/search.md for what that costs.
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

/// A sweep whose frontier is known: `L* = 3 H^0.8`.
struct SimulatedSweep {
  var sizes: [Double] = [20, 40, 80, 160]
  var lengths: [Double] = [10, 15, 23, 34, 52, 78, 117, 176, 265, 400]
  var seeds = 20
  /// `b_L`; success is certain on one side of the frontier if infinite.
  var lengthSlope = -4.0
  /// Standard deviation over seeds of the log odds that a seed adds to all of its trials.
  var seedDeviation = 0.0

  static let exponent = 0.8

  /// The true `L*`.
  static func frontier(_ size: Double) -> Double { 3 * pow(size, exponent) }

  /// The outcomes of all trials, another sweep for another number.
  func observations(_ number: UInt64) -> [CapacityObservation] {
    var random = SplitMix64(seed: number)
    return (0..<seeds).flatMap { seed in
      let radius = (-2 * log(1 - Double.random(in: 0..<1, using: &random))).squareRoot()
      let normal = radius * cos(2 * .pi * Double.random(in: 0..<1, using: &random))
      return sizes.flatMap { size in
        lengths.map { length in
          let logOdds =
            lengthSlope * log(length / Self.frontier(size)) + seedDeviation * normal
          let success = Double.random(in: 0..<1, using: &random) < 1 / (1 + exp(-logOdds))
          return CapacityObservation(size: size, length: length, seed: seed, success: success)
        }
      }
    }
  }
}

extension CapacityObservation {
  /// The trials of one condition, each with another seed, the successes first.
  static func condition(
    _ size: Double, _ length: Double, _ successes: Int, of trials: Int
  ) -> [CapacityObservation] {
    (0..<trials).map {
      CapacityObservation(size: size, length: length, seed: $0, success: $0 < successes)
    }
  }
}
