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
    // A key that the grid does not sweep has one value, that of any trial.
    let swept = plan.axes.first { $0.key == "sequence_length" }?.values
    let lengths = swept ?? [plan.trial(at: 0).parameters["sequence_length"]]
    for file in plan.patterns {
      let pattern = try Pattern(parsing: file.text)
      for case .integer(let length) in lengths where length > pattern.notes {
        throw PlanModelError(
          sweep: sweep.path, pattern: file.path,
          reason: .sequenceTooLong(found: length, notes: pattern.notes))
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
