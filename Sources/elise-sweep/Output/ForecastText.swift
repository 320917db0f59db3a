import Glibc
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
    guard forecast.pending > 0 else { return head + "\n\nNothing is left to run." }
    return head + "\n\n" + table + "\n\n" + limits
  }

  private var head: String {
    var rows =
      (forecast.searches.map(searchRows) ?? gridRows) + [
        ("scores", forecast.scoreGroups.map(\.rawValue).joined(separator: ", "))
      ]
    if forecast.pending > 0 {
      rows += [
        ("one trial", trialText),
        ("all trials", coreTimeText + " of one core"),
        ("memory", "\(Self.bytes(forecast.memory)) for each rank"),
      ]
    }
    return "\(name)\n\n" + TextTable.twoColumns(rows)
  }

  private var gridRows: [(String, String)] {
    [
      ("trials", Self.number(forecast.trials) + finishedText),
      ("conditions", Self.number(forecast.conditions)),
    ]
  }

  private func searchRows(_ searches: Forecast.Searches) -> [(String, String)] {
    let (least, most) = (searches.left.lowerBound, searches.left.upperBound)
    let left = least == most ? Self.number(most) : "\(Self.number(least)) to \(Self.number(most))"
    let finished = "\(Self.number(searches.finished)) in \(folder)"
    let trials =
      searches.finished == 0
      ? left : most > 0 ? "\(left) left to run, beside \(finished)" : "nothing left, \(finished)"
    let ended =
      searches.ended > 0 ? ", of which \(Self.number(searches.ended)) have ended" : ""
    return [
      ("trials", "\(trials), of \(Self.number(forecast.trials)) in the full grid"),
      ("searches", "\(Self.number(searches.count)) along \(searches.key)\(ended)"),
    ]
  }

  private var coreTimeText: String {
    Self.range(forecast.searches?.coreSeconds.lowerBound, forecast.coreSeconds)
  }

  private var finishedText: String {
    if forecast.pending == forecast.trials { return "" }
    if forecast.pending == 0 { return ", all of them in \(folder)" }
    return
      ", of which \(Self.number(forecast.pending)) are left to run; the others are in \(folder)"
  }

  private var trialText: String {
    let (shortest, longest) = (
      Self.duration(forecast.shortest), Self.duration(forecast.longest)
    )
    let time = shortest == longest ? longest : "\(shortest) to \(longest)"
    let sources = [
      forecast.finishedTrials > 0
        ? "from \(Self.counted(forecast.finishedTrials, "finished trial"))" : nil,
      forecast.measuredNetworks > 0
        ? "measured here on short runs of "
          + Self.counted(forecast.measuredNetworks, "network") : nil,
    ]
    let isUpperBound =
      forecast.scoreGroups.contains(.robustness) && forecast.measuredNetworks > 0
      ? "; less where the sequence is not recalled" : ""
    return time + ", " + sources.compactMap { $0 }.joined(separator: " and ") + isUpperBound
  }

  /// The expected runs, a row for each number of ranks.
  private var table: String {
    let withThreads = threads > 1
    let head = ["ranks"] + (withThreads ? ["threads"] : []) + ["time", "busy", "coordinator"]
    let rows = forecast.schedules.map { schedule in
      [Self.number(schedule.ranks)] + (withThreads ? [Self.number(schedule.threads)] : []) + [
        Self.range(schedule.leastSeconds, schedule.seconds), Self.percent(schedule.efficiency),
        Self.percent(schedule.coordinatorLoad),
      ]
    }
    return TextTable.rightAligned([head] + rows)
  }

  private var limits: String {
    let floor =
      forecast.searches == nil
      ? "No number of ranks makes it shorter than the longest trial, "
        + "\(Self.duration(forecast.longest))."
      : "The trials of one search run one after the other, so more ranks than searches are of no use."
    let saturation =
      forecast.saturation > 0
      ? "One coordinator serves up to \(Self.number(Self.rounded(forecast.saturation))) ranks with "
        + "trials of this length."
      : "Trials of this length keep the coordinator busier than a single rank."
    return [
      "busy: the part of all cores' time that goes into trials; coordinator: how busy rank 0 is "
        + "with handing them out.", floor, saturation,
    ].flatMap { TextTable.wrap($0, width: TextTable.width) }.joined(separator: "\n")
  }

  // MARK: Numbers

  /// A length of time, from another one on where that reads differently.
  private static func range(_ least: Double?, _ most: Double) -> String {
    let (least, most) = (least.map(duration), duration(most))
    return least.map { $0 == most ? most : "\($0) to \(most)" } ?? most
  }

  /// A number with its thousands set apart.
  static func number(_ value: Int) -> String {
    var text = ""
    for (place, digit) in String(value).reversed().enumerated() {
      if place > 0 && place % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }

  static func counted(_ count: Int, _ noun: String) -> String {
    "\(number(count)) \(noun)\(count == 1 ? "" : "s")"
  }

  /// A number to two digits, downwards: what comes after them is no more certain.
  static func rounded(_ value: Int) -> Int {
    var unit = 1
    while value / unit >= 100 { unit *= 10 }
    return value / unit * unit
  }

  /// A length of time in its two largest units, and short ones in three digits.
  static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<0.0009995: "\(Int((seconds * 1e6).rounded())) µs"
    case ..<0.9995: "\(threeDigits(seconds * 1000)) ms"
    case ..<99.5: "\(threeDigits(seconds)) s"
    default: ProgressLine.duration(seconds)
    }
  }

  private static func threeDigits(_ value: Double) -> String {
    let decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0
    let unit = pow(10, Double(decimals))
    return Decimals.text((value * unit).rounded() / unit, decimals)
  }

  static func percent(_ part: Double) -> String {
    part > 0 && part < 0.001 ? "< 0.1 %" : "\(threeDigits(100 * part)) %"
  }

  private static func bytes(_ count: Int) -> String {
    let megabytes = Double(count) / 1e6
    return megabytes < 1000
      ? "\(Int(megabytes.rounded(.up))) MB" : "\(threeDigits(megabytes / 1000)) GB"
  }
}
