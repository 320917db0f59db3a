import Testing

@testable import Scores

@Suite struct WilsonIntervalTests {
  /// Wrong ends make a condition of ten trials look more certain than it is.
  @Test(arguments: [
    (0, 10, 0.0, 0.277_532_799_862_889_5), (10, 10, 0.722_467_200_137_110_5, 1.0),
    (5, 10, 0.236_593_090_512_563_9, 0.763_406_909_487_436_1),
    (18, 20, 0.698_966_354_771_512_7, 0.972_133_518_786_231_9),
    (1, 1, 0.206_549_314_377_237_93, 1.0),
  ])
  func handComputed(successes: Int, trials: Int, lower: Double, upper: Double) throws {
    let interval = try #require(WilsonInterval(successes: successes, trials: trials))
    #expect(abs(interval.lower - lower) < 1e-9)
    #expect(abs(interval.upper - upper) < 1e-9)
  }

  /// A condition in which nothing succeeded reaches exactly down to 0, not to a rounding error beside.
  @Test func unanimousConditionsReachTheEnd() throws {
    for trials in 1...100 {
      #expect(try #require(WilsonInterval(successes: 0, trials: trials)).lower == 0)
      #expect(try #require(WilsonInterval(successes: trials, trials: trials)).upper == 1)
    }
  }

  @Test func noTrialsNoInterval() {
    #expect(WilsonInterval(successes: 0, trials: 0) == nil)
  }
}

@Suite struct BootstrapIntervalTests {
  /// Table values; too small a quantile would make intervals of few seeds too narrow.
  @Test(arguments: [(5.0, 2.5706), (9.0, 2.2622), (19.0, 2.0930), (49.0, 2.0096)])
  func studentQuantile(freedom: Double, table: Double) {
    #expect(abs(BootstrapInterval.studentQuantile(freedom: freedom) / table - 1) < 2e-3)
  }

  /// Φ(−√(20/19) · 2.093) = 0.0159; with many units the plain percentiles come back.
  @Test func tail() {
    #expect(abs(BootstrapInterval.tail(units: 20) - 0.0159) < 1e-4)
    #expect(abs(BootstrapInterval.tail(units: 1_000_000) - 0.025) < 1e-5)
  }

  /// Of 0...1000, the 15th and the 985th lie 1.59 % from the ends, rounded outwards.
  @Test func takesOrderStatistics() {
    let values = (0...1000).map(Double.init).reversed()
    #expect(BootstrapInterval.percentile(of: Array(values), units: 20) == 15...985)
  }

  /// Resamples beyond all tested lengths are infinite: an end among them is too, never NaN.
  @Test func infiniteValuesKeepTheirPlace() {
    let values = [Double](repeating: 1, count: 90) + [Double](repeating: .infinity, count: 10)
    #expect(BootstrapInterval.percentile(of: values, units: 20) == 1...(.infinity))
  }

  /// Few undefined resamples are left out; many mean that the end of the interval is not known.
  @Test(arguments: [(1, true), (2, false)])
  func undefinedResamples(undefined: Int, exists: Bool) {
    let values = (0..<40 - undefined).map(Double.init) + Array(repeating: .nan, count: undefined)
    #expect((CapacityBootstrap.interval(of: values, seeds: 20) != nil) == exists)
    #expect(CapacityBootstrap.interval(of: values, seeds: 1) == nil)
  }
}
