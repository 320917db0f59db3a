import SweepPlan

/// Predicts the cost of the searches of a plan. The trials that they run depend on the outcome of
/// each, so the cheapest and the costliest paths are predicted.
struct SearchForecast {
  /// The paths that searches can take.
  enum Way { case cheapest, costliest }

  /// The least and largest number of remaining trials.
  let left: ClosedRange<Int>
  /// The time of the remaining trials [core-seconds].
  let coreSeconds: ClosedRange<Double>
  /// The longest time of one search, whose trials run one after the other [s].
  let longestSearch: Double
  /// The summary for the user.
  let summary: Forecast.Searches

  private let plan: Plan
  private let state: SearchState
  private let model: CostModel
  /// The time of each trial [s].
  private let costs: [Double]

  init(_ state: SearchState, of plan: Plan, model: CostModel) {
    self.state = state
    self.plan = plan
    self.model = model
    let costs = plan.costs(by: model)
    self.costs = costs
    let units = state.units
    var (fewest, most, finished) = (0, 0, 0)
    var (least, greatest, longest) = (0.0, 0.0, 0.0)
    for unit in 0..<units.count {
      finished += units[unit].count(where: state.asksFor)
      guard state.next(unit) != nil else { continue }
      finished -= 1
      fewest += state.fewestLeft(unit)
      most += state.mostLeft(unit)
      let range = state.walk(unit).costs { costs[units.trial($0, of: unit)] }
      least += range.lowerBound
      greatest += range.upperBound
      longest = max(longest, range.upperBound)
    }
    left = fewest...most
    coreSeconds = least...greatest
    longestSearch = longest
    summary = Forecast.Searches(
      key: units.search.key, count: units.count,
      ended: (0..<units.count).count { state.next($0) == nil }, finished: finished,
      left: left, coreSeconds: coreSeconds)
  }

  /// A run in which all searches take one path.
  func schedule(_ way: Way, _ messages: ScheduleSimulation.Messages) -> ScheduleSimulation {
    let units = state.units
    var (first, following) = (Set<Int>(), [Int: (trial: Int, chain: Int)]())
    var seconds: [Int: Double] = [:]
    for unit in 0..<units.count where state.next(unit) != nil {
      let trials = state.walk(unit).values { isMet(way, $0, unit) }.map {
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
  private func isMet(_ way: Way, _ walk: Bisection, _ unit: Int) -> Bool {
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
