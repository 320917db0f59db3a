import Journal
import SweepPlan

/// The searches of a running sweep.
final class SearchDispatch {
  private let plan: Plan
  /// Whether each trial belongs to this run's shard; nil if all do.
  private let isOwn: [Bool]?
  private var state: SearchState
  /// The largest number of trials that the searches of this run may still need.
  private(set) var mostLeft = 0
  /// The number of trials that the searches of this run need and that had already finished.
  private(set) var before = 0

  init(_ state: SearchState, of plan: Plan, isOwn: [Bool]?) {
    self.state = state
    self.plan = plan
    self.isOwn = isOwn
    for unit in own { mostLeft += state.mostLeft(unit) }
    for trial in 0..<plan.count where isOwn?[trial] ?? true {
      if state.asksFor(trial) && !state.isPending(trial) { before += 1 }
    }
  }

  private var own: some Sequence<Int> {
    (0..<state.units.count).lazy.filter { [isOwn, state] unit in
      isOwn?[state.units.trial(0, of: unit)] ?? true
    }
  }

  /// Whether a trial must run now.
  func isPending(_ trial: Int) -> Bool { state.isPending(trial) }

  /// The largest number of consecutive trials of its search that start with a trial, including it.
  func chain(_ trial: Int) -> Int { state.mostLeft(state.units.unit(of: trial)) }

  /// Records a finished trial and returns the trial that must run because of it.
  func followUp(_ finished: ResultMessage) -> TrialQueue.Addition? {
    let unit = state.units.unit(of: finished.index)
    mostLeft -= state.mostLeft(unit)
    let next = state.take(finished.outcome ?? .unknown, of: finished.index)
    mostLeft += state.mostLeft(unit)
    guard let next else { return nil }
    return TrialQueue.Addition(
      index: next, shape: plan.shape(of: plan.trial(at: next)), chain: state.mostLeft(unit))
  }

  /// The number of searches of this run that wait for a trial.
  var unfinished: Int { own.count { state.next($0) != nil } }
}
