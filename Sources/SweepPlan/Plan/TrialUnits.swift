/// The trials of a plan in units, one for each combination of all axes but one. Outcomes decide which
/// trials of a unit run.
public struct TrialUnits<Request: Sendable>: Sendable {
  /// What the units are for.
  public let request: Request

  /// The indices of the trials, one unit after another.
  private let trials: [UInt32]
  /// The start of each unit in ``trials``, and the number of trials.
  private let starts: [Int]
  /// The unit of each trial.
  private let units: [UInt32]

  /// Sorts the trials of a plan into units.
  ///
  /// - Parameters:
  ///   - key: The axis along which the trials of a unit differ.
  ///   - isDescending: Whether the largest value comes first.
  /// - Complexity: O(trials · log trials · axes).
  init(_ request: Request, along key: String, isDescending: Bool = false, of plan: Plan) {
    self.request = request
    let axes = plan.axes.filter { $0.key != key } + plan.axes.filter { $0.key == key }
    let width = axes.count
    var rows = plan.valueIndices(on: axes)
    if isDescending {
      for value in stride(from: width - 1, to: rows.count, by: width) { rows[value] = ~rows[value] }
    }
    func others(_ trial: Int) -> ArraySlice<UInt32> {
      rows[trial * width..<(trial + 1) * width - 1]
    }
    let sorted = plan.sorted(by: rows, width: width)
    var (starts, units) = ([Int](), [UInt32](repeating: 0, count: plan.count))
    for (index, trial) in sorted.enumerated() {
      if index == 0 || others(sorted[index - 1]) != others(trial) { starts.append(index) }
      units[trial] = UInt32(starts.count - 1)
    }
    trials = sorted.map { UInt32($0) }
    self.starts = starts + [plan.count]
    self.units = units
  }

  /// The number of units.
  public var count: Int { starts.count - 1 }

  /// The number of trials in a full grid.
  public var trialCount: Int { trials.count }

  /// The trials of a unit along the axis.
  public subscript(unit: Int) -> [Int] {
    trials[starts[unit]..<starts[unit + 1]].map { Int($0) }
  }

  /// The trial of a unit with an index.
  package func trial(_ index: Int, of unit: Int) -> Int { Int(trials[starts[unit] + index]) }

  /// The number of values of a unit.
  package func valueCount(_ unit: Int) -> Int { starts[unit + 1] - starts[unit] }

  /// The unit of a trial.
  public func unit(of trial: Int) -> Int { Int(units[trial]) }
}

/// The searches of a plan: one for each combination of all other axes, including replicates. The trials
/// of a search start on the side on which the criterion is met.
public typealias SearchUnits = TrialUnits<FrontierSearch>

extension SearchUnits {
  package init(_ search: FrontierSearch, of plan: Plan) {
    self.init(search, along: search.key, isDescending: search.met == .above, of: plan)
  }

  public var search: FrontierSearch { request }
}

/// The conditions of a plan whose trials are added in stages.
public typealias StagedUnits = TrialUnits<PrecisionTarget>
