import SweepPlan

extension ScheduleSimulation {
  /// What ``run(ranks:threads:recordsStarts:)`` gives, nearly, in a time that does not grow with a long
  /// run.
  ///
  /// Where every thread has many trials of a grid to run, all are busy until few are left. Only these,
  /// the shortest ones, are played through; those before, shape by shape, take what their work takes
  /// or their messages.
  func nearOutcome(ranks: Int, threads: Int) -> Outcome {
    let (rest, skipped) = split(keepingFor: ranks * threads)
    var outcome = rest.run(ranks: ranks, threads: threads)
    outcome.seconds += skipped.seconds
    outcome.coordinatorSeconds += skipped.coordinatorSeconds
    return outcome
  }

  /// So many trials of each thread are played through.
  private static var leastTrials: Int { 16 }
  /// So many times the longest trial, too: when it ends shall not matter.
  private static var leastLongest: Double { 2 }

  /// The end of a run, and what comes before.
  private func split(
    keepingFor threads: Int
  ) -> (rest: ScheduleSimulation, skipped: Outcome) {
    let costs = lines.map { model.seconds($0.shape) }
    let leastWork = Self.leastLongest * (costs.max() ?? 0) * Double(threads)
    var rest = self
    var kept = (trials: 0, work: 0.0)
    var skipped = Outcome()
    for index in lines.indices.sorted(by: { costs[$0] < costs[$1] }) {
      let count = lines[index].numbers.count
      let byWork = costs[index] > 0 ? (leastWork - kept.work) / costs[index] : Double(count)
      let wanted = max(Double(Self.leastTrials * threads - kept.trials), byWork.rounded(.up))
      let taken = Int(min(max(0, wanted), Double(count)))
      rest.lines[index].numbers = Array(lines[index].numbers.suffix(taken))
      kept = (kept.trials + taken, kept.work + Double(taken) * costs[index])
      let messageSeconds = Double(count - taken) * messages.coordinator
      let workSeconds = Double(count - taken) * costs[index] / Double(threads)
      skipped.coordinatorSeconds += messageSeconds
      skipped.seconds += max(workSeconds, messageSeconds)
    }
    return (rest, skipped)
  }
}
