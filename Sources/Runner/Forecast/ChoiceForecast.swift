import SweepPlan

/// Predicts the cost of trials that outcomes choose: the cheapest and the costliest paths are predicted.
struct ChoiceForecast {
  /// The paths that searches or conditions can take.
  enum Way { case cheapest, costliest }

  /// The longest time of trials that run one after the other [s].
  let longestInARow: Double
  /// The summary for the user.
  let summary: Forecast.Choice

  private let plan: Plan
  private let state: any TrialChoice
  private let model: CostModel
  /// The time of each trial [s].
  private let costs: [Double]

  init(_ state: any TrialChoice, of plan: Plan, model: CostModel) {
    self.state = state
    self.plan = plan
    self.model = model
    let costs = plan.costs(by: model)
    self.costs = costs
    var ranges: [ClosedRange<Double>] = []
    let units: Forecast.Choice.Units
    if let state = state as? SearchState {
      let search = state.units.search
      units = .searches(key: search.key, beyond: search.beyond)
      ranges = (0..<state.count).map { state.costs($0) { costs[$0] } }
      longestInARow =
        (0..<state.count).map { unit in
          Self.path(.costliest, unit, state, costs).reduce(0) {
            $0 + ($1.lazy.map { costs[$0] }.max() ?? 0)
          }
        }.max() ?? 0
    } else {
      let stages = plan.stages!
      units = .conditions(stages.request)
      let mayBeRun = state.mayBeRun
      var longest = 0.0
      for unit in 0..<stages.count {
        let (now, most) = (
          stages[unit].filter(state.isPending), stages[unit].filter { mayBeRun[$0] }
        )
        func sum(_ trials: [Int]) -> Double { trials.reduce(0) { $0 + costs[$1] } }
        ranges.append(sum(now)...max(sum(now), sum(most)))
        longest = max(longest, most.map { costs[$0] }.max() ?? 0)
      }
      longestInARow = longest
    }
    let counts = ChoiceCounts(state)
    summary = Forecast.Choice(
      units: units, count: counts.count, ended: counts.ended,
      finished: (0..<plan.count).count { state.asksFor($0) && !state.isPending($0) },
      left: counts.left,
      coreSeconds: ranges.reduce(0) { $0 + $1.lowerBound }...ranges.reduce(0) { $0 + $1.upperBound }
    )
  }

  /// A run in which all searches or conditions take one path.
  func schedule(_ way: Way, _ messages: ScheduleSimulation.Messages) -> ScheduleSimulation {
    if let state = state as? SearchState { return schedule(way, messages, state) }
    let mayBeRun = state.mayBeRun
    return ScheduleSimulation(
      lines: plan.lines { way == .cheapest ? state.isPending($0) : mayBeRun[$0] }, model: model,
      messages: messages)
  }

  private func schedule(
    _ way: Way, _ messages: ScheduleSimulation.Messages, _ state: SearchState
  ) -> ScheduleSimulation {
    var (first, following) = (Set<Int>(), [Int: (trials: [Int], chain: Int)]())
    var seconds: [Int: Double] = [:]
    for unit in 0..<state.count where !state.hasEnded(unit) {
      let lists = Self.path(way, unit, state, costs)
      first.formUnion(lists[0])
      for (offset, trials) in lists.enumerated().dropFirst() {
        following[lists[offset - 1][0]] = (trials, lists.count - offset)
        for trial in trials { seconds[trial] = costs[trial] }
      }
    }
    var simulation = ScheduleSimulation(
      lines: plan.lines(where: first.contains, chain: state.chain), model: model,
      messages: messages)
    simulation.laterSeconds = seconds
    simulation.followUp = { [plan] trial in
      guard let next = following[trial] else { return [] }
      return next.trials.map {
        TrialQueue.Addition(
          index: $0, shape: plan.shape(of: plan.trial(at: $0)), chain: next.chain)
      }
    }
    return simulation
  }

  /// The remaining trials of a search on a path; see ``SearchState/remaining(_:_:)``.
  private static func path(
    _ way: Way, _ unit: Int, _ state: SearchState, _ costs: [Double]
  ) -> [[Int]] {
    state.remaining(unit) { walk in
      func range(isMet: Bool) -> ClosedRange<Double> {
        var walk = walk
        walk.take(isMet: isMet)
        return state.costs(walk, of: unit) { costs[$0] }
      }
      let (met, missed) = (range(isMet: true), range(isMet: false))
      return way == .cheapest
        ? met.lowerBound < missed.lowerBound : met.upperBound > missed.upperBound
    }
  }
}
