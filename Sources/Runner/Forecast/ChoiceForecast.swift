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
      units = .searches(key: state.units.search.key)
      for unit in 0..<state.count where state.next(unit) != nil {
        ranges.append(state.walk(unit).costs { costs[state.units.trial($0, of: unit)] })
      }
      longestInARow = ranges.map(\.upperBound).max() ?? 0
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
    let units = state.units
    var (first, following) = (Set<Int>(), [Int: (trial: Int, chain: Int)]())
    var seconds: [Int: Double] = [:]
    for unit in 0..<units.count where state.next(unit) != nil {
      let trials = state.walk(unit).values { isMet(way, $0, unit, state) }.map {
        units.trial($0, of: unit)
      }
      first.insert(trials[0])
      for (offset, trial) in trials.enumerated().dropFirst() {
        following[trials[offset - 1]] = (trial, trials.count - offset)
        seconds[trial] = costs[trial]
      }
    }
    var simulation = ScheduleSimulation(
      lines: plan.lines(
        where: first.contains, chain: { state.mostLeft(units.unit(of: $0)) }),
      model: model, messages: messages)
    simulation.laterSeconds = seconds
    simulation.followUp = { [plan] trial in
      following[trial].map {
        TrialQueue.Addition(
          index: $0.trial, shape: plan.shape(of: plan.trial(at: $0.trial)), chain: $0.chain)
      }
    }
    return simulation
  }

  /// Whether the next value of a search meets the criterion on a path.
  private func isMet(
    _ way: Way, _ walk: Bisection, _ unit: Int, _ state: SearchState
  ) -> Bool {
    func costs(isMet: Bool) -> ClosedRange<Double> {
      var walk = walk
      walk.take(isMet: isMet)
      return walk.costs { self.costs[state.units.trial($0, of: unit)] }
    }
    let (met, missed) = (costs(isMet: true), costs(isMet: false))
    return way == .cheapest
      ? met.lowerBound < missed.lowerBound : met.upperBound > missed.upperBound
  }
}
