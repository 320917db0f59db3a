import NeuralCore

/// Trials of a plan that could not be simulated, found before anything runs.
public struct PlanModelError: Error, CustomStringConvertible {
  /// The sweep file.
  public let sweep: String
  /// The pattern file that some values do not go together with.
  public let pattern: String
  /// What does not fit.
  public let reason: TrialModelError

  public var description: String { "\(sweep): pattern \(pattern): \(reason)" }
}

extension TrialModel {
  /// Checks what only parameters and pattern together show, for all trials of a plan.
  ///
  /// - Throws: ``PlanModelError`` for the first combination that could not be simulated.
  public static func validate(_ plan: Plan, of sweep: SweepFile) throws {
    var notes: [ContentHash: Int] = [:]
    for file in plan.patterns {
      notes[file.contentHash] = try Pattern(parsing: file.text).notes
    }
    for index in 0..<plan.count {
      let trial = plan.trial(at: index)
      if let length = trial.parameters.sequenceLength, let notes = notes[trial.patternHash],
        length > notes
      {
        throw PlanModelError(
          sweep: sweep.path, pattern: trial.parameters.pattern,
          reason: .sequenceTooLong(found: length, notes: notes))
      }
    }
  }

  /// The part of a record of all neurons in every step that scores are made from.
  public func visiblePart(of record: RateRecord) -> RateRecord {
    var part = RateRecord(neurons: target.visible, every: Simulation.sampleEvery)
    for step in stride(from: 0, to: record.samples, by: part.every) {
      part.append((0..<target.visible).map { record[sample: step, neuron: $0] })
    }
    return part
  }
}
