/// Ornstein-Uhlenbeck noise on the teacher's target, drawn anew for every training cycle.
public struct TargetNoise: Equatable, Sendable {
  /// Standard deviation [mV].
  public var deviation: Double

  /// Time constant of the correlation [ms].
  public var timeConstant: Double

  /// Creates noise.
  public init(deviation: Double, timeConstant: Double) {
    precondition(deviation >= 0 && timeConstant > 0)
    self.deviation = deviation
    self.timeConstant = timeConstant
  }

  /// A target with the noise of one cycle [mV], shape `[step, neuron]`.
  ///
  /// The process is stationary from the first step on and is sampled exactly, whatever the step.
  public func potential(
    of target: Target, cycle: Int, seed: UInt64, constants: ModelConstants
  ) -> [Double] {
    var random = RandomStream(seed: seed, purpose: .targetNoise, index: cycle)
    let decay = exponential(-constants.timeStep / timeConstant)
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
