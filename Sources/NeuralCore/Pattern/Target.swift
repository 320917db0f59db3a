import Glibc

/// The target potentials of the visible somata over one cycle of a pattern.
public struct Target: Equatable, Sendable {
  /// The pattern.
  public let pattern: Pattern

  /// Length of one note [steps].
  public let stepsPerNote: Int

  /// Target potentials `m_i(t)` [mV], shape `[step, neuron]`, one cycle.
  public let potential: [Double]

  /// Length of one cycle [steps].
  public var steps: Int { stepsPerNote * pattern.notes }

  /// Number of visible neurons.
  public var visible: Int { pattern.visible }

  /// Computes the target of a pattern.
  ///
  /// Notes rise and fall along logistic curves. A note after silence starts to rise within the last
  /// third of the note before it; a note before silence ends its fall within the first third of the
  /// note after it. The target of an analog pattern is linear between the levels of its columns.
  ///
  /// - Parameters:
  ///   - pattern: Which neuron is active in which note.
  ///   - stepsPerNote: Length of one note [steps], at least 3.
  ///   - constants: Time step, leak potential and elevation.
  /// - SeeAlso: Kriener et al. (2024), Methods, targets; docs/model.md, *Patterns and targets*.
  public init(pattern: Pattern, stepsPerNote: Int, constants: ModelConstants = ModelConstants()) {
    precondition(stepsPerNote >= 3)
    self.pattern = pattern
    self.stepsPerNote = stepsPerNote
    guard !pattern.isAnalog else {
      potential = Self.analogPotential(pattern, stepsPerNote, constants)
      return
    }

    // The potential depends on a neuron's value in three neighbouring notes and on the step.
    let shapes = (0..<8).map { context in
      (0..<stepsPerNote).map { step in
        constants.leakPotential
          + Self.elevation(
            previous: context & 4 != 0, current: context & 2 != 0, next: context & 1 != 0,
            step: step, stepsPerNote: stepsPerNote, constants: constants)
      }
    }
    var potential: [Double] = []
    potential.reserveCapacity(pattern.notes * stepsPerNote * pattern.visible)
    for note in 0..<pattern.notes {
      let contexts = (0..<pattern.visible).map { neuron in
        (pattern.isActive(neuron, inNote: note - 1) ? 4 : 0)
          + (pattern.isActive(neuron, inNote: note) ? 2 : 0)
          + (pattern.isActive(neuron, inNote: note + 1) ? 1 : 0)
      }
      for step in 0..<stepsPerNote {
        for context in contexts { potential.append(shapes[context][step]) }
      }
    }
    self.potential = potential
  }

  /// The potentials of an analog pattern, whose columns are the levels at their first steps.
  private static func analogPotential(
    _ pattern: Pattern, _ stepsPerNote: Int, _ constants: ModelConstants
  ) -> [Double] {
    (0..<pattern.notes * stepsPerNote).flatMap { step in
      let (note, within) = step.quotientAndRemainder(dividingBy: stepsPerNote)
      let share = Double(within) / Double(stepsPerNote)
      return (0..<pattern.visible).map { neuron in
        let level = pattern.level(neuron, inNote: note)
        let next = pattern.level(neuron, inNote: note + 1)
        return constants.leakPotential
          + constants.targetElevation * (level + (next - level) * share)
      }
    }
  }

  /// The target potential above the leak potential [mV].
  ///
  /// - Parameters:
  ///   - previous: Whether the neuron is active in the note before.
  ///   - current: Whether it is active in this note.
  ///   - next: Whether it is active in the note after.
  ///   - step: Step within the note.
  ///   - stepsPerNote: Length of a note [steps].
  ///   - constants: Time step and elevation.
  static func elevation(
    previous: Bool, current: Bool, next: Bool, step: Int, stepsPerNote: Int,
    constants: ModelConstants
  ) -> Double {
    let time = Double(step) * constants.timeStep  // [ms]
    let duration = Double(stepsPerNote) * constants.timeStep  // [ms]
    /// The logistic curve `s(z) = 20 mV / (1 + exp(-z))`, with the elevation of the constants.
    func plateau(_ exponent: Double) -> Double { constants.targetElevation / (1 + exp(-exponent)) }
    let rising = plateau(0.7 + time)
    let falling = plateau(0.7 + duration - time)
    let full = plateau(10.7)
    let inFirstThird = 3 * step <= stepsPerNote
    let untilTwoThirds = 3 * step <= 2 * stepsPerNote

    switch (previous, current, next) {
    case (true, false, _) where inFirstThird:
      return plateau(0.7 - time)
    case (_, false, true) where 3 * step >= 2 * stepsPerNote:
      return plateau(0.7 + time - duration)
    case (_, false, _):
      return 0
    case (false, true, false):
      return 2 * step < stepsPerNote ? rising : falling
    case (false, true, true):
      return untilTwoThirds ? rising : full
    case (true, true, false):
      return 3 * step < stepsPerNote ? full : falling
    case (true, true, true):
      return full
    }
  }
}

/// Ornstein-Uhlenbeck noise on the teacher's target, with new draws in every training cycle.
public struct TargetNoise: Equatable, Sendable {
  /// Standard deviation [mV].
  public var deviation: Double

  /// Correlation time [ms].
  public var timeConstant: Double

  /// Creates noise.
  public init(deviation: Double, timeConstant: Double) {
    precondition(deviation >= 0 && timeConstant > 0)
    self.deviation = deviation
    self.timeConstant = timeConstant
  }

  /// The potentials of a target with the noise of one cycle [mV], shape `[step, neuron]`.
  ///
  /// The process is stationary from the first step, and its sampling is exact for every time step.
  public func potential(
    of target: Target, cycle: Int, seed: UInt64, constants: ModelConstants
  ) -> [Double] {
    var random = RandomStream(seed: seed, purpose: .targetNoise, index: cycle)
    let decay = exp(-constants.timeStep / timeConstant)
    let kick = deviation * (1 - decay * decay).squareRoot()
    var noise = (0..<target.visible).map { _ in deviation * random.normal() }
    var potential = target.potential
    for step in 0..<target.steps {
      for neuron in 0..<target.visible {
        potential[step * target.visible + neuron] += noise[neuron]
        noise[neuron] = decay * noise[neuron] + kick * random.normal()
      }
    }
    return potential
  }
}
