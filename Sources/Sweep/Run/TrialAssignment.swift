import FoundationEssentials

/// What a rank must know to run a trial.
struct TrialAssignment: Codable {
  /// The trial's identity.
  let id: TrialID
  /// Its parameters.
  let parameters: ParameterSet
  /// The hashes of the contents of its files.
  let inputs: TrialInputs

  /// The assignment of a trial.
  init(_ trial: Trial) {
    id = trial.id
    parameters = trial.parameters
    inputs = trial.inputs
  }

  /// Reads what ``bytes()`` wrote.
  init(_ bytes: ArraySlice<UInt8>) throws {
    self = try JSONDecoder().decode(TrialAssignment.self, from: Data(bytes))
  }

  /// The assignment on its way to a rank.
  func bytes() throws -> [UInt8] {
    [UInt8](try JSONEncoder().encode(self))
  }
}
