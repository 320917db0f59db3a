import Testing

@testable import Scores

@Suite struct WilsonIntervalTests {
  /// Wrong ends make a cell of ten trials look more certain than it is.
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

  /// A cell in which nothing succeeded reaches exactly down to 0, not to a rounding error beside.
  @Test func unanimousCellsReachTheEnd() throws {
    for trials in 1...100 {
      #expect(try #require(WilsonInterval(successes: 0, trials: trials)).lower == 0)
      #expect(try #require(WilsonInterval(successes: trials, trials: trials)).upper == 1)
    }
  }

  @Test func noTrialsNoInterval() {
    #expect(WilsonInterval(successes: 0, trials: 0) == nil)
  }
}
