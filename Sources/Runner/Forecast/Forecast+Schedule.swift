import SweepPlan

extension Forecast.Schedule {
  /// What a run that was played through came to.
  ///
  /// - Parameters:
  ///   - threads: Compute threads over all ranks.
  ///   - coreSeconds: What all trials take together.
  ///   - longest: What the longest trial takes, or the longest row of trials that wait for each other.
  init(
    _ outcome: ScheduleSimulation.Outcome, ranks: Int, threads: Int, coreSeconds: Double,
    longest: Double
  ) {
    self.ranks = ranks
    self.threads = threads
    seconds = outcome.seconds
    bound = max(coreSeconds / Double(threads), longest)
    coordinatorLoad = seconds > 0 ? outcome.coordinatorSeconds / seconds : 0
    efficiency = seconds > 0 ? coreSeconds / (seconds * Double(threads)) : 1
  }

  /// Foretells a run of all trials of a plan that are known to take some times.
  ///
  /// - Parameters:
  ///   - seconds: What a trial with some parameters takes [s].
  ///   - threads: Compute threads of each rank.
  ///   - coordinatorSeconds: What the coordinator takes for one trial [s].
  package init(
    _ plan: Plan, seconds: (ParameterSet) -> Double, ranks: Int, threads: Int,
    coordinatorSeconds: Double
  ) {
    let lines = plan.lines { _ in true }
    var model = CostModel()
    var (total, longest) = (0.0, 0.0)
    for line in lines {
      let seconds = seconds(plan.trial(at: Int(line.numbers[0])).parameters)
      model.learn(line.shape, seconds: seconds)
      total += seconds * Double(line.numbers.count)
      longest = max(longest, seconds)
    }
    let outcome = ScheduleSimulation(
      lines: lines, model: model, messages: .init(coordinator: coordinatorSeconds)
    ).run(ranks: ranks, threads: threads)
    self.init(
      outcome, ranks: ranks, threads: ranks * threads, coreSeconds: total, longest: longest)
  }
}
