/// All external influences on a network during one cycle of a target.
public struct CycleDrive {
  /// Index of the target that the cycle follows. The length of the target is the length of the
  /// cycle.
  public var target = 0

  /// The steps of the cycle in which the teacher nudges the visible somata towards the target.
  public var nudgedSteps: Range<Int>

  /// Whether plastic synapses learn (step 8 of the model).
  public var plastic = true

  /// Potentials [mV] that replace those of the target, shape `[step, neuron]`; nil for the target's
  /// own.
  public var potential: [Double]?

  /// Somata that are held at a potential.
  public var holds: [SomaticHold] = []

  /// Noise on every soma; nil for none.
  public var membraneNoise: MembraneNoise?

  /// What the thread that runs the cycle does besides.
  public var control = CycleControl()

  /// Creates a drive with the teacher on for a whole cycle, or not at all.
  public init(nudged: Bool) {
    nudgedSteps = nudged ? 0..<Int.max : 0..<0
  }

  /// Creates a drive with the teacher on for some steps.
  public init(nudgedSteps: Range<Int>) {
    self.nudgedSteps = nudgedSteps
  }
}

/// White noise that is added to every soma in every step.
///
/// The seed and the cycle determine the draws; the strength only scales them.
public struct MembraneNoise: Equatable, Sendable {
  /// Strength `sigma` [mV per sqrt(ms)]: a step adds `sigma sqrt(dt) xi`, with a standard normal
  /// `xi`.
  public var strength: Double

  /// Seed of the draws.
  public var seed: UInt64

  /// Number of the cycle.
  public var cycle: Int

  /// Creates noise for one cycle.
  public init(strength: Double, seed: UInt64, cycle: Int) {
    self.strength = strength
    self.seed = seed
    self.cycle = cycle
  }

  /// The draws of the cycle in the order `[step, neuron]`.
  var stream: RandomStream { RandomStream(seed: seed, purpose: .membraneNoise, index: cycle) }
}

/// Somata that are clamped to a potential for some steps.
public struct SomaticHold: Equatable, Sendable {
  /// The steps of the cycle in which they are held.
  public var steps: Range<Int>

  /// Indices of the neurons.
  public var neurons: [Int]

  /// The potential at which they are held [mV].
  public var potential: Double

  /// Creates a hold.
  public init(steps: Range<Int>, neurons: [Int], potential: Double) {
    self.steps = steps
    self.neurons = neurons
    self.potential = potential
  }
}
