/// The progress of a sweep in which outcomes decide which trials of the plan run.
///
/// A unit is a search, or a condition that gets replicates.
package protocol TrialChoice: Sendable {
  /// The number of units.
  var count: Int { get }
  /// The unit of a trial.
  func unit(of trial: Int) -> Int
  /// The first trial of a unit.
  func firstTrial(of unit: Int) -> Int
  /// Whether a trial is requested: it has run or is to run now.
  func asksFor(_ trial: Int) -> Bool
  /// Whether a trial is to run now.
  func isPending(_ trial: Int) -> Bool
  /// Whether each trial may still be requested, depending on other outcomes.
  var mayBeRun: [Bool] { get }
  /// The least and the largest number of further trials of a unit.
  func left(_ unit: Int) -> ClosedRange<Int>
  /// Whether a unit waits for no trial.
  func hasEnded(_ unit: Int) -> Bool
  /// The largest number of consecutive trials, each waiting for the one before, that start with a trial.
  func chain(_ trial: Int) -> Int
  /// Records the end of a requested trial and returns the trials that must run because of it.
  mutating func finish(_ trial: Int, _ status: TrialStatus, score: Double?) -> [Int]
}

extension SearchState: TrialChoice {
  package var count: Int { units.count }
  package func unit(of trial: Int) -> Int { units.unit(of: trial) }
  package func firstTrial(of unit: Int) -> Int { units.trial(0, of: unit) }
  package func left(_ unit: Int) -> ClosedRange<Int> { costs(unit) { _ in 1 } }
  package func hasEnded(_ unit: Int) -> Bool { pending(unit).isEmpty }
  package func chain(_ trial: Int) -> Int {
    walk(unit(of: trial)).most + (units.search.beyond > 0 ? 1 : 0)
  }

  package mutating func finish(_ trial: Int, _ status: TrialStatus, score: Double?) -> [Int] {
    take(units.search.criterion.outcome(status, score: score), of: trial)
  }
}

extension StageState: TrialChoice {
  package var count: Int { units.count }
  package func unit(of trial: Int) -> Int { units.unit(of: trial) }
  package func firstTrial(of unit: Int) -> Int { units.trial(0, of: unit) }
  package func chain(_ trial: Int) -> Int { 1 }

  package mutating func finish(_ trial: Int, _ status: TrialStatus, score: Double?) -> [Int] {
    take(status == .done ? score : nil, of: trial)
  }
}

/// The progress of the searches, or of the conditions that get replicates, in numbers.
package struct ChoiceCounts: Equatable, Sendable {
  /// Whether searches are counted, or conditions.
  package var isSearch = true
  /// The number of searches or conditions.
  package var count = 0
  /// Those that wait for no trial.
  package var ended = 0
  /// The searches that stopped at a trial that failed or took too long.
  package var failed = 0
  /// The searches that have found their frontier and wait for values beyond it.
  package var verifying = 0
  /// The least and the largest number of further trials.
  package var left = 0...0

  package init(
    isSearch: Bool = true, count: Int = 0, ended: Int = 0, failed: Int = 0, verifying: Int = 0,
    left: ClosedRange<Int> = 0...0
  ) {
    (self.isSearch, self.count, self.ended, self.failed) = (isSearch, count, ended, failed)
    (self.verifying, self.left) = (verifying, left)
  }

  package init(_ choice: any TrialChoice) {
    let lefts = (0..<choice.count).map(choice.left)
    let search = choice as? SearchState
    self.init(
      isSearch: search != nil, count: choice.count,
      ended: (0..<choice.count).count(where: choice.hasEnded),
      failed: search.map { (0..<choice.count).count(where: $0.hasFailed) } ?? 0,
      verifying: search.map { (0..<choice.count).count(where: $0.isVerifying) } ?? 0,
      left: lefts.reduce(0) { $0 + $1.lowerBound }...lefts.reduce(0) { $0 + $1.upperBound })
  }
}
