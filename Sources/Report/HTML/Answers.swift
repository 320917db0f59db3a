import Journal
import Parameters
import Scores
import SweepPlan

/// The findings of a sweep, in sentences.
struct Answers {
  let source: FigureSource
  let tables: ResultFolder.Tables

  /// Who recalls, before the comparison.
  var headline: [String] { [completeness] + recallSentences }

  var sentences: [String] {
    [comparison, importance, best].compactMap(\.self) + capacity
      + [efficiency, robustness].compactMap(\.self)
      + tables.warnings.map { "Warning: \($0)." }
  }

  private var completeness: String {
    let results = source.results
    let failed = results.failed
    let (done, missing) = (results.count(.done), results.missing)
    return
      "\(done) of \(counted(results.count, "trial")) \(done == 1 ? "is" : "are") done"
      + (failed > 0 ? ", \(failed) failed" : "")
      + (missing > 0 ? ", \(missing) \(missing == 1 ? "has" : "have") not run" : "") + "."
  }

  private var rows: [SweepResults.Row] { source.conditions.flatMap(\.rows) }

  /// The number of trials that recall and the number of scored trials.
  private func recalled(_ rows: some Sequence<SweepResults.Row>) -> (Int, Int) {
    let scores = rows.compactMap { $0.score("recalled") }
    return (scores.count { $0 == 1 }, scores.count)
  }

  /// Without blocks all trials count alike.
  private func summary(
    of rows: [SweepResults.Row], _ column: ScoreColumn, isBounded: Bool = true
  ) -> Summary? {
    let results = source.results
    return results.summary(
      of: rows, results.plan.hasBlocks ? results.units(of: rows) : nil, column, isBounded: isBounded
    )
  }

  private func fraction(_ rows: [SweepResults.Row]) -> String {
    let counts = recalled(rows)
    guard let summary = summary(of: rows, ScoreTable.shared.recalled) else { return "none scored" }
    return "\(counts.0) of \(counts.1) (\(Self.percent(summary.mean))"
      + (summary.interval.map {
        ", 95 % interval \(Self.percent($0.lowerBound)) to \(Self.percent($0.upperBound))"
      } ?? "") + ")"
  }

  /// A whole number, or more digits if that would be an end that is not reached.
  static func percent(_ fraction: Double) -> String {
    let whole = Decimals.text(100 * fraction, 0)
    let isEnd = whole == "0" && fraction > 0 || whole == "100" && fraction < 1
    return (isEnd ? Decimals.significant(100 * fraction, whole == "0" ? 1 : 4) : whole) + " %"
  }

  /// Fractions that recall. For searches, their frontiers instead: a search chooses its trials by the
  /// outcomes of earlier ones, so a fraction of them would be biased.
  private var recallSentences: [String] {
    if let frontier = FrontierTable(source.results) { return [frontier.sentence] }
    return [recall, smallestNetwork].compactMap(\.self) + recallByAxis
  }

  private var recall: String? {
    let counts = recalled(rows)
    guard counts.1 > 0 else { return nil }
    let correlation = summary(
      of: rows.filter { $0.score("recalled") == 1 }, ScoreTable.shared.correlation, isBounded: false
    ).map { summary in
      "; \(counts.0 == 1 ? "its" : "their mean") correlation is \(Decimals.text(summary.mean, 3))"
        + (summary.interval.map { " " + Decimals.interval($0, 3) } ?? "")
    }
    return "Networks that recall the sequence: \(fraction(rows))\(correlation ?? "")."
  }

  private var recallByAxis: [String] {
    source.axes.prefix(6).compactMap { axis in
      let groups = source.rows(by: [axis.key])
      let parts = axis.values.compactMap { value -> String? in
        let counts = recalled(groups[[value], default: []])
        guard counts.1 > 0 else { return nil }
        return "\(counts.0) of \(counts.1) at \(FigureWords.short(value))"
      }
      guard parts.count > 1 else { return nil }
      let shown =
        parts.count <= 12
        ? parts : Array(parts.prefix(6)) + ["…"] + Array(parts.suffix(5))
      return "Recalled by \(FigureWords.words(axis.key)): \(shown.joined(separator: "; "))."
    }
  }

  /// The condition with the fewest latent neurons in which at least half of the networks recall.
  private var smallestNetwork: String? {
    guard let axis = source.axes.first(where: { $0.key == "latent" }) else { return nil }
    let conditions = source.conditions.filter { condition in
      let counts = recalled(condition.rows)
      return counts.1 > 0 && 2 * counts.0 >= counts.1
    }
    let position = source.summary.axes.firstIndex(of: "latent")!
    guard let smallest = conditions.min(by: { $0.coordinates[position] < $1.coordinates[position] })
    else {
      return "In every condition fewer than half of the networks recall; the largest networks have "
        + "\(axis.values[axis.values.count - 1]) latent neurons."
    }
    return "The smallest networks of which at least half recall have "
      + "\(smallest.coordinates[position]) latent neurons: "
      + "\(fraction(smallest.rows))\(place(smallest.coordinates, without: "latent"))."
  }

  /// The coordinates of a condition without one axis; empty if there is no other.
  private func place(_ coordinates: [ParameterValue], without key: String? = nil) -> String {
    let distinguishing = source.summary.distinguishingAxes
    let parts = zip(distinguishing(source.summary.axes), distinguishing(coordinates))
      .filter { axis, _ in axis != key && source.axes.contains { $0.key == axis } }
      .map { "\(FigureWords.words($0)) \(FigureWords.short($1))" }
    return parts.isEmpty ? "" : ", at \(parts.joined(separator: ", "))"
  }

  private var best: String? {
    if let nothingLearned = source.summary.nothingLearned { return nothingLearned }
    guard source.summary.conditions.count > 1,
      let condition = source.summary.conditions
        .filter({ $0.hasLearned && $0.summaries["correlation"] != nil })
        .max(by: { $0.summaries["correlation"]!.mean < $1.summaries["correlation"]!.mean }),
      let correlation = condition.summaries["correlation"]
    else { return nil }
    let interval = correlation.interval.map { " " + Decimals.interval($0, 3) }
    return "The highest mean correlation is \(Decimals.text(correlation.mean, 3))"
      + "\(interval ?? "")\(place(condition.coordinates)) (\(counted(condition.count, "trial")))."
  }

  private var capacity: [String] {
    guard let table = tables.capacity else { return [] }
    let groups = table.groups.filter { $0.measure == "latent" }
    return groups.prefix(CapacityFigures.maximumGroups).map { group in
      let name = CapacityFigures.name(group, table)
      let sizes = group.fit.sizes.prefix(8).map { size in
        "\(ParameterValue.real(size.size)) latent neurons: \(Self.length(size.capacity))"
      }
      let growth =
        group.fit.exponent.map { exponent in
          let interval = group.fit.exponentInterval.map { " " + Decimals.interval($0, 2) }
          return "; its exponent in the network size is \(Decimals.text(exponent, 2))"
            + (interval ?? "")
            + (group.fit.sizes.contains(where: \.isUnsteady)
              ? ", not to be quoted: success does not fall steadily with length" : "")
        } ?? group.fit.missing.map { "; no exponent: \($0)" } ?? ""
      return "Length in notes that half of the networks recall"
        + (name.isEmpty ? "" : " (\(name))") + ": \(sizes.joined(separator: "; "))\(growth)."
    }
  }

  private static func length(_ length: CensoredLength?) -> String {
    switch length {
    case nil: "unknown"
    case .at(let value): Decimals.text(value, 1)
    case .above(let bound): "more than \(Decimals.text(bound, 0)), the longest tested"
    case .below(let bound): "less than \(Decimals.text(bound, 0)), the shortest tested"
    }
  }

  private var efficiency: String? {
    let summary = source.summary
    let costs = Set(summary.conditions.compactMap { $0.summaries[SummaryTable.paretoCost]?.mean })
    let efficient = summary.conditions.filter { $0.isEfficient == true }
    guard costs.count > 1, !efficient.isEmpty else { return nil }
    let conditions = efficient.prefix(6).map { condition in
      let place = String(place(condition.coordinates).dropFirst(5))
      let score = condition.summaries[summary.paretoScore]!.mean
      let cost = condition.summaries[SummaryTable.paretoCost]!.mean
      return "\(place) (\(Decimals.short(score)), \(Decimals.text(cost, 0)))"
    }
    return "Pareto-efficient conditions (mean \(FigureWords.words(summary.paretoScore)), number of "
      + "plastic synapses): \(conditions.joined(separator: "; "))"
      + (efficient.count > conditions.count
        ? "; and \(efficient.count - conditions.count) more" : "") + "."
  }

  private var robustness: String? {
    guard source.column("robustness") != nil else { return nil }
    let scores = rows.compactMap { $0.score("robustness") }
    guard let column = source.column("robustness"), let mean = summary(of: rows, column)
    else {
      return "No network recalls without perturbation, so robustness cannot be measured."
    }
    let networks =
      scores.count == 1 ? "1 network that recalls" : "\(scores.count) networks that recall"
    return "The mean robustness of the \(networks) without perturbation is "
      + Decimals.text(mean.mean, 2)
      + (mean.interval.map { " " + Decimals.interval($0, 2) } ?? "") + "."
  }
}
