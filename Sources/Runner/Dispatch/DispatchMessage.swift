import SweepPlan

/// The tags of the messages between ranks during a sweep.
enum DispatchTag {
  /// Rank to coordinator: ready to compute. Content: the number of compute threads and the host.
  static let ready = 1
  /// Coordinator to rank: trials to run. Content: a sequence of ``TrialMessage``.
  static let trials = 2
  /// Rank to coordinator: finished trials. Content: a sequence of ``ResultMessage``.
  static let results = 3
  /// Coordinator to rank: there are no more trials.
  static let stop = 4
  /// Coordinator to rank: the run ends; save and return the unfinished trials.
  static let leave = 5
  /// Rank to coordinator: unfinished trials. Content: how often trials of the rank have saved a
  /// checkpoint, and the indices of the trials.
  static let returned = 6
  /// Rank to coordinator: this rank was asked to end the run.
  static let asked = 7
  /// Rank to coordinator, about once a second: this rank is alive. Content: the index of each running trial
  /// with its simulated steps.
  static let alive = 8
  /// Coordinator to rank: trials to discard, since another rank has finished them or was given
  /// them. Content: their indices.
  static let discard = 9
}

/// A trial that is sent to a rank.
struct TrialMessage: Sendable, Equatable {
  /// The trial's index in the plan.
  var index: Int
  /// Its identity.
  var id: TrialID
  /// The index of its combination of values in the list that every rank has.
  var combination: Int

  func write(to writer: inout ByteWriter) {
    writer.write(index)
    id.write(to: &writer)
    writer.write(combination)
  }

  init(index: Int, id: TrialID, combination: Int) {
    self.index = index
    self.id = id
    self.combination = combination
  }

  init(_ index: Int, of plan: Plan) {
    self.init(index: index, id: plan.ids[index], combination: plan.combination(at: index))
  }

  init(from reader: inout ByteReader) {
    index = reader.read(Int.self)
    id = ContentHash(from: &reader)
    combination = reader.read(Int.self)
  }

  /// The trial itself.
  func trial(in combinations: TrialCombinations) -> Trial {
    let (parameters, inputs) = combinations[combination]
    return Trial(index: index, id: id, parameters: parameters, inputs: inputs)
  }
}

/// A finished trial that is sent to the coordinator.
struct ResultMessage: Sendable, Equatable {
  /// The trial's index in the plan.
  var index: Int
  /// Its status.
  var status: TrialStatus
  /// Its time [s].
  var seconds: Double
  /// The time of all threads that computed it [core-seconds].
  var coreSeconds: Double
  /// The score that decides which trials run next; nil if it has none, or if none decides.
  var score: Double?
  /// Its line for the journal.
  var line: ArraySlice<UInt8>

  init(
    index: Int, status: TrialStatus, seconds: Double, coreSeconds: Double? = nil,
    score: Double? = nil, line: ArraySlice<UInt8>
  ) {
    self.coreSeconds = coreSeconds ?? seconds
    self.index = index
    self.status = status
    self.score = score
    self.seconds = seconds
    self.line = line
  }

  func write(to writer: inout ByteWriter) {
    writer.write(index)
    writer.write(Int(status.code))
    writer.write(seconds)
    writer.write(coreSeconds)
    writer.write(score ?? .nan)
    writer.write(line)
  }

  init(from reader: inout ByteReader) {
    index = reader.read(Int.self)
    guard let status = TrialStatus(code: UInt8(reader.read(Int.self))) else {
      preconditionFailure("trial \(index) came back without a status")
    }
    self.status = status
    seconds = reader.read(Double.self)
    coreSeconds = reader.read(Double.self)
    let score = reader.read(Double.self)
    self.score = score.isNaN ? nil : score
    line = reader.read(ArraySlice<UInt8>.self)
  }
}
