import SweepPlan

/// Which trials meet what a sweep is after, as the capacity is fitted to it.
struct SearchedOutcomes {
  /// One trial, run or concluded.
  struct Outcome {
    let parameters: ParameterSet
    let isMet: Bool
  }

  /// The outcomes.
  let outcomes: [Outcome]
  /// A trial of each search that has not found its frontier, whose outcomes are left out.
  var open: [ParameterSet] = []

  /// Whether each trial that was scored recalled.
  init(everyTrialOf results: SweepResults) {
    outcomes = results.rows.compactMap { row in
      guard row.status == .done, let recalled = row.score("recalled") else { return nil }
      return Outcome(parameters: row.trial.parameters, isMet: recalled == 1)
    }
  }

  /// What each search that has found its frontier says of all its values; nil where the sweep has no
  /// searches.
  ///
  /// Searches that wait, or ended at a failed trial, are left out as a whole: the trials that they ran
  /// were chosen by their outcomes.
  init?(_ results: SweepResults) {
    guard let searches = results.searches else { return nil }
    var outcomes: [Outcome] = []
    for unit in 0..<searches.units.count {
      let trials = searches.units[unit]
      guard searches.hasFound(unit) else {
        open.append(results.plan.trial(at: trials[0]).parameters)
        continue
      }
      for (place, trial) in trials.enumerated() {
        outcomes.append(
          Outcome(
            parameters: results.plan.trial(at: trial).parameters,
            isMet: place <= searches.walk(unit).lastMet))
      }
    }
    self.outcomes = outcomes
  }
}
