/// The progress of a plan whose conditions get replicates in stages, given the known scores.
///
/// A condition is looked at when all trials of its stage have ended. So the requested trials depend only
/// on results, not on their order.
public struct StageState: Sendable {
  public let units: StagedUnits
  /// The score of each trial that has ended; NaN if it has none, nil if it has not ended.
  private var scores: [Double?]
  /// The number of requested trials of each condition.
  private var sizes: [Int]
  /// The number of those that have not ended.
  private var open: [Int]
  /// Whether the interval of each condition is narrow enough.
  private var precise: [Bool]
  /// The place of each trial in its condition.
  private let places: [UInt32]

  /// Advances the conditions as far as scores are known.
  ///
  /// - Parameter scores: The score of each trial, by index; NaN if it has none, nil if it has not ended.
  package init(_ units: StagedUnits, scores: [Double?]) {
    self.units = units
    self.scores = scores
    var places = [UInt32](repeating: 0, count: units.trialCount)
    for unit in 0..<units.count {
      for (place, trial) in units[unit].enumerated() { places[trial] = UInt32(place) }
    }
    self.places = places
    sizes = Array(repeating: 0, count: units.count)
    open = sizes
    precise = sizes.map { _ in false }
    for unit in 0..<units.count { follow(unit) }
  }

  /// Requests further stages of a condition until one has trials that have not ended, or there is none.
  private mutating func follow(_ unit: Int) {
    let trials = units[unit]
    for stage in units.request.stages(of: trials.count) where stage > sizes[unit] {
      sizes[unit] = stage
      open[unit] = trials[..<stage].count { scores[$0] == nil }
      if open[unit] > 0 { return }
      precise[unit] = units.request.isPrecise(
        trials[..<stage].compactMap { scores[$0] }.filter { !$0.isNaN })
      if precise[unit] { return }
    }
  }

  /// Records the score of a requested trial; nil if it has none.
  ///
  /// - Returns: The trials that must run because of it.
  package mutating func take(_ score: Double?, of trial: Int) -> [Int] {
    let unit = units.unit(of: trial)
    guard scores[trial] == nil else { return [] }
    scores[trial] = score ?? .nan
    open[unit] -= 1
    let before = sizes[unit]
    guard open[unit] == 0 else { return [] }
    precise[unit] = units.request.isPrecise(
      units[unit][..<before].compactMap { scores[$0] }.filter { !$0.isNaN })
    if !precise[unit] { follow(unit) }
    return units[unit][before..<sizes[unit]].filter { scores[$0] == nil }
  }

  /// Whether a condition has requested a trial, which has run or is to run now.
  public func asksFor(_ trial: Int) -> Bool { Int(places[trial]) < sizes[units.unit(of: trial)] }

  /// Whether a trial is to run now.
  package func isPending(_ trial: Int) -> Bool { asksFor(trial) && scores[trial] == nil }

  /// Whether a condition needs no further trial.
  package func hasEnded(_ unit: Int) -> Bool { open[unit] == 0 }

  /// Whether the interval of a condition is narrow enough.
  public func isPrecise(_ unit: Int) -> Bool { precise[unit] }

  /// The least and the largest number of further trials of a condition.
  package func left(_ unit: Int) -> ClosedRange<Int> {
    guard open[unit] > 0 else { return 0...0 }
    let trials = units[unit]
    return open[
      unit]...trials[..<min(trials.count, units.request.atMost)].count {
        scores[$0] == nil
      }
  }

  /// Whether each trial may still be requested, depending on other scores.
  package var mayBeRun: [Bool] {
    var mayBeRun = [Bool](repeating: false, count: units.trialCount)
    for unit in 0..<units.count where !hasEnded(unit) {
      for trial in units[unit].prefix(units.request.atMost) {
        mayBeRun[trial] = scores[trial] == nil
      }
    }
    return mayBeRun
  }
}
