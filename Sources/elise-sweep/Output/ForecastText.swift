import Runner
import SweepPlan

/// What `elise-sweep plan` prints.
struct ForecastText {
  private let forecast: Forecast
  private let name: String
  private let folder: String
  private let threads: Int

  /// Prepares to print a forecast.
  ///
  /// - Parameters:
  ///   - name: The sweep's name.
  ///   - folder: The result folder.
  ///   - threads: Compute threads of each rank.
  init(_ forecast: Forecast, name: String, folder: String, threads: Int) {
    self.forecast = forecast
    self.name = name
    self.folder = folder
    self.threads = threads
  }

  /// The whole text.
  var text: String {
    guard forecast.pending > 0 else {
      let which = forecast.tooLarge == nil ? "Nothing" : "Nothing that fits into the memory"
      return head + "\n\n\(which) is left to run."
    }
    return head + "\n\n" + table + "\n\n" + limits
  }

  private var head: String {
    var rows =
      (forecast.choice.map(choiceRows) ?? gridRows) + [
        ("scores", forecast.scoreGroups.map(\.rawValue).joined(separator: ", "))
      ]
    if forecast.pending > 0 {
      rows += [
        ("one trial", trialText),
        ("all trials", coreTimeText + " of one core"),
        ("memory", "\(NumberText.bytes(forecast.memory)) for each rank"),
      ]
    }
    return "\(name)\n\n" + TextTable.twoColumns(rows)
  }

  private var gridRows: [(String, String)] {
    [
      ("trials", NumberText.whole(forecast.trials) + finishedText),
      ("conditions", NumberText.whole(forecast.conditions)),
    ]
  }

  private func choiceRows(_ choice: Forecast.Choice) -> [(String, String)] {
    let (least, most) = (choice.left.lowerBound, choice.left.upperBound)
    let left =
      least == most
      ? NumberText.whole(most) : "\(NumberText.whole(least)) to \(NumberText.whole(most))"
    let finished = "\(NumberText.whole(choice.finished)) finished in \(folder)"
    let trials =
      choice.finished == 0
      ? left : most > 0 ? "\(left) left to run, \(finished)" : "none left to run, \(finished)"
    let ended =
      choice.ended > 0 ? ", of which \(NumberText.whole(choice.ended)) have ended" : ""
    let count = NumberText.whole(choice.count)
    switch choice.units {
    case .searches(let key, let beyond):
      return [
        ("trials", "\(trials); the full grid has \(NumberText.whole(forecast.trials))"),
        ("searches", "\(count) along \(key)\(ended)"),
      ]
        + (beyond > 0
          ? [("verified", "up to \(NumberText.counted(beyond, "value")) beyond each frontier")]
          : [])
    case .conditions(let until):
      return [
        ("trials", trials),
        (
          "conditions",
          "\(count), each with \(until.first) to \(until.atMost) values of \(until.key)\(ended)"
        ),
        (
          "until",
          "the half width of the interval of \(until.scoreKey) is at most "
            + "\(until.halfWidthText)"
        ),
      ]
    }
  }

  private var coreTimeText: String {
    Self.range(forecast.choice?.coreSeconds.lowerBound, forecast.coreSeconds)
  }

  private var finishedText: String {
    let tooLarge = forecast.tooLarge?.count ?? 0
    let finished = forecast.trials - forecast.pending - tooLarge
    if finished == forecast.trials { return ", all of them in \(folder)" }
    var text = ""
    if finished > 0 {
      func are(_ count: Int) -> String { count == 1 ? "is" : "are" }
      let others =
        tooLarge > 0
        ? NumberText.whole(finished) : finished == 1 ? "the other one" : "the others"
      text =
        ", of which \(NumberText.whole(forecast.pending)) \(are(forecast.pending)) left to run; "
        + "\(others) \(are(finished)) in \(folder)"
    }
    if tooLarge > 0 {
      text +=
        "; \(NumberText.whole(tooLarge)) of them \(tooLarge == 1 ? "needs" : "need") more memory than this "
        + "machine has"
    }
    return text
  }

  private var trialText: String {
    let (shortest, longest) = (
      NumberText.fineDuration(forecast.shortest), NumberText.fineDuration(forecast.longest)
    )
    let time = shortest == longest ? longest : "\(shortest) to \(longest)"
    let sources = [
      forecast.finishedTrials > 0
        ? "from \(NumberText.counted(forecast.finishedTrials, "finished trial"))" : nil,
      forecast.measuredNetworks > 0
        ? "measured here in short runs of "
          + NumberText.counted(forecast.measuredNetworks, "network") : nil,
    ]
    let isUpperBound =
      forecast.scoreGroups.contains(.robustness) && forecast.measuredNetworks > 0
      ? "; less if the sequence is not recalled" : ""
    return time + ", " + sources.compactMap { $0 }.joined(separator: " and ") + isUpperBound
  }

  /// The predicted runs, a row for each number of ranks.
  private var table: String {
    let withThreads = threads > 1
    let head = ["ranks"] + (withThreads ? ["threads"] : []) + ["time", "busy", "coordinator"]
    let rows = forecast.schedules.map { schedule in
      [NumberText.whole(schedule.ranks)] + (withThreads ? [NumberText.whole(schedule.threads)] : [])
        + [
          Self.range(schedule.leastSeconds, schedule.seconds),
          NumberText.percent(schedule.efficiency),
          NumberText.percent(schedule.coordinatorLoad),
        ]
    }
    return TextTable.rightAligned([head] + rows)
  }

  private var limits: String {
    let floor =
      switch forecast.choice?.units {
      case .searches:
        "Until a search has found its frontier, its trials run one after the other, so more threads "
          + "than searches hardly help."
      case .conditions:
        "The stages of one condition run one after the other; the longest time ignores that threads "
          + "may wait between them."
      case nil:
        "The longest trial takes \(NumberText.fineDuration(forecast.longest)); no number of ranks "
          + "makes the sweep shorter."
      }
    let saturation =
      forecast.saturation > 0
      ? "One coordinator serves up to \(NumberText.whole(NumberText.roundedDown(forecast.saturation))) ranks with "
        + "trials of this length."
      : "With such short trials, the coordinator is busier than one rank."
    return [
      "These times hold for an idle machine whose cores are as fast as this one.",
      "busy: the part of the time in which cores run trials. coordinator: the part of the time in "
        + "which rank 0 sends trials to ranks.", floor, saturation,
    ].map { TextTable.paragraphs($0) }.joined(separator: "\n")
  }

  /// A range of durations; a single one if both read the same.
  private static func range(_ least: Double?, _ most: Double) -> String {
    let (least, most) = (least.map(NumberText.fineDuration), NumberText.fineDuration(most))
    return least.map { $0 == most ? most : "\($0) to \(most)" } ?? most
  }
}
