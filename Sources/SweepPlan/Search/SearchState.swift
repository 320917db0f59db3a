/// The progress of the searches of a plan, given the known outcomes.
///
/// A search that has found its frontier verifies it: it requests some values beyond it, all at once. Their
/// outcomes do not change the frontier.
///
/// The requested trials depend only on outcomes, not on their order. So runs over any number of ranks
/// request the same trials. Outcomes of trials that no search requests have no effect, for example
/// those of an earlier full grid.
public struct SearchState: Sendable {
  public let units: SearchUnits
  /// The progress of each search.
  private var walks: [Bisection]
  /// The trials that verify the frontier of each search; none before it is found.
  private var beyond: [[Int]]
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
    beyond = walks.map { _ in [] }
    isAsked = Array(repeating: false, count: units.trialCount)
    for unit in 0..<units.count { follow(unit) }
  }

  /// Advances a search until an outcome is missing or unknown, or the frontier is found.
  private mutating func follow(_ unit: Int) {
    while let place = walks[unit].next {
      let trial = units.trial(place, of: unit)
      isAsked[trial] = true
      guard let outcome = outcomes[trial], outcome != .unknown else { return }
      walks[unit].take(isMet: outcome == .met)
    }
    beyond[unit] = beyond(walks[unit], of: unit)
    for trial in beyond[unit] { isAsked[trial] = true }
  }

  /// The trials that verify the frontier of a search with a progress.
  private func beyond(_ walk: Bisection, of unit: Int) -> [Int] {
    walk.beyond(units.search.beyond, of: units.valueCount(unit)).map { units.trial($0, of: unit) }
  }

  /// Records the outcome of a requested trial.
  ///
  /// - Returns: The trials of its search that must run because of it.
  package mutating func take(_ outcome: SearchOutcome, of trial: Int) -> [Int] {
    let unit = units.unit(of: trial)
    outcomes[trial] = outcome
    if hasFound(unit) { return [] }
    follow(unit)
    return pending(unit)
  }

  /// The trials of a search that are to run now; none if it has ended or its last trial failed.
  package func pending(_ unit: Int) -> [Int] {
    (current(unit).map { [$0] } ?? beyond[unit]).filter { outcomes[$0] == nil }
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

  /// Whether a search has found its frontier and waits for values beyond it.
  public func isVerifying(_ unit: Int) -> Bool { hasFound(unit) && !pending(unit).isEmpty }

  /// The number of values beyond the frontier of a search with a known outcome, and of those that meet the
  /// criterion although a value before them misses it.
  public func verified(_ unit: Int) -> (count: Int, met: Int) {
    let known = beyond[unit].compactMap { outcomes[$0] }.filter { $0 != .unknown }
    return (known.count, known.count { $0 == .met })
  }

  /// The progress of a search.
  public func walk(_ unit: Int) -> Bisection { walks[unit] }

  /// Whether a search has requested a trial, which has run or is to run now.
  public func asksFor(_ trial: Int) -> Bool { isAsked[trial] }

  /// Whether a trial is to run now.
  package func isPending(_ trial: Int) -> Bool { isAsked[trial] && outcomes[trial] == nil }

  /// Whether each trial may still be requested, depending on other outcomes.
  package var mayBeRun: [Bool] {
    var mayBeRun = [Bool](repeating: false, count: units.trialCount)
    for unit in 0..<units.count {
      let trials = pending(unit)
      for trial in trials { mayBeRun[trial] = true }
      if trials.isEmpty || hasFound(unit) { continue }
      let open = walks[unit].open
      let last = units.search.beyond > 0 ? units.valueCount(unit) : open.upperBound
      for trial in (open.lowerBound..<last).map({ units.trial($0, of: unit) }) {
        mayBeRun[trial] = outcomes[trial] == nil
      }
    }
    return mayBeRun
  }

  /// The lowest and the highest possible cost of the remaining trials of a search.
  ///
  /// - Parameter cost: The cost of a trial.
  /// - Complexity: O(values · log values).
  package func costs<Cost: AdditiveArithmetic & Comparable>(
    _ unit: Int, _ cost: (Int) -> Cost
  ) -> ClosedRange<Cost> {
    hasEnded(unit) ? .zero ... .zero : costs(walks[unit], of: unit, cost)
  }

  /// The same for a search with a progress.
  package func costs<Cost: AdditiveArithmetic & Comparable>(
    _ walk: Bisection, of unit: Int, _ cost: (Int) -> Cost
  ) -> ClosedRange<Cost> {
    func left(_ trial: Int) -> Cost { outcomes[trial] == nil ? cost(trial) : .zero }
    return walk.costs {
      left(units.trial($0, of: unit))
    } end: {
      beyond($0, of: unit).reduce(.zero) { $0 + left($1) }
    }
  }

  /// The remaining trials of a search, given all outcomes. The trials of a list run at the same time, after
  /// those of the list before it.
  ///
  /// - Parameter isMet: Whether the next value of a search meets the criterion.
  package func remaining(_ unit: Int, _ isMet: (Bisection) -> Bool) -> [[Int]] {
    var (walk, lists) = (walks[unit], [[Int]]())
    while let next = walk.next {
      lists.append([units.trial(next, of: unit)])
      walk.take(isMet: isMet(walk))
    }
    lists.append(beyond(walk, of: unit))
    return lists.map { $0.filter { outcomes[$0] == nil } }.filter { !$0.isEmpty }
  }
}
