import SweepPlan

/// What ranks say to each other during a sweep.
enum DispatchTag {
  /// Rank to coordinator: ready to compute; content: number of compute threads.
  static let ready = 1
  /// Coordinator to rank: trials to run; content: one ``TrialMessage`` after the other.
  static let trials = 2
  /// Rank to coordinator: finished trials; content: one ``ResultMessage`` after the other.
  static let results = 3
  /// Coordinator to rank: nothing more will come.
  static let stop = 4
  /// Coordinator to rank: the run ends; save and return what has not been finished.
  static let leave = 5
  /// Rank to coordinator: trials that were not finished; content: how often trials of the
  /// rank have saved themselves, and the numbers.
  static let returned = 6
  /// Rank to coordinator: somebody asked this rank to end the run.
  static let asked = 7
}

/// A trial on its way to a rank.
struct TrialMessage: Sendable, Equatable {
  /// The trial's number in the plan.
  var number: Int
  /// Its identity.
  var id: TrialID
  /// The number of its combination of values among those that every rank knows.
  var combination: Int

  func write(to writer: inout ByteWriter) {
    writer.write(number)
    id.write(to: &writer)
    writer.write(combination)
  }

  init(number: Int, id: TrialID, combination: Int) {
    self.number = number
    self.id = id
    self.combination = combination
  }

  init(_ number: Int, of plan: Plan) {
    self.init(number: number, id: plan.ids[number], combination: plan.combination(at: number))
  }

  init(from reader: inout ByteReader) {
    number = reader.read(Int.self)
    id = ContentHash(from: &reader)
    combination = reader.read(Int.self)
  }

  /// The trial itself.
  func trial(in combinations: TrialCombinations) -> Trial {
    let (parameters, inputs) = combinations[combination]
    return Trial(index: number, id: id, parameters: parameters, inputs: inputs)
  }
}

/// A finished trial on its way to the coordinator.
struct ResultMessage: Sendable, Equatable {
  /// The trial's number in the plan.
  var number: Int
  /// How it ended.
  var status: TrialStatus
  /// How long it took [s].
  var seconds: Double
  /// What it says to a search; nil where there is none.
  var outcome: SearchOutcome?
  /// Its line for the journal.
  var line: ArraySlice<UInt8>

  init(
    number: Int, status: TrialStatus, seconds: Double, outcome: SearchOutcome? = nil,
    line: ArraySlice<UInt8>
  ) {
    self.number = number
    self.status = status
    self.outcome = outcome
    self.seconds = seconds
    self.line = line
  }

  func write(to writer: inout ByteWriter) {
    writer.write(number)
    writer.write(Int(status.code))
    writer.write(seconds)
    writer.write(outcome.map { Int($0.rawValue) } ?? -1)
    writer.write(line)
  }

  init(from reader: inout ByteReader) {
    number = reader.read(Int.self)
    guard let status = TrialStatus(code: UInt8(reader.read(Int.self))) else {
      preconditionFailure("trial \(number) came back without a status")
    }
    self.status = status
    seconds = reader.read(Double.self)
    outcome = UInt8(exactly: reader.read(Int.self)).flatMap(SearchOutcome.init)
    line = reader.read(ArraySlice<UInt8>.self)
  }
}
