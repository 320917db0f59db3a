import Report

/// How far a sweep has come.
struct ResultState: Equatable {
  var done: Int
  var failed: Int
  var missing: Int

  init(done: Int, failed: Int, missing: Int) {
    self.done = done
    self.failed = failed
    self.missing = missing
  }

  init(_ results: SweepResults) {
    self.init(done: results.count(.done), failed: results.failed, missing: results.missing)
  }

  /// All trials.
  var total: Int { done + failed + missing }

  /// For example `10 of 12 trials done, 2 missing`.
  var text: String {
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
