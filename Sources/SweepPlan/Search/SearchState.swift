/// The progress of the searches of a plan, given the known outcomes.
///
/// The requested trials depend only on outcomes, not on their order. So runs over any number of ranks
/// request the same trials. Outcomes of trials that no search requests have no effect, for example
/// those of an earlier full grid.
public struct SearchState: Sendable {
  public let units: SearchUnits
  /// The progress of each search.
  private var walks: [Bisection]
  /// The outcome of each trial, if known.
  private var outcomes: [SearchOutcome?]
  /// Whether a search has requested each trial.
  private var isAsked: [Bool]

  /// Advances the searches as far as outcomes are known.
  ///
  /// - Parameter outcomes: The outcome of each trial, if known, by index.
  package init(_ units: SearchUnits, outcomes: [SearchOutcome?]) {
    self.units = units
    self.outcomes = outcomes
    walks = (0..<units.count).map { Bisection(count: units.valueCount($0)) }
    isAsked = Array(repeating: false, count: units.trialCount)
    for unit in 0..<units.count { follow(unit) }
  }

  /// Advances a search until an outcome is missing or unknown.
  private mutating func follow(_ unit: Int) {
    while let place = walks[unit].next {
      let trial = units.trial(place, of: unit)
      isAsked[trial] = true
      guard let outcome = outcomes[trial], outcome != .unknown else { return }
      walks[unit].take(isMet: outcome == .met)
    }
  }

  /// Records the outcome of a requested trial.
  ///
  /// - Returns: The next trial of its search; nil if the search has ended.
  package mutating func take(_ outcome: SearchOutcome, of trial: Int) -> Int? {
    let unit = units.unit(of: trial)
    outcomes[trial] = outcome
    follow(unit)
    return next(unit)
  }

  /// The trial that a search waits for; nil if it has ended or its last trial failed.
  public func next(_ unit: Int) -> Int? {
    guard let trial = current(unit), outcomes[trial] == nil else { return nil }
    return trial
  }

  /// The trial that a search needs next; nil if it has found its frontier.
  private func current(_ unit: Int) -> Int? {
    walks[unit].next.map { units.trial($0, of: unit) }
  }

  /// Whether a search stopped at a trial that failed or took too long.
  public func hasFailed(_ unit: Int) -> Bool {
    current(unit).map { outcomes[$0] == .unknown } ?? false
  }

  /// Whether a search has found the frontier, or that it is beyond the values.
  public func hasFound(_ unit: Int) -> Bool { walks[unit].next == nil }

  /// The progress of a search.
  public func walk(_ unit: Int) -> Bisection { walks[unit] }

  /// Whether a search has requested a trial, which has run or is to run now.
  public func asksFor(_ trial: Int) -> Bool { isAsked[trial] }

  /// Whether a trial is to run now.
  package func isPending(_ trial: Int) -> Bool { next(units.unit(of: trial)) == trial }

  /// Whether each trial may still be requested, depending on other outcomes.
  package var mayBeRun: [Bool] {
    var mayBeRun = [Bool](repeating: false, count: units.trialCount)
    for unit in 0..<units.count where next(unit) != nil {
      for place in walks[unit].open { mayBeRun[units.trial(place, of: unit)] = true }
    }
    return mayBeRun
  }

  /// The largest number of further trials of a search.
  package func mostLeft(_ unit: Int) -> Int { next(unit) == nil ? 0 : walks[unit].most }

  /// The least number of further trials of a search.
  package func fewestLeft(_ unit: Int) -> Int { next(unit) == nil ? 0 : walks[unit].fewest }
}
