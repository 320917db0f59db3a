import Parameters

/// A teacher that pulls potentials so strongly that an Euler step passes the target by more than it was away
/// from it, so that potentials grow without limit.
struct StiffTeacher {
  /// The parameters that decide.
  static let keys = ["nudging", "time_step", "leak_conductance", "dendrite_conductance"]

  /// The value of `nudging`.
  let nudging: Double

  /// Time step times the conductance of a taught soma, `(g_l + g_d) / (1 - lambda)`; above 2.
  let factor: Double

  /// Nil if the step is stable or the model has no such teacher.
  init?(_ values: PartialValues) {
    let numbers = Self.keys.compactMap { values[$0].number }
    guard numbers.count == Self.keys.count else { return nil }
    nudging = numbers[0]
    factor = numbers[1] * (numbers[2] + numbers[3]) / (1 - nudging)
    guard factor > 2 else { return nil }
  }

  var warning: String {
    "nudging \(ParameterValue.real(nudging)): time_step * (leak_conductance + dendrite_conductance) / "
      + "(1 - nudging) is above 2, so that the potentials of taught neurons diverge"
  }
}
