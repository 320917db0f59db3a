import NetCDF
import NetworkFiles
import NeuralCore
import TestSupport

/// A trace that the paper authors' own code computed, from the fixture folder `golden`.
struct GoldenTrace {
  let file: NetCDFFile
  let network: Network

  /// The training cycles at whose ends the trace holds weights and state.
  let cycles: [Int]

  /// The replay cycles at whose ends it holds weights.
  let replayCycles: [Int]

  /// The learning rule of the model that the trace is of.
  let learning: LearningRule

  /// The schedule that the trace was computed with.
  let schedule: TrainingSchedule

  init(_ name: String) throws {
    file = try NetCDFFile(opening: Fixtures.url("golden/\(name)-trace.nc").path)
    network = try Network(contentsOf: Fixtures.url("golden/elise-h50-network.nc").path)
    cycles = try file.values("cycle", as: Int32.self, shape: [nil]).map(Int.init)
    replayCycles = try file.values("replay_cycle", as: Int32.self, shape: [nil]).map(Int.init)
    var schedule = TrainingSchedule()
    schedule.trainingCycles = try file.integer("training_cycles")
    schedule.replayCycles = try file.integer("replay_cycles")
    let target = try Self.target()
    if case .text(let disruption) = try file.attribute("disruption") {
      schedule.disruption = try Disruption(parsing: disruption).holds(
        in: target, constants: ModelConstants())
    }
    self.schedule = schedule
    guard case .text(let model) = try file.attribute("model"),
      let variant = ModelVariant(rawValue: model)
    else { preconditionFailure("\(name) does not say which model it is of") }
    learning = LearningRule(variant: variant)
  }

  /// The target that the network learnt: Für Elise.
  static func target() throws -> Target {
    Target(
      pattern: try Pattern.all(parsing: Fixtures.text("patterns/fuer_elise.txt"))[0],
      stepsPerNote: 100)
  }

  /// A simulation of the network that the trace starts from, and its learner.
  func simulation(_ kernel: KernelChoice) throws -> (Simulation, EliseLearner) {
    let task = LearningTask(targets: [try Self.target()], constants: ModelConstants(), seed: 0)
    let learner = EliseLearner(network, for: task, learning: learning, kernel: kernel)
    return (
      Simulation(of: learner, task, schedule: schedule, from: network.cycle), learner
    )
  }

  /// One row of a variable of shape `[cycle, …]`, flattened.
  func row(_ name: String, _ index: Int) throws -> [Double] {
    let shape = try file.shape(ofVariable: name)
    let length = shape.dropFirst().reduce(1, *)
    let all = try file.values(name, as: Double.self, shape: shape)
    return Array(all[index * length..<(index + 1) * length])
  }

  /// The rates of a cycle, shape `[sample, neuron]`, at every ``rateEvery``th step.
  func rates(_ name: String) throws -> [Double] {
    try file.values(name, as: Double.self, shape: [nil, network.neurons])
  }

  /// How many steps lie between two rows of rates.
  func rateEvery() throws -> Int { try file.integer("rate_every") }

  /// The variable with the rates of a cycle; nil if the trace has none.
  func rateVariable(_ cycle: Cycle) throws -> String? {
    let name =
      switch (cycle.phase, cycle.number) {
      case (.training, -1): "rate_cycle_minus1"
      case (.training, let number): "rate_cycle_\(number)"
      case (.rest, _): "rate_rest"
      case (.replay, let number): "rate_replay_\(number)"
      }
    return try file.hasVariable(name) ? name : nil
  }
}

/// A table of the authors' results: comma-separated, with one header line.
struct GoldenTable {
  private let columns: [String]
  private let rows: [[String]]

  init(_ name: String) throws {
    let lines = try Fixtures.text("golden/\(name).csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    columns = lines[0]
    rows = Array(lines.dropFirst())
  }

  /// The rows in which a column has a given text, by the whole number in another column.
  func rows(by key: String, where column: String? = nil, is text: String = "") -> [Int: Row] {
    let matching = rows.map { Row(columns: columns, words: $0) }
      .filter { row in column.map { row.text($0) == text } ?? true }
    return Dictionary(uniqueKeysWithValues: matching.map { (Int($0.text(key))!, $0) })
  }

  /// One row.
  struct Row {
    fileprivate let columns: [String]
    fileprivate let words: [String]

    func text(_ column: String) -> String { words[columns.firstIndex(of: column)!] }

    /// A number; nil if the table has none.
    func number(_ column: String) -> Double? { Double(text(column)) }
  }
}

/// The largest distance between two arrays of numbers.
///
/// Infinite if the arrays differ in length or a distance is NaN, so that no bound admits it.
func deviation(_ found: some Collection<Double>, _ expected: some Collection<Double>) -> Double {
  guard found.count == expected.count else { return .infinity }
  return zip(found, expected).reduce(0) { largest, pair in
    let distance = abs(pair.0 - pair.1)
    return distance.isNaN ? .infinity : max(largest, distance)
  }
}
