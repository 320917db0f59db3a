import Parameters
import SweepPlan

extension SummaryTable {
  /// The most conditions that `summary.md` shows.
  static let maximumShown = 50

  /// A score in `summary.md`: the head of its column, the decimals of its numbers, and the meaning of
  /// the head if it needs one.
  private typealias Shown = (key: String, head: String, decimals: Int, meaning: String?)

  private static let shown: [Shown] = [
    ("recalled", "recalled", 2, "scored trials that recall the sequence, and their fraction."),
    (
      Self.ifRecalled, "if recalled", 3,
      "mean correlation of the trials that recall, with an interval from five trials on."
    ),
    ("correlation", "correlation", 3, nil), ("note_accuracy", "note accuracy", 3, nil),
    (
      "sounding_accuracy", "sounding", 3,
      "note accuracy among the notes in which the target sounds; silence has 0."
    ),
    ("mean_squared_error", "squared error", 5, nil),
    ("horizon", "horizon", 1, "free replay cycles until the correlation falls below 0.5."),
    (
      "cycles_to_criterion", "to criterion", 0,
      "training cycles until free tests reach a correlation of 0.9."
    ), ("chance", "chance", 3, "correlation of the same notes in random order."),
    ("denoising_gain", "denoising gain", 3, nil),
    ("recalled_bits", "bits", 1, "information about the sequence in the replayed notes."),
    (
      "linear_memory_capacity", "memory", 1,
      "number of past input notes that a linear readout recovers."
    ),
    (
      "robustness", "robustness", 3,
      "mean over the trials that recall without perturbation (their number)."
    ),
  ]

  /// Not a column: the correlation among the trials that recall.
  private static let ifRecalled = "if_recalled"

  /// `summary.md`: the conditions as a table that reads well in a terminal and renders as Markdown.
  ///
  /// - Parameters:
  ///   - title: The name of the sweep.
  ///   - description: Its description; may be empty.
  ///   - replicates: The keys over which conditions are summarised.
  ///   - width: The most characters of a line of the table; the least
  ///     important scores are left out for it. Nil for no limit.
  public func markdown(
    title: String, description: String, replicates: [String], width: Int? = nil
  ) -> String {
    var form = Form(shown: Self.shown.filter(isShown))
    var text = markdown(title, description, replicates, form)
    guard let width else { return text }
    func isTooWide() -> Bool {
      text.split(separator: "\n").contains { $0.hasPrefix("|") && $0.count > width }
    }
    for key in Self.leastFirst where form.shown.contains(where: { $0.key == key }) && isTooWide() {
      form.shown.removeAll { $0.key == key }
      text = markdown(title, description, replicates, form)
    }
    let steps: [(inout Form) -> Void] = [
      { $0.isWithoutMarks = true }, { $0.shown.removeAll { $0.key == "correlation" } },
      { $0.hasShortHeads = true },
      { $0.shown.removeAll { $0.key == Self.ifRecalled } }, { $0.isWithoutIntervals = true },
    ]
    for step in steps where isTooWide() {
      step(&form)
      text = markdown(title, description, replicates, form)
    }
    return text
  }

  /// What the table shows.
  private struct Form {
    var shown: [Shown]
    /// Whether *efficient* and the intervals of correlations are left out, and failed and missing
    /// trials are part of *n*.
    var isWithoutMarks = false
    var isWithoutIntervals = false
    /// Whether long keys are abbreviated, and of paths only the file is shown.
    var hasShortHeads = false
  }

  /// Scores that are left out in a narrow terminal, the least important first.
  private static let leastFirst = [
    "mean_squared_error", "chance", "linear_memory_capacity", "horizon", "cycles_to_criterion",
    "denoising_gain", "note_accuracy", "sounding_accuracy", "recalled_bits", "robustness",
  ]

  private func markdown(
    _ title: String, _ description: String, _ replicates: [String], _ form: Form
  ) -> String {
    let isShortened = conditions.count > Self.maximumShown
    let rows = shownConditions
    let counts: [(String, KeyPath<ConditionSummary, Int>)] = [
      ("failed", \.failed), ("missing", \.missing),
    ]
    let allGaps = counts.filter { gap in rows.contains { $0[keyPath: gap.1] > 0 } }
    let gaps = form.isWithoutMarks ? [] : allGaps
    let countsOfAll = gaps.count < allGaps.count
    func count(_ condition: ConditionSummary) -> String {
      let all = condition.count + condition.failed + condition.missing
      return "\(condition.count)" + (countsOfAll ? "/\(all)" : "")
    }
    let marksEfficient =
      !form.isWithoutMarks
      && Set(conditions.compactMap { $0.summaries[Self.paretoCost]?.mean }).count > 1
      && conditions.contains { $0.isEfficient == true }
    let distinguishing = distinguishingAxes
    let shown = form.shown
    let keys = distinguishing(axes)
    let heads = keys.enumerated().map { number, key in
      form.hasShortHeads && key.count > Self.longestHead ? "key \(number + 1)" : key
    }
    func field(_ value: ParameterValue) -> String {
      let text = value.text(digits: 6)
      return Self.escaped(
        form.hasShortHeads ? text.split(separator: "/").last.map(String.init) ?? text : text)
    }
    let head =
      heads + ["n"] + shown.map(\.head) + gaps.map(\.0)
      + (marksEfficient ? ["efficient"] : [])
    let body = rows.map { condition in
      distinguishing(condition.coordinates).map(field) + [count(condition)]
        + shown.map { scoreText($0.key, $0.decimals, in: condition, form) }
        + gaps.map { "\(condition[keyPath: $0.1])" }
        + (marksEfficient ? [condition.isEfficient == true ? "*" : ""] : [])
    }
    var text = "# \(title)\n\n"
    if !description.isEmpty { text += description + "\n\n" }
    if isShortened {
      text +=
        (nothingLearned == nil
          ? "The best \(rows.count) of \(conditions.count) conditions, by `recalled` and `correlation`"
          : "The first \(rows.count) of \(conditions.count) conditions")
        + "; summary.csv has all.\n\n"
    }
    text += Self.table([head] + body)
    if let nothingLearned {
      text += "\n\(nothingLearned)\n"
    } else if !isShortened, !axes.isEmpty, conditions.count > 1,
      let best = bestFirst.first(where: { conditions[$0].hasLearned })
    {
      let place = zip(distinguishing(axes), distinguishing(conditions[best].coordinates)).map {
        axis, value in
        "\(axis) \(Self.escaped(value.text(digits: 6)))"
      }
      text += "\nBest, by `recalled` and `correlation`: \(place.joined(separator: ", ")).\n"
    }
    text += """

      Means over \(replicates.joined(separator: ", ")), with 95 % intervals in brackets; \
      summary.csv has all statistics.

      """
    if countsOfAll { text += "`n`: trials that are done, of all.\n" }
    for (head, key) in zip(heads, keys) where head != key { text += "`\(head)`: \(key).\n" }
    if let target {
      text += """
        \(target.key) values were added in stages until the half width of the interval of \
        `\(target.scoreKey)` was at most \(target.halfWidthText), or there were \
        \(target.atMost). So `n` depends on the data; `stopping` in summary.csv says why each \
        condition stopped.

        """
    }
    let precisions = Set(conditions.flatMap(\.precision))
      .subtracting([ParameterValue.absent.description])
    if precisions.count == 1 { text += "Computed in \(precisions.first!) precision.\n" }
    if !distinguishing.following.isEmpty {
      let keys = distinguishing.following.map { "`\(axes[$0])`" }.joined(separator: ", ")
      text += "Parameters that follow from these are in summary.csv: \(keys).\n"
    }
    for score in shown {
      if let meaning = score.meaning { text += "`\(score.head)`: \(meaning)\n" }
    }
    if body.contains(where: { $0.contains { $0.hasPrefix("> ") } }) {
      text +=
        "`>`: at least one trial ended before its horizon or criterion, so the mean is a lower "
        + "bound.\n"
    }
    if marksEfficient {
      text +=
        "`efficient`: the networks learned something, and no other condition reaches as high a mean \(paretoScore) with as few "
        + "\(Self.paretoCost).\n"
    }
    return text
  }

  /// All conditions, or the first of the best if there are too many.
  private var shownConditions: [ConditionSummary] {
    guard conditions.count > Self.maximumShown else { return conditions }
    let ranked = nothingLearned == nil ? bestFirst : Array(conditions.indices)
    return ranked.prefix(Self.maximumShown).map { conditions[$0] }
  }

  /// The rows of `summary.tex` as plain text; the first row is the head.
  var cells: [[String]] {
    let shown = Self.shown.filter(isShown)
    let form = Form(shown: shown)
    let head = distinguishingAxes(axes) + ["n"] + shown.map(\.head)
    return [head]
      + shownConditions.map { condition in
        distinguishingAxes(condition.coordinates).map { $0.text(digits: 6) }
          + ["\(condition.count)"]
          + shown.map { scoreText($0.key, $0.decimals, in: condition, form) }
      }
  }

  /// The indices of all conditions, the best first and those without scores last.
  private var bestFirst: [Int] {
    func rank(_ condition: ConditionSummary) -> (Double, Double) {
      (condition.summaries["recalled"]?.mean ?? -1, condition.summaries["correlation"]?.mean ?? -2)
    }
    return conditions.indices.sorted { first, second in
      let (left, right) = (rank(conditions[first]), rank(conditions[second]))
      return left == right ? first < second : left > right
    }
  }

  /// Whether a score has a column: it was requested and, for some scores, says something.
  private func isShown(_ score: Shown) -> Bool {
    if score.key == Self.ifRecalled {
      return conditions.contains { $0.amongRecalled["correlation"] != nil }
    }
    guard columns.contains(where: { $0.key == score.key }) else { return false }
    switch score.key {
    case "denoising_gain": return conditions.contains { $0.summaries[score.key] != nil }
    case "sounding_accuracy":
      // Without silent notes it is the note accuracy.
      return conditions.contains {
        guard let sounding = $0.summaries[score.key] else { return false }
        return sounding.mean != $0.summaries["note_accuracy"]?.mean
      }
    default: return true
    }
  }

  /// A text that stays within one field of a Markdown table.
  static func escaped(_ text: String) -> String {
    text.split(omittingEmptySubsequences: false) { $0.isNewline }.joined(separator: " ")
      .split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }

  /// The longest key that is not abbreviated in a narrow terminal.
  private static let longestHead = 8

  private func scoreText(
    _ key: String, _ decimals: Int, in condition: ConditionSummary, _ form: Form
  ) -> String {
    let hasInterval = !form.isWithoutMarks
    func text(_ value: Double) -> String { Decimals.text(value, decimals) }
    func interval(_ summary: Summary) -> String {
      summary.interval.map { " " + Decimals.interval($0, decimals) } ?? ""
    }
    if key == Self.ifRecalled {
      return condition.amongRecalled["correlation"].map {
        text($0.mean) + (hasInterval ? interval($0) : "")
      } ?? "–"
    }
    guard let summary = condition.summaries[key] else { return "–" }
    if key == "recalled" {
      return "\(condition.recalled.count) of \(summary.count)"
        + (form.isWithoutIntervals ? "" : interval(summary))
    }
    if key == "robustness" {
      return "\(text(summary.mean)) (\(summary.count) of \(condition.count))"
    }
    let mean = (condition.isBound(key) ? "> " : "") + text(summary.mean)
    // More intervals would not fit into a terminal.
    return key == "correlation" && hasInterval ? mean + interval(summary) : mean
  }

  /// The number of characters of a line of a table.
  static func width(_ rows: [[String]]) -> Int { table(rows).prefix { $0 != "\n" }.count }

  /// A Markdown table with columns of equal width; the first row is the head.
  static func table(_ rows: [[String]]) -> String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max()! }
    func line(_ fields: [String]) -> String {
      let padded = zip(fields, widths).map { field, width in
        String(repeating: " ", count: width - field.count) + field
      }
      return "| " + padded.joined(separator: " | ") + " |\n"
    }
    let rule =
      "|" + widths.map { String(repeating: "-", count: $0 + 1) + ":" }.joined(separator: "|")
      + "|\n"
    return line(rows[0]) + rule + rows.dropFirst().map(line).joined()
  }
}
