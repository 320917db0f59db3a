import Report
import SweepPlan

/// How far a sweep has come.
struct ResultState: Equatable {
  var done: Int
  var failed: Int
  var missing: Int
  /// The searches; nil where the whole grid is run.
  var searches: SearchCounts?

  init(done: Int, failed: Int, missing: Int, searches: SearchCounts? = nil) {
    self.done = done
    self.failed = failed
    self.missing = missing
    self.searches = searches
  }

  init(_ results: SweepResults) {
    self.init(
      done: results.count(.done), failed: results.failed, missing: results.missing,
      searches: results.searches.map(SearchCounts.init))
  }

  /// All trials.
  var total: Int { done + failed + missing }

  /// For example `10 of 12 trials done, 2 missing`, or `3 of 4 searches ended, 12 trials done`.
  var text: String {
    if let searches {
      let parts = [
        "\(searches.ended) of \(searches.count) searches ended",
        searches.failed > 0 ? "\(searches.failed) of them at a trial that failed" : nil,
        "\(done) trials done", failed > 0 ? "\(failed) failed" : nil,
        searches.left.upperBound > 0
          ? "\(searches.left.lowerBound) to \(searches.left.upperBound) missing" : nil,
      ]
      return parts.compactMap { $0 }.joined(separator: ", ")
    }
    let parts = [
      "\(done) of \(total) trials done",
      failed > 0 ? "\(failed) failed" : nil, missing > 0 ? "\(missing) missing" : nil,
    ]
    return parts.compactMap { $0 }.joined(separator: ", ")
  }

  /// How a command that made tables of it ends.
  var exitCode: Int32 {
    missing > 0 ? ExitCode.incomplete : failed > 0 ? ExitCode.someFailed : ExitCode.done
  }
}
