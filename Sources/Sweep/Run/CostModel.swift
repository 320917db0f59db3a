/// How long a trial is expected to take, from its parameters.
///
/// Only ratios matter for the order of the queue; the seconds are those of a core of 2024 and are
/// corrected by what finished trials took.
public struct CostModel: Sendable {
  /// Creates the model.
  public init() {}

  /// The expected time of a trial [core-seconds].
  ///
  /// - Parameters:
  ///   - visible: Number of visible neurons of its pattern.
  ///   - notes: Notes that one cycle plays.
  public func seconds(_ parameters: ParameterSet, visible: Int, notes: Int) -> Double {
    let neurons = Double(visible + parameters.latent)
    let stepsPerNote = parameters.noteDuration * 10
    let cycles = Double(1 + parameters.trainingCycles + parameters.replayCycles)
    let perStep =
      switch (parameters.kernel, parameters.precision) {
      case ("reference", _): neurons * neurons * 5e-9
      case (_, "single"): neurons * neurons * 3e-11 + neurons * 6e-9
      default: neurons * neurons * 6e-11 + neurons * 7e-9
      }
    return cycles * Double(notes) * stepsPerNote * perStep + 0.02
  }
}
