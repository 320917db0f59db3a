/// The searches of a plan: one for each combination of all other axes, replicates among them.
public struct SearchUnits: Sendable {
  /// What is searched.
  public let search: FrontierSearch

  /// The numbers of the trials, one unit behind the other.
  private let numbers: [UInt32]
  /// Where each unit starts there, and where the last one ends.
  private let starts: [Int]
  /// The unit of each trial.
  private let units: [UInt32]

  /// Sorts the trials of a plan into units.
  ///
  /// - Complexity: O(trials · log trials · axes).
  package init(_ search: FrontierSearch, of plan: Plan) {
    self.search = search
    let others = plan.axes.filter { $0.key != search.key }
    let keys = plan.places(on: others)
    let width = others.count
    let along = plan.places(on: plan.axes.filter { $0.key == search.key })
    func unitKey(_ trial: Int) -> ArraySlice<UInt32> {
      keys[trial * width..<(trial + 1) * width]
    }
    let sorted = (0..<plan.count).sorted { left, right in
      for column in 0..<width {
        let (one, other) = (keys[left * width + column], keys[right * width + column])
        if one != other { return one < other }
      }
      return search.met == .below ? along[left] < along[right] : along[left] > along[right]
    }
    var (starts, units) = ([Int](), [UInt32](repeating: 0, count: plan.count))
    for (place, trial) in sorted.enumerated() {
      if place == 0 || unitKey(sorted[place - 1]) != unitKey(trial) { starts.append(place) }
      units[trial] = UInt32(starts.count - 1)
    }
    numbers = sorted.map { UInt32($0) }
    self.starts = starts + [plan.count]
    self.units = units
  }

  /// How many units there are.
  public var count: Int { starts.count - 1 }

  /// How many trials a full grid would have.
  public var trialCount: Int { numbers.count }

  /// The trials of a unit, from the side on which the criterion is met.
  public subscript(unit: Int) -> [Int] {
    numbers[starts[unit]..<starts[unit + 1]].map { Int($0) }
  }

  /// A trial of a unit.
  package func trial(_ place: Int, of unit: Int) -> Int { Int(numbers[starts[unit] + place]) }

  /// How many values a unit has.
  package func valueCount(_ unit: Int) -> Int { starts[unit + 1] - starts[unit] }

  /// The unit of a trial.
  public func unit(of trial: Int) -> Int { Int(units[trial]) }
}
