/// What acts on a network from outside during one cycle of a target.
public struct CycleDrive: Sendable {
  /// Which of the kernel's targets the cycle follows. Its length is the length of the cycle.
  public var target = 0

  /// The steps of the cycle in which the teacher nudges the visible somata towards the target.
  public var nudgedSteps: Range<Int>

  /// Whether plastic synapses learn.
  public var plastic = true

  /// What the teacher asks for instead of the target: potentials [mV], shape `[step, neuron]`.
  public var potential: [Double]?

  /// Somata that are held at a potential.
  public var holds: [SomaticHold] = []

  /// Noise on every soma; nil for none.
  public var membraneNoise: MembraneNoise?

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
public struct MembraneNoise: Equatable, Sendable {
  /// Strength `sigma` [mV per sqrt(ms)]: a step adds `sigma sqrt(dt) xi`.
  public var strength: Double

  /// Seed and number of the cycle choose the draws; the strength only scales them.
  public var seed: UInt64

  /// Number of the cycle.
  public var cycle: Int

  /// Creates noise for one cycle.
  public init(strength: Double, seed: UInt64, cycle: Int) {
    self.strength = strength
    self.seed = seed
    self.cycle = cycle
  }

  /// The draws of the cycle: one per neuron and step, steps first.
  var stream: RandomStream { RandomStream(seed: seed, purpose: .membraneNoise, index: cycle) }
}

/// Some somata held at a potential for a while, whatever drives them.
public struct SomaticHold: Equatable, Sendable {
  /// The steps of the cycle.
  public var steps: Range<Int>

  /// The neurons.
  public var neurons: [Int]

  /// The potential [mV].
  public var potential: Double

  /// Creates a hold.
  public init(steps: Range<Int>, neurons: [Int], potential: Double) {
    self.steps = steps
    self.neurons = neurons
    self.potential = potential
  }
}
