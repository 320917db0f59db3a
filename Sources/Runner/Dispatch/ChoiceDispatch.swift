import Journal
import SweepPlan

/// The trials of a running sweep whose outcomes decide which others run.
final class ChoiceDispatch {
  private let plan: Plan
  /// Whether each trial belongs to this run's shard; nil if all do.
  private let isOwn: [Bool]?
  private var choice: any TrialChoice
  /// The largest number of trials that this run may still need.
  private(set) var mostLeft = 0
  /// The number of trials that this run needs and that had already finished.
  private(set) var before = 0

  init(_ choice: any TrialChoice, of plan: Plan, isOwn: [Bool]?) {
    self.choice = choice
    self.plan = plan
    self.isOwn = isOwn
    for unit in own { mostLeft += choice.left(unit).upperBound }
    for trial in 0..<plan.count where isOwn?[trial] ?? true {
      if choice.asksFor(trial) && !choice.isPending(trial) { before += 1 }
    }
  }

  private var own: some Sequence<Int> {
    (0..<choice.count).lazy.filter { [isOwn, choice] unit in
      isOwn?[choice.firstTrial(of: unit)] ?? true
    }
  }

  /// Whether a trial must run now.
  func isPending(_ trial: Int) -> Bool { choice.isPending(trial) }

  /// The largest number of consecutive trials that start with a trial, including it.
  func chain(_ trial: Int) -> Int { choice.chain(trial) }

  /// Records a finished trial and returns the trials that must run because of it.
  func followUp(_ finished: ResultMessage) -> [TrialQueue.Addition] {
    let unit = choice.unit(of: finished.index)
    mostLeft -= choice.left(unit).upperBound
    let next = choice.finish(finished.index, finished.status, score: finished.score)
    mostLeft += choice.left(unit).upperBound
    return next.map { trial in
      TrialQueue.Addition(
        index: trial, shape: plan.shape(of: plan.trial(at: trial)), chain: choice.chain(trial))
    }
  }

  /// The least number of trials that this run has not finished: for each search that has not ended one.
  var unfinished: Int {
    own.reduce(0) { sum, unit in
      choice.hasEnded(unit) ? sum : sum + (choice is SearchState ? 1 : choice.left(unit).lowerBound)
    }
  }
}
