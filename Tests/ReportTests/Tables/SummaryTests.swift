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

  @Test func equalValuesHaveAnIntervalOfNoWidth() throws {
    let summary = try #require(Summary(of: Array(repeating: 0.1, count: 7)))
    let interval = try #require(summary.interval)
    #expect(interval.lowerBound == interval.upperBound)
    #expect(abs(interval.lowerBound - 0.1) < 1e-15)
    #expect(try #require(summary.standardDeviation) < 1e-15)
  }

  /// If this fails, tables of equal results differ from run to run.
  @Test func intervalIsDeterministic() {
    let values = [0.3, 0.9, 0.7, 0.1]
    #expect(Summary(of: values) == Summary(of: values))
    // These exact numbers: other versions of the program must give the same table.
    #expect(Summary(of: values)?.interval == 0.19999999999999998...0.8)
  }

  /// If this fails, the interval in brackets does not contain the mean before it.
  @Test(arguments: [2, 3, 5, 20, 100])
  func intervalContainsTheMeanAndLiesWithinTheValues(count: Int) throws {
    var random = RandomStream(seed: UInt64(count), purpose: .chance)
    let values = (0..<count).map { _ in random.uniform() }
    let summary = try #require(Summary(of: values))
    let interval = try #require(summary.interval)
    #expect(interval.contains(summary.mean))
    // Up to rounding: the mean of three equal numbers may differ from the number.
    #expect(interval.lowerBound > values.min()! - 1e-15)
    #expect(interval.upperBound < values.max()! + 1e-15)
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
