import Testing

@testable import SweepPlan

@Suite struct SearchCriterionTests {
  /// If this fails, a search asks for something else than its file says.
  @Test func readsWhatItWrites() throws {
    for text in ["recalled", "correlation >= 0.9", "mean_squared_error <= 0.001", "drift >= -2"] {
      #expect(try #require(SearchCriterion(text)).description == text)
    }
    #expect(SearchCriterion("recalled >= 1") == .recalled)
    for text in ["", "correlation", "correlation > 0.9", "correlation >= nan", "correlation >="]
      + ["correlation >= 0x1p-1"]
    {
      #expect(SearchCriterion(text) == nil, "\(text)")
    }
  }

  /// If this fails, thresholds shift, or a network that failed for want of memory counts as one
  /// that cannot recall.
  @Test func judgesEveryEnding() throws {
    let least = try #require(SearchCriterion("correlation >= 0.9"))
    let most = try #require(SearchCriterion("drift <= 1"))
    #expect(least.outcome(.done, score: 0.9) == .met)
    #expect(least.outcome(.done, score: 0.9.nextDown) == .missed)
    #expect(most.outcome(.done, score: 1) == .met)
    #expect(most.outcome(.done, score: 1.0.nextUp) == .missed)
    for criterion in [least, most, .recalled] {
      #expect(criterion.outcome(.done, score: nil) == .missed)
      #expect(criterion.outcome(.diverged, score: nil) == .missed)
      #expect(criterion.outcome(.failed, score: nil) == .unknown)
      #expect(criterion.outcome(.timedOut, score: nil) == .unknown)
    }
    let memory = try #require(SearchCriterion("linear_memory_capacity >= 3"))
    #expect(memory.outcome(.done, score: nil) == .unknown)
  }
}
