import NeuralCore
import Parameters
import Scores

/// Warnings of tests whose scores do not show what a reader would take them for.
extension GridBlock {
  /// The warning of too few random draws in robustness tests; nil if there are enough.
  var fewDrawsWarning: String? {
    let key = "robustness_draws"
    guard let draws = numbers(key).min(), draws < RobustnessKind.fewestDraws else { return nil }
    return warning(
      [key], found: "\(draws)",
      expected: "\(RobustnessKind.fewestDraws) or more for scores: robustness; "
        + "with fewer, draws in one network differ as much as networks do")
  }

  /// The warning of latent populations that are so small that different severities of `latent_loss`
  /// remove equally many neurons, or none; nil if there are none.
  var latentLossWarning: String? {
    let key = "latent"
    let small = numbers(key).filter { !Self.hasDistinctLosses($0) }.sorted()
    guard let smallest = small.first else { return nil }
    func list(_ numbers: [some CustomStringConvertible]) -> String {
      let rest = numbers.count > 10 ? " and \(numbers.count - 10) more" : ""
      return numbers.prefix(10).map(\.description).joined(separator: ", ") + rest
    }
    let least = (1...).first(where: Self.hasDistinctLosses)!
    return warning(
      [key], found: list(small),
      expected: "\(least) or more for robustness_latent_loss, or to compare this score between "
        + "larger networks only; of \(counted(smallest, "neuron")), the severities "
        + "\(list(RobustnessKind.latentLoss.severities)) remove "
        + list(RobustnessKind.lostNeurons(of: smallest)))
  }

  /// Whether every severity of `latent_loss` removes more neurons than the one before.
  private static func hasDistinctLosses(_ latent: Int) -> Bool {
    let lost = RobustnessKind.lostNeurons(of: latent)
    return zip([0] + lost, lost).allSatisfy { $0 < $1 }
  }

  /// The warning of free tests that all come at the end of a turn of their own pattern; nil if they do
  /// not.
  func turnsWarning(_ files: InputFiles) -> String? {
    let keys = ["test_every", "turn_cycles"]
    let length = ["training_cycles", "training_time"]
    for values in combinations(of: keys + length + PatternSize.keys) {
      guard let every = values.testEvery, let turn = values.turnCycles,
        let patterns = PatternSize.all(values, files: files)?.count
      else { continue }
      // There may be no free test.
      if values.trainingTime == nil, let cycles = values.trainingCycles, cycles <= every {
        continue
      }
      var schedule = TrainingSchedule()
      (schedule.testEvery, schedule.turnCycles, schedule.patterns) = (every, turn, patterns)
      guard schedule.testsOnlyEndsOfTurns else { continue }
      return warning(
        keys, found: "\(every) with turn_cycles \(turn) and \(patterns) patterns",
        expected: "no multiple of turn_cycles, for example \(every + 1); otherwise every free test "
          + "ends a turn of its own pattern, and cycles_to_criterion does not show whether patterns "
          + "are kept while others are learned")
    }
    return nil
  }

  /// The whole numbers of a parameter in all trials.
  private func numbers(_ key: String) -> Set<Int> {
    Set(combinations(of: [key]).compactMap { $0[key].number.map { Int($0) } })
  }

  /// A warning of the first of some keys.
  private func warning(_ keys: [String], found: String, expected: String) -> String {
    let place = position(of: keys.map { Parameter.index[$0]! })
    return SweepFileError(place, .notAllowed(key: keys[0], found: found, allowed: expected))
      .description
  }
}
