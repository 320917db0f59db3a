import Testing

@testable import Scores

@Suite struct CapacityFitTests {
  typealias Observation = CapacityObservation

  /// Two sizes whose frontiers are exactly known by symmetry: 20 and 40, so that γ = 1.
  @Test func symmetricSweep() throws {
    let fit = CapacityFit(
      Observation.condition(1, 10, 18, of: 20) + Observation.condition(1, 40, 2, of: 20)
        + Observation.condition(2, 20, 18, of: 20) + Observation.condition(2, 80, 2, of: 20))
    #expect(fit.sizes.map(\.size) == [1, 2])
    #expect(abs(try #require(fit.sizes[0].capacity?.length) - 20) < 1e-3)
    #expect(abs(try #require(fit.sizes[1].capacity?.length) - 40) < 1e-3)
    #expect(abs(try #require(fit.sizes[1].isotonicCapacity.length) - 40) < 1e-9)
    #expect(abs(try #require(fit.exponent) - 1) < 1e-4)
    #expect(fit.sizes[0].conditions.map(\.fraction) == [0.9, 0.1])
    #expect(fit.sizes[0].conditions[0].interval == WilsonInterval(successes: 18, trials: 20))
    #expect(fit.missing == nil)
    #expect(fit.sizes.allSatisfy { $0.missing == nil })
  }

  /// Far more seeds than any sweep has: what remains is the error of the method.
  @Test func recoversAKnownFrontier() throws {
    let fit = CapacityFit(SimulatedSweep(seeds: 1000).observations(1), resamples: 40)
    for size in fit.sizes {
      let truth = SimulatedSweep.frontier(size.size)
      #expect(abs(try #require(size.capacity?.length) / truth - 1) < 0.02)
      #expect(abs(try #require(size.isotonicCapacity.length) / truth - 1) < 0.1)
    }
    #expect(abs(try #require(fit.exponent) - SimulatedSweep.exponent) < 0.02)
    #expect(abs(try #require(fit.model).lengthSlope + 4) < 0.1)
  }

  /// Outcomes without exception, as networks without noise give them: the frontier lies in the gap
  /// between two lengths, and so much the interval admits.
  @Test func perfectSeparation() throws {
    let fit = CapacityFit(SimulatedSweep(lengthSlope: -.infinity).observations(1))
    let gaps: [ClosedRange<Double>] = [23...34, 52...78, 78...117, 117...176]
    for (size, gap) in zip(fit.sizes, gaps) {
      #expect(gap.contains(try #require(size.capacity?.length)))
      #expect(size.interval?.lower == .at(gap.lowerBound))
      #expect(size.interval?.upper == .at(gap.upperBound))
    }
    let interval = try #require(fit.exponentInterval)
    #expect(interval.contains(SimulatedSweep.exponent))
    #expect(interval.upperBound - interval.lowerBound > 0.1)
  }

  @Test(arguments: [true, false])
  func oneOutcome(success: Bool) {
    let sweep = SimulatedSweep().observations(1).map {
      Observation(size: $0.size, length: $0.length, seed: $0.seed, success: success)
    }
    let fit = CapacityFit(sweep)
    let bound = success ? CensoredLength.above(400) : .below(10)
    for size in fit.sizes {
      #expect(size.capacity == bound)
      #expect(size.isotonicCapacity == bound)
      #expect(size.interval == CensoredInterval(lower: bound, upper: bound))
    }
    #expect(fit.model == nil)
    #expect(fit.exponent == nil && fit.exponentInterval == nil)
    #expect(fit.missing == .oneOutcome)
  }

  /// One size has a capacity but no growth.
  @Test func oneSize() throws {
    let fit = CapacityFit(SimulatedSweep(sizes: [40]).observations(1))
    let capacity = try #require(fit.sizes[0].capacity?.length)
    #expect(abs(capacity / SimulatedSweep.frontier(40) - 1) < 0.2)
    #expect(fit.sizes[0].interval?.contains(SimulatedSweep.frontier(40)) == true)
    #expect(fit.exponent == nil && fit.exponentInterval == nil)
    #expect(fit.missing == .tooFewSizes(uncensored: 1))
  }

  /// One length says on which side of it the capacity lies, and no more.
  @Test func oneLength() {
    let fit = CapacityFit(
      Observation.condition(1, 50, 0, of: 20) + Observation.condition(2, 50, 4, of: 20)
        + Observation.condition(4, 50, 16, of: 20) + Observation.condition(8, 50, 10, of: 20))
    #expect(fit.sizes[0].capacity == .below(50))
    #expect(fit.sizes[1].capacity == .below(50))
    #expect(fit.sizes[2].capacity == .above(50))
    #expect(fit.sizes[3].capacity == nil)
    #expect(fit.sizes[3].missing == .levelOrRising)
    #expect(fit.missing == .levelOrRising)
    #expect(fit.exponent == nil)
  }

  /// One seed has an estimate, but nothing that an interval could be taken from.
  @Test func oneSeed() {
    let fit = CapacityFit(SimulatedSweep(seeds: 1).observations(4))
    #expect(fit.sizes.contains { $0.capacity?.length != nil })
    #expect(fit.sizes.allSatisfy { $0.interval == nil })
    #expect(fit.exponentInterval == nil)
    #expect(fit.isBelowRecommendedSeeds)
  }

  /// If this fails, an interval is quoted that holds for three of four sweeps instead of 95 %.
  @Test(arguments: [(4, false), (5, true)])
  func noIntervalOfTheExponentBelowFiveSeeds(seeds: Int, hasInterval: Bool) {
    let fit = CapacityFit(SimulatedSweep(seeds: seeds).observations(1))
    #expect(fit.exponent != nil)
    #expect((fit.exponentInterval != nil) == hasInterval)
    #expect(fit.lacksSeedsForInterval == !hasInterval)
  }

  @Test(arguments: [(19, true), (20, false)])
  func warnsBelowTwentySeeds(seeds: Int, warns: Bool) {
    let fit = CapacityFit(SimulatedSweep(seeds: seeds).observations(1), resamples: 10)
    #expect(fit.seeds == seeds)
    #expect(fit.isBelowRecommendedSeeds == warns)
  }

  @Test func noTrials() {
    let fit = CapacityFit([])
    #expect(fit.sizes.isEmpty)
    #expect(fit.missing == .noTrials)
  }

  /// Trials lost at random, and lengths tested at some sizes only: each size is judged by what was
  /// tested there.
  @Test func unbalancedGrid() throws {
    var random = SplitMix64(seed: 9)
    let sweep = SimulatedSweep(seeds: 60).observations(1).filter {
      ($0.size != 160 || $0.length < 100) && ($0.size != 20 || $0.length > 60)
        && Double.random(in: 0..<1, using: &random) < 0.7
    }
    let fit = CapacityFit(sweep)
    #expect(fit.sizes[0].capacity == .below(78))
    #expect(fit.sizes[3].capacity == .above(78))
    for size in fit.sizes[1...2] {
      let truth = SimulatedSweep.frontier(size.size)
      #expect(abs(try #require(size.capacity?.length) / truth - 1) < 0.15)
    }
    #expect(try #require(fit.exponentInterval).contains(SimulatedSweep.exponent))
  }

  /// A longer sequence recalled more often than a shorter one is noise: it is pooled.
  @Test func nonMonotoneFractions() throws {
    let fit = CapacityFit(
      Observation.condition(1, 10, 20, of: 20) + Observation.condition(1, 20, 6, of: 20)
        + Observation.condition(1, 40, 14, of: 20) + Observation.condition(1, 80, 0, of: 20))
    #expect(fit.sizes[0].isotonicFractions == [1, 0.5, 0.5, 0])
    #expect(abs(try #require(fit.sizes[0].isotonicCapacity.length) - 800.0.squareRoot()) < 1e-9)
    #expect(abs(try #require(fit.sizes[0].capacity?.length) - 800.0.squareRoot()) < 0.01)
  }

  /// If this fails, networks that fail short sequences get a capacity that looks like any other.
  @Test func successThatDoesNotFallSteadily() {
    func sizes(_ counts: [Int]) -> [CapacityObservation] {
      zip([6, 10, 15, 25, 40, 60], counts).flatMap { Observation.condition(1, $0, $1, of: 20) }
    }
    #expect(CapacityFit(sizes([3, 18, 18, 9, 3, 0])).sizes[0].isUnsteady)
    #expect(!CapacityFit(sizes([20, 18, 16, 9, 3, 0])).sizes[0].isUnsteady)
  }

  /// The opposite of recall: the frontier would be turned upside down.
  @Test func successThatRisesHasNoFrontier() {
    let fit = CapacityFit(
      Observation.condition(1, 10, 4, of: 20) + Observation.condition(1, 20, 8, of: 20)
        + Observation.condition(1, 40, 18, of: 20) + Observation.condition(2, 10, 2, of: 20))
    #expect(fit.missing == .levelOrRising)
    #expect(fit.sizes[0].capacity?.length == nil)
    #expect(fit.exponent == nil && fit.exponentInterval == nil)
  }

  /// Without latent neurons there is no logarithm of their number; the rest of the sweep counts.
  @Test func sizeZero() throws {
    let sweep = SimulatedSweep().observations(1)
    let zero =
      Observation.condition(0, 10, 20, of: 20) + Observation.condition(0, 15, 3, of: 20)
    let (with, without) = (CapacityFit(zero + sweep), CapacityFit(sweep))
    #expect(with.sizes[0].capacity == nil)
    #expect(with.sizes[0].missing == .sizeZero)
    #expect(with.sizes[0].isotonicCapacity.length != nil)
    #expect(Array(with.sizes.dropFirst()) == without.sizes)
    #expect(with.exponent == without.exponent)
  }

  /// Results that depend on which rank reported first could not be had again.
  @Test func orderDoesNotMatter() {
    var random = SplitMix64(seed: 2)
    let sweep = SimulatedSweep(seedDeviation: 1).observations(7)
    let fit = CapacityFit(sweep)
    for _ in 0..<5 {
      #expect(CapacityFit(sweep.shuffled(using: &random)) == fit)
    }
  }

  /// Trials of one seed are no independent evidence: the same trials under fewer seeds say less.
  @Test func seedsAreTheUnit() throws {
    let sweep = SimulatedSweep(seedDeviation: 2).observations(3)
    let asUnits = try #require(CapacityFit(sweep).sizes[1].interval)
    let independent = try #require(
      CapacityFit(
        sweep.enumerated().map {
          Observation(size: $1.size, length: $1.length, seed: $0, success: $1.success)
        }
      ).sizes[1].interval)
    let ratio =
      (asUnits.upper.bound / asUnits.lower.bound)
      / (independent.upper.bound / independent.lower.bound)
    #expect(ratio > 1.1)
  }
}
