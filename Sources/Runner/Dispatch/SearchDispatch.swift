import Journal
import SweepPlan

/// What a running sweep asks its searches.
final class SearchDispatch {
  private let plan: Plan
  /// Whether each trial belongs to this run's shard; nil where all do.
  private let isOwn: [Bool]?
  private var state: SearchState
  /// How many more trials the searches of this run take at most.
  private(set) var mostLeft = 0
  /// How many trials the searches of this run had come to and need not run.
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

  /// Whether a trial is to be run now.
  func isPending(_ trial: Int) -> Bool { state.isPending(trial) }

  /// How many trials of its search follow one another at most from a trial on, itself included.
  func chain(_ trial: Int) -> Int { state.mostLeft(state.units.unit(of: trial)) }

  /// Takes in a finished trial and gives the one that is to be run for it.
  func followUp(_ finished: ResultMessage) -> TrialQueue.Addition? {
    let unit = state.units.unit(of: finished.number)
    mostLeft -= state.mostLeft(unit)
    let next = state.take(finished.outcome ?? .unknown, of: finished.number)
    mostLeft += state.mostLeft(unit)
    guard let next else { return nil }
    return TrialQueue.Addition(
      number: next, shape: plan.shape(of: plan.trial(at: next)), chain: state.mostLeft(unit))
  }

  /// How many searches of this run wait for a trial.
  var unfinished: Int { own.count { state.next($0) != nil } }
}
