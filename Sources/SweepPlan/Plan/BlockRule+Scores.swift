import Parameters
import Scores

extension BlockRule {
  /// The rules without which the trials of a sweep cannot have a score that it asks for: the
  /// criterion of its search, the score of `until`, or robustness. Without them, such a score would be
  /// missing in every trial. A search would take that for an answer, and `until` would add replicates
  /// in vain.
  static func ofScores(_ sweep: SweepFile) -> [BlockRule] {
    let asked =
      sweep.search.map { (column: $0.criterion.column, key: "search: criterion") }
      ?? sweep.until.map { ($0.scoreKey, "until: score") }
    var rules: [BlockRule] = []
    var needs: [(score: String, cycles: Int)] = []
    if let (column, key) = asked {
      let score = "\(key) \(column)"
      if let cycles = scoredCycles(for: column) { needs.append((score, cycles)) }
      if column == "denoising_gain" { rules.append(targetNoise(for: score)) }
      if ScoreColumn.ofNotes.contains(column) { rules.append(notes(for: score, sweep.inputFiles)) }
      if ScoreColumn.ofMembranes.contains(column) { rules.append(membranes(for: score)) }
      if column.hasSuffix("_draw_sd") { rules.append(several("robustness_draws", for: score)) }
      if column == "linear_memory_capacity_sd" {
        rules.append(several("memory_inputs", for: score))
      }
    }
    if sweep.scoreGroups.contains(.robustness) {
      needs.append(("scores: robustness", ReplayThresholds.summaryCycles))
    }
    return (needs.max { $0.cycles < $1.cycles }.map { [replay($0.cycles, for: $0.score)] } ?? [])
      + rules
  }

  /// A warning if some trials of a sweep replay too few cycles for the scores of recall; nil if
  /// none do, or if they do not replay at all.
  static func warning(of sweep: SweepFile) -> String? {
    let rule = ofRecall
    for block in sweep.blocks {
      for row in BlockCombinations(of: rule.parameters, in: block).values(in: block) {
        let values = PartialValues { row[rule.parameters.firstIndex(of: $0)!] }
        if values.replayCycles != 0, let problem = rule.problem(values) {
          let error = SweepFileError(block.position(of: rule.parameters), problem)
          return error.description + otherwise
        }
      }
    }
    return nil
  }

  /// The same warning of a single trial, without a place.
  static func warning(of values: PartialValues) -> String? {
    guard values.replayCycles != 0 else { return nil }
    return ofRecall.problem(values).map { $0.description + otherwise }
  }

  private static var ofRecall: BlockRule {
    replay(ReplayThresholds.summaryCycles, for: "correlation, note_accuracy and recalled")
  }

  private static let otherwise = "; otherwise they are missing"

  /// The number of scored replay cycles that a score needs; nil if it needs none.
  ///
  /// - SeeAlso: docs/scores.md, *Missing values*.
  private static func scoredCycles(for column: String) -> Int? {
    switch column {
    case "horizon", "horizon_censored": 1
    case "cycles_to_criterion", "cycles_to_criterion_censored", "chance", "chance_95",
      "linear_memory_capacity", "linear_memory_capacity_sd":
      nil
    default:
      ScoreColumn.named(column)?.test == nil ? nil : ReplayThresholds.summaryCycles
    }
  }

  private static func replay(_ cycles: Int, for score: String) -> BlockRule {
    BlockRule(keys: ["replay_cycles", "nudged_replay_cycles", "cue_notes"]) { values in
      guard let replay = values.replayCycles, let nudged = values.nudgedReplayCycles else {
        return nil
      }
      // The first free cycle is not scored; a cue counts as one nudged cycle.
      let least = cycles + 1 + (values.cueNotes == nil ? nudged : 1)
      if replay >= least { return nil }
      return .notAllowed(
        key: "replay_cycles", found: "\(replay)",
        allowed: "at least \(least) for \(score): \(cycles) scored replay "
          + (cycles == 1 ? "cycle" : "cycles"))
    }
  }

  private static func notes(for score: String, _ files: InputFiles) -> BlockRule {
    BlockRule(keys: ["pattern", "pattern_count"]) { values in
      guard let (path, sizes) = files.patterns(values["pattern"]),
        sizes.prefix(values.patternCount ?? sizes.count).contains(where: \.isAnalog)
      else { return nil }
      return .notAllowed(
        key: "pattern", found: "\(quoted(path, limit: 1000)), whose values are analog",
        allowed: "patterns of notes for \(score)")
    }
  }

  private static func membranes(for score: String) -> BlockRule {
    BlockRule(keys: ["model"]) { values in
      let model = "\(values["model"])"
      return ModelKind.eliseNames.contains(model)
        ? nil
        : .notAllowed(
          key: "model", found: "\(quoted(model)), whose neurons have no membrane",
          allowed: "\(ModelKind.eliseNames.joined(separator: ", ")) for \(score)")
    }
  }

  /// A standard deviation over draws needs at least two.
  private static func several(_ key: String, for score: String) -> BlockRule {
    BlockRule(keys: [key]) { values in
      values[key] == .integer(1)
        ? .notAllowed(key: key, found: "1", allowed: "at least 2 for \(score)") : nil
    }
  }

  private static func targetNoise(for score: String) -> BlockRule {
    BlockRule(keys: ["target_noise"]) { values in
      values["target_noise"] == .real(0) || values["target_noise"] == .absent
        ? .notAllowed(
          key: "target_noise", found: "\(values["target_noise"])",
          allowed: "noise on the target for \(score)")
        : nil
    }
  }
}
