/// Where the searches of a plan stand, given the outcomes that are known.
///
/// Which trials are asked for follows from outcomes alone, never from when they came: so runs over
/// any number of ranks ask for the same trials. Outcomes of trials that a search does not come to,
/// those of an earlier full grid for example, change nothing.
public struct SearchState: Sendable {
  /// The searches.
  public let units: SearchUnits
  /// How far each has come.
  private var walks: [Bisection]
  /// What is known of each trial.
  private var outcomes: [SearchOutcome?]
  /// Whether each trial is one that a search has come to.
  private var isAsked: [Bool]

  /// Follows the searches as far as outcomes are known.
  ///
  /// - Parameter outcomes: What is known of each trial, by its number.
  package init(_ units: SearchUnits, outcomes: [SearchOutcome?]) {
    self.units = units
    self.outcomes = outcomes
    walks = (0..<units.count).map { Bisection(count: units.valueCount($0)) }
    isAsked = Array(repeating: false, count: units.trialCount)
    for unit in 0..<units.count { follow(unit) }
  }

  /// Goes on with a search until an outcome is not known, or says nothing.
  private mutating func follow(_ unit: Int) {
    while let place = walks[unit].next {
      let trial = units.trial(place, of: unit)
      isAsked[trial] = true
      guard let outcome = outcomes[trial], outcome != .unknown else { return }
      walks[unit].take(isMet: outcome == .met)
    }
  }

  /// Takes in the outcome of a trial that was asked for.
  ///
  /// - Returns: The trial that its search asks for next; nil where that has ended.
  package mutating func take(_ outcome: SearchOutcome, of trial: Int) -> Int? {
    let unit = units.unit(of: trial)
    outcomes[trial] = outcome
    follow(unit)
    return next(unit)
  }

  /// The trial that a search waits for; nil where it has ended, and where its last trial failed.
  public func next(_ unit: Int) -> Int? {
    guard let trial = current(unit), outcomes[trial] == nil else { return nil }
    return trial
  }

  /// The trial without which a search cannot go on; nil where it has found its frontier.
  private func current(_ unit: Int) -> Int? {
    walks[unit].next.map { units.trial($0, of: unit) }
  }

  /// Whether a search ended at a trial that failed or took too long.
  public func hasFailed(_ unit: Int) -> Bool {
    current(unit).map { outcomes[$0] == .unknown } ?? false
  }

  /// Whether a search has found where the frontier is, or that it lies beyond the values.
  public func hasFound(_ unit: Int) -> Bool { walks[unit].next == nil }

  /// How far a search has come.
  public func walk(_ unit: Int) -> Bisection { walks[unit] }

  /// Whether a search has come to a trial: whether it has run for it, or is to be run now.
  public func asksFor(_ trial: Int) -> Bool { isAsked[trial] }

  /// Whether a trial is to be run now.
  package func isPending(_ trial: Int) -> Bool { next(units.unit(of: trial)) == trial }

  /// Whether each trial may still be run, depending on how others end.
  package var mayBeRun: [Bool] {
    var mayBeRun = [Bool](repeating: false, count: units.trialCount)
    for unit in 0..<units.count where next(unit) != nil {
      for place in walks[unit].open { mayBeRun[units.trial(place, of: unit)] = true }
    }
    return mayBeRun
  }

  /// How many more trials a search takes at most.
  package func mostLeft(_ unit: Int) -> Int { next(unit) == nil ? 0 : walks[unit].most }

  /// How many more trials a search takes at least.
  package func fewestLeft(_ unit: Int) -> Int { next(unit) == nil ? 0 : walks[unit].fewest }
}

/// How far the searches of a sweep have come, in numbers.
public struct SearchCounts: Equatable, Sendable {
  /// Searches in all.
  public var count = 0
  /// Those that wait for no trial.
  public var ended = 0
  /// Those of them that ended at a trial that failed or took too long.
  public var failed = 0
  /// Trials that are still to be run, at least and at most.
  public var left = 0...0

  /// Counts.
  public init(_ state: SearchState) {
    count = state.units.count
    var (fewest, most) = (0, 0)
    for unit in 0..<count {
      if state.next(unit) == nil { ended += 1 }
      if state.hasFailed(unit) { failed += 1 }
      fewest += state.fewestLeft(unit)
      most += state.mostLeft(unit)
    }
    left = fewest...most
  }
}
