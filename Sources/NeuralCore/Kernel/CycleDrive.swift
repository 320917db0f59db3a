/// What acts on a network from outside during one cycle of the pattern.
public struct CycleDrive: Sendable {
  /// Whether the teacher nudges the visible somata towards the target.
  public var nudged: Bool

  /// Whether plastic synapses learn.
  public var plastic = true

  /// What the teacher asks for instead of the target: potentials [mV], shape `[step, neuron]`.
  public var potential: [Double]?

  /// Somata that are held at a potential.
  public var holds: [SomaticHold] = []

  /// What is added to every soma in every step [mV], shape `[step, neuron]`.
  public var membraneNoise: [Double]?

  /// Creates a drive.
  public init(nudged: Bool) {
    self.nudged = nudged
  }
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
