/// How long a trial is expected to take, from its parameters.
///
/// Only ratios matter for the order of the queue; the seconds are those of a core of 2024 and are
/// corrected by what finished trials took.
public struct CostModel: Sendable {
  /// Creates the model.
  public init() {}

  /// The expected time of a trial [core-seconds].
  ///
  /// - Parameter patterns: The sizes of the patterns that it learns.
  public func seconds(_ parameters: ParameterSet, patterns: [PatternSize]) -> Double {
    let neurons = Double(patterns.reduce(parameters.latent) { $0 + $1.visible })
    let stepsPerNote = parameters.noteDuration * 10
    let notes = Double(patterns.reduce(0) { $0 + $1.notes })
    let cycles =
      Double(1 + parameters.trainingCycles) / Double(patterns.count)
      + Double(parameters.replayCycles)
    let perStep =
      switch (parameters.kernel, parameters.precision) {
      case ("reference", _): neurons * neurons * 5e-9
      case (_, "single"): neurons * neurons * 3e-11 + neurons * 6e-9
      default: neurons * neurons * 6e-11 + neurons * 7e-9
      }
    return cycles * notes * stepsPerNote * perStep + 0.02
  }
}
