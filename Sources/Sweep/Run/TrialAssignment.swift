/// What a rank must know to run a trial.
package struct TrialAssignment {
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

  /// The assignment of a trial of a plan on its way to a rank.
  static func bytes(_ index: Int, of plan: Plan) -> [UInt8] {
    var writer = ByteWriter()
    plan.ids[index].write(to: &writer)
    writer.write(plan.combination(at: index))
    return writer.bytes
  }

  /// Reads what ``bytes(_:of:)`` wrote.
  init(_ bytes: ArraySlice<UInt8>, in combinations: TrialCombinations) {
    var reader = ByteReader(bytes)
    id = ContentHash(from: &reader)
    (parameters, inputs) = combinations[reader.read(Int.self)]
  }
}
