import Journal
import SweepPlan

/// The time of the trials of a plan on this machine, from finished trials and from short runs.
struct CostCalibration {
  /// The largest number of networks that are measured; the times of others follow from the nearest
  /// sizes.
  static let mostMeasured = 6
  /// The largest number of finished trials of one shape that are read.
  private static let mostRead = 20

  /// The calibrated model.
  private(set) var model = CostModel()
  /// The number of finished trials that it is based on.
  private(set) var finishedTrials = 0
  /// The number of networks that were measured in short runs.
  private(set) var measuredNetworks = 0

  private let plan: Plan
  private let scoreGroups: [ScoreGroup]

  /// Calibrates the model for some trials.
  ///
  /// - Parameters:
  ///   - lines: The trials; the first of each line is measured.
  ///   - journal: Trials of the plan that have finished on this machine.
  /// - Throws: ``JournalError``.
  init(
    _ lines: [TrialQueue.Line], of plan: Plan, scoreGroups: [ScoreGroup], journal: JournalContents
  ) throws {
    self.plan = plan
    self.scoreGroups = scoreGroups
    try learn(from: journal)
    measure(lines)
  }

  /// Learns from finished trials with the same tests.
  private mutating func learn(from journal: JournalContents) throws {
    let reader = TrialScoresReader([])
    let finished = plan.lines { index in
      guard let row = journal.rows[plan.ids[index]] else { return false }
      return row.status == .done && row.scoreGroups == Set(scoreGroups)
    }
    for line in finished {
      for index in line.indices.prefix(Self.mostRead) {
        guard let row = journal.rows[plan.ids[Int(index)]] else { continue }
        let cost = try reader.read(journal.content(of: row)).cost
        model.learn(line.shape, seconds: cost.coreSeconds ?? cost.seconds)
        finishedTrials += 1
      }
    }
  }

  /// Measures the networks without any known time; if there are many, the most informative ones.
  private mutating func measure(_ lines: [TrialQueue.Line]) {
    let files = plan.texts
    func seconds(_ line: TrialQueue.Line, of count: Int) -> Double {
      let trial = plan.trial(at: Int(line.indices[0]))
      return TrialTiming(
        trial, patterns: plan.patternSizes(of: trial), scoreGroups: scoreGroups, files: files,
        of: count
      ).seconds(guess: CostModel().seconds(line.shape))
    }
    let unknown = Self.mostTelling(lines.filter { !model.knows($0.shape.network) })
      .map { [$0.longest, $0.shortest].compactMap { $0 } }
    let count = unknown.reduce(0) { $0 + $1.count }
    for lines in unknown {
      for line in lines { model.learn(line.shape, seconds: seconds(line, of: count)) }
      measuredNetworks += 1
    }
    // Even if all times are known, the largest network shows how much memory a trial needs.
    let largest = lines.max { $0.shape.network.neurons < $1.shape.network.neurons }
    if measuredNetworks == 0, let largest { _ = seconds(largest, of: 1) }
  }

  /// The longest trials of a network, and the shortest ones if they are much shorter.
  private struct Ends {
    var longest: TrialQueue.Line
    var shortest: TrialQueue.Line?

    init(_ lines: [TrialQueue.Line]) {
      longest = lines.max { $0.shape.steps < $1.shape.steps }!
      let least = lines.min { $0.shape.steps < $1.shape.steps }!
      shortest = least.shape.steps < longest.shape.steps / 2 ? least : nil
    }
  }

  /// Of each kind of network the largest and the smallest come first, and then those in between.
  private static func mostTelling(_ lines: [TrialQueue.Line]) -> [Ends] {
    let networks = Dictionary(grouping: lines, by: \.shape.network).values.map(Ends.init)
    let kinds = Dictionary(grouping: networks, by: \.longest.shape.network.kind).values
      .map { $0.sorted { $0.longest.shape.network.neurons > $1.longest.shape.network.neurons } }
      .sorted { $0[0].longest.indices[0] < $1[0].longest.indices[0] }
    let ends = kinds.map { $0[0] } + kinds.compactMap { $0.count > 1 ? $0.last : nil }
    let others = kinds.flatMap { $0.dropFirst().dropLast() }
    let room = max(0, mostMeasured - ends.count)
    return Array(ends.prefix(mostMeasured)) + others.spread(room)
  }
}

extension Array {
  /// A number of evenly spaced elements.
  fileprivate func spread(_ limit: Int) -> [Element] {
    guard count > limit else { return self }
    return (0..<limit).map { self[(2 * $0 + 1) * count / (2 * limit)] }
  }
}
