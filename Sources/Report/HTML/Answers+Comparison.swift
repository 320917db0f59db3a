import Parameters
import Scores
import SweepPlan

/// Is one level better than another, by how much, how surely, and is it the parameter or the replicates?
extension Answers {
  /// One level of an axis against the reference level.
  struct Comparison {
    let contrast: ContrastTable.Contrast
    let differences: ContrastTable.Differences
    /// Whether only the pairs count in which both networks recall.
    let isAmongRecalled: Bool
    /// The share of the variance of the score that the axis explains; nil if it is not analysed.
    let share: Double?

    var score: ScoreColumn { contrast.score }

    /// How sure it is that the levels differ.
    var verdict: String {
      let signs = [
        differences.adjusted.map { $0 < 0.05 }, differences.interval.map { !$0.contains(0) },
      ].count { $0 == true }
      return signs == 2
        ? "sure"
        : signs == 1 ? "likely" : differences.units < Answers.fewestUnits ? "too few" : "open"
    }

    /// The fields of a row.
    var fields: [String] {
      let difference = differences.difference!
      return [
        "\(FigureWords.words(contrast.axis)): \(FigureWords.short(contrast.level)) against "
          + FigureWords.short(contrast.against) + contrast.alsoWords,
        FigureWords.label(score) + (isAmongRecalled ? ", if both recall" : ""), verdict,
        (difference > 0 ? "+" : "") + Answers.size(difference, of: score),
        differences.interval.map { Decimals.interval($0, 3) } ?? "–",
        "\(differences.units)",
        differences.favours.map { "\(Decimals.text(100 * $0, 0)) % of \(differences.pairs)" }
          ?? "–",
        differences.adjusted.map { Decimals.significant($0, 2) } ?? "–",
        share.map { "\(Decimals.text(100 * $0, 0)) %" } ?? "–",
      ]
    }
  }

  /// The most rows of the comparison.
  private static let maximumComparisons = 6
  /// The scores of each; searches have their frontier alone.
  private static let scores = ["recalled", "correlation", "robustness"]
  /// The fewest units with which the sign-flip test can have p < 0.05.
  private static let fewestUnits = 6

  static let comparisonNote =
    "For each parameter, the value that differs most from the reference value; the section Contrasts has "
    + "all. n: independent units. Sure: p < 0.05 in the sign-flip test, with Holm's correction over all "
    + "contrasts of the score, and the interval of the difference excludes zero. Likely: one of the two. "
    + "Open: neither. "
    + "If both recall: the pairs in which the networks of both values recall; a network that does not "
    + "recall differs too much from one that does to be averaged with it. "
    + "Too few: neither, and fewer than \(fewestUnits) units cannot be sure; add replicates."

  /// For each axis, the level that differs most from the reference in recall, or in correlation if all
  /// recall alike; the largest difference first. The other scores are those of the same level.
  var comparisons: [Comparison] {
    let found = (tables.contrasts?.contrasts ?? []).filter { $0.difference != nil }
    let keys = source.comparedScores.filter { key in
      (source.results.searches != nil || Self.scores.contains(key))
        && found.contains { $0.score.key == key && $0.difference != 0 }
    }
    let largest = Dictionary(grouping: found.filter { $0.score.key == keys.first }, by: \.axis)
      .values.map { $0.max { abs($0.difference!) < abs($1.difference!) }! }
      .sorted { first, second in
        (abs(first.difference!), second.axis) > (abs(second.difference!), first.axis)
      }
    return largest.prefix(Self.maximumComparisons).flatMap { first in
      found.filter {
        $0.axis == first.axis && $0.level == first.level && keys.contains($0.score.key)
      }.sorted { keys.firstIndex(of: $0.score.key)! < keys.firstIndex(of: $1.score.key)! }
        .flatMap { contrast in
          let score = tables.importance?.scores.first { $0.column.key == contrast.score.key }
          let share = score?.parts.first { $0.name == contrast.axis }?.part.share
          return contrast.parts.map { part in
            Comparison(
              contrast: contrast, differences: part.differences,
              isAmongRecalled: part.isAmongRecalled, share: part.isAmongRecalled ? nil : share)
          }
        }
    }
  }

  /// A difference with three decimals, or, of a score without a range, with four digits.
  fileprivate static func size(_ difference: Double, of score: ScoreColumn) -> String {
    score.range == nil && score.kind != .boolean
      ? Decimals.significant(difference, 4) : Decimals.text(difference, 3)
  }

  /// The first comparison in a sentence.
  var comparison: String? {
    guard let first = comparisons.first, first.contrast.difference != 0 else { return nil }
    let (contrast, differences) = (first.contrast, first.differences)
    let (high, low) =
      differences.difference! > 0
      ? (contrast.level, contrast.against) : (contrast.against, contrast.level)
    let what =
      contrast.score.key == "recalled"
      ? "recalls more often than" : "has a higher \(FigureWords.words(contrast.score.key)) than"
    let axis = FigureWords.words(contrast.axis)
    let verdict =
      first.verdict == "too few" ? "too few \(source.unitName) to be sure" : first.verdict
    return "\(axis.prefix(1).uppercased() + axis.dropFirst()) \(FigureWords.short(high)) \(what) "
      + "\(FigureWords.short(low))\(contrast.alsoWords), "
      + "by \(Self.size(abs(differences.difference!), of: first.score)) in "
      + "\(differences.pairs) pairs over \(differences.units) \(source.unitName) (\(verdict))."
  }

  /// What the variance of recall is due to, or that of the correlation if all or none recall.
  var importance: String? {
    let scores = tables.importance?.scores ?? []
    guard
      let score = scores.first(where: { $0.column.key == "recalled" })
        ?? scores.first(where: { $0.column.key == source.comparedScores.first })
        ?? scores.first(where: { $0.column.key == "correlation" })
    else { return nil }
    func text(_ part: (name: String, part: VarianceShares.Part)) -> String {
      let luck = part.name == "replicates" ? " (luck of \(source.replicateName))" : ""
      let name = part.name.split(separator: ":").joined(separator: " × ")
      return "\(name)\(luck) \(Self.percent(part.part.share))"
    }
    let parts = score.parts.sorted { $0.part.share > $1.part.share }.prefix(5)
      .filter { $0.part.share >= 0.005 || $0.name == "replicates" }
    return "Shares of the variance of \(score.column.key): "
      + parts.map(text).joined(separator: ", ") + "."
  }
}

extension ContrastTable.Contrast {
  /// What differs too, in words; empty if nothing does.
  fileprivate var alsoWords: String {
    guard !also.isEmpty else { return "" }
    let rest = also.count > 3 ? " and \(also.count - 3) more" : ""
    return " (with other " + also.prefix(3).map(FigureWords.words).joined(separator: ", ") + rest
      + ")"
  }
}
