import NeuralCore
import Scores
import Testing

@testable import Report

@Suite struct SummaryTests {
  /// Computed by hand: mean 4, squares 9 + 4 + 0 + 1 + 16 over four degrees of freedom.
  @Test func numbersAreTheTextbooks() throws {
    let summary = try #require(Summary(of: [1, 2, 4, 5, 8]))
    #expect(summary.count == 5)
    #expect(summary.mean == 4)
    #expect(summary.standardDeviation == 7.5.squareRoot())
    #expect(summary.median == 4)
    #expect(Summary(of: [8, 1, 5, 2])?.median == 3.5)
  }

  /// If this fails, a single trial has a standard deviation or an interval.
  @Test func oneValueHasNoSpread() throws {
    let summary = try #require(Summary(of: [0.25]))
    #expect(summary.mean == 0.25)
    #expect(summary.median == 0.25)
    #expect(summary.standardDeviation == nil)
    #expect(summary.interval == nil)
    #expect(Summary(of: []) == nil)
  }

  /// If this fails, equal values of a score with a range look certain: five successes say little about
  /// rare failures. Without a range, such as a count of synapses, they are all that is known.
  @Test func equalValuesAreCertainOnlyWithoutARange() throws {
    let values = [Double](repeating: 0.9, count: 7)
    let interval = try #require(Summary(of: values)?.interval)
    #expect(abs(interval.lowerBound - 0.9) < 1e-12 && abs(interval.upperBound - 0.9) < 1e-12)
    let bounded = try #require(Summary(of: values, range: 0...1)?.interval)
    #expect(bounded.lowerBound < 0.7 && bounded.upperBound > 0.9)
    let all = try #require(Summary(of: [1, 1, 1, 1, 1, 1, 1], isFraction: true)?.interval)
    let wilson = try #require(WilsonInterval(successes: 7, trials: 7))
    #expect(all == wilson.lower...wilson.upper)
  }

  /// If this fails, the trials of a song count as independent.
  @Test func unitsAreAveragedFirst() throws {
    let values = [0, 1, 1, 0.5, 0.5, 0.25]
    let summary = try #require(Summary(of: values, units: [0, 0, 0, 1, 1, 2], range: 0...1))
    let means = [2.0 / 3, 0.5, 0.25]
    #expect(summary.count == 6)
    #expect(abs(summary.mean - (2.0 / 3 + 0.75) / 3) < 1e-12)
    #expect(summary.median == 0.5)
    #expect(summary.interval == MeanInterval.of(means, in: 0...1))
    let fraction = try #require(Summary(of: [0, 1, 1, 1], units: [0, 0, 1, 1], isFraction: true))
    #expect(fraction.mean == 0.75)
    #expect(fraction.interval == MeanInterval.of([0.5, 1], in: 0...1))
  }

  /// If this fails, tables of equal results differ from run to run.
  @Test func intervalIsDeterministic() {
    let values = [0.3, 0.9, 0.7, 0.1, 0.5]
    #expect(Summary(of: values, range: 0...1) == Summary(of: values, range: 0...1))
    // These exact numbers: other versions of the program must give the same table.
    #expect(Summary(of: values)?.interval == 0.14...0.8600000000000001)
    #expect(Summary(of: [0.3, 0.9, 0.7, 0.1])?.interval == nil)
    #expect(
      Summary(of: values, range: 0...1)?.interval == 0.12290877377961737...0.8699169824042297)
  }

  /// If this fails, the interval in brackets does not contain the mean before it.
  @Test(arguments: [2, 3, 5, 20, 100, 300])
  func intervalContainsTheMeanAndLiesWithinTheValues(count: Int) throws {
    var random = RandomStream(seed: UInt64(count), purpose: .chance)
    let values = (0..<count).map { _ in random.uniform() }
    let bounded = try #require(Summary(of: values, range: 0...1))
    let interval = try #require(bounded.interval)
    #expect(interval.contains(bounded.mean))
    #expect(interval.lowerBound >= 0 && interval.upperBound <= 1)
    let summary = try #require(Summary(of: values))
    #expect((summary.interval == nil) == (count < 5))
    if let interval = summary.interval {
      #expect(interval.contains(summary.mean))
      // Up to rounding: the mean of three equal numbers may differ from the number.
      #expect(interval.lowerBound > values.min()! - 1e-15)
      #expect(interval.upperBound < values.max()! + 1e-15)
    }
  }

  /// For a large normal sample the bootstrap interval is Student's, up to the noise of 2000 resamples.
  /// If this fails, the level of the intervals is not 95 %.
  @Test func largeNormalSampleHasStudentsInterval() throws {
    var random = RandomStream(seed: 1, purpose: .chance)
    let values = (0..<400).map { _ in 5 + 2 * random.normal() }
    let summary = try #require(Summary(of: values))
    let half = 1.966 * (try #require(summary.standardDeviation)) / 20
    let interval = try #require(summary.interval)
    #expect(abs(interval.lowerBound - (summary.mean - half)) < 0.1 * half)
    #expect(abs(interval.upperBound - (summary.mean + half)) < 0.1 * half)
  }

  @Test(arguments: [(0, 1), (0.5, 2.5), (1, 4), (0.25, 1.75), (1.0 / 3, 2)] as [(Double, Double)])
  func quantilesInterpolate(fraction: Double, value: Double) throws {
    #expect(abs(try #require(quantile(fraction, of: [1, 2, 3, 4])) - value) < 1e-15)
  }
}
