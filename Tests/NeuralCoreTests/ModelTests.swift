import NeuralCore
import Testing

/// If these fail, networks are simulated with other constants than the paper's.
@Suite struct ModelConstantsTests {
  private let constants = ModelConstants()

  @Test("The defaults are the paper's")
  func defaults() {
    #expect(constants.timeStep == 0.1)
    #expect(
      [constants.leakPotential, constants.excitatoryPotential, constants.inhibitoryPotential]
        == [-70, 0, -75])
    #expect(constants.leakConductance == 0.1 && constants.dendriteConductance == 2)
    #expect(constants.excitatoryScale == 0.3 && constants.inhibitoryScale == 6)
    #expect(constants.rateSlope == 0.3 && constants.rateThreshold == -58)
    #expect(constants.nudging == 0.6)
    #expect(LearningRule() == LearningRule(visible: 1e-4, latent: 1e-3))
  }

  @Test(
    "The rate function is one half at its threshold and saturates",
    arguments: [
      (-58, 0.5), (-48, 0.952_574_126_822_433_2), (-70, 0.026_596_993_576_865_856), (1e4, 1),
      (-1e4, 0),
    ])
  func rate(potential: Double, expected: Double) {
    #expect(abs(constants.rate(potential) - expected) < 1e-15)
  }

  @Test("The teacher's conductances pull to the target", arguments: [-75.0, -70, -60, -50, 0])
  func teacher(target: Double) {
    let teacher = constants.teacher(target: target)
    #expect(abs(constants.nudgingConductance - 3.15) < 1e-14)
    #expect(abs(teacher.excitatory + teacher.inhibitory - 3.15) < 1e-14)
    let reversal = (teacher.excitatory * 0 + teacher.inhibitory * -75) / 3.15
    #expect(abs(reversal - target) < 1e-12)
    #expect(teacher.excitatory >= 0 && teacher.inhibitory >= 0)
  }
}

/// If these fail, a variant learns where it must not, or not where it must.
@Suite struct LearningRuleTests {
  @Test(
    "Each variant learns at its own synapses",
    arguments: [
      // Onto visible from visible and from latent neurons, onto latent from either.
      (ModelVariant.elise, [0.25, 0.5, 0.5, 0.5]), (.reservoir, [0.25, 0.5, 0, 0]),
      (.somaOnly, [0.25, 0.5, 0, 0]),
    ])
  func rates(variant: ModelVariant, expected: [Double]) {
    let rule = LearningRule(visible: 0.25, latent: 0.5, variant: variant)
    let found = [(true, true), (true, false), (false, true), (false, false)].map {
      rule.rate(isPostVisible: $0, isPreVisible: $1)
    }
    #expect(found == expected)
    #expect(rule.latentLearns == (variant == .elise))
    #expect(rule.latentHasDendrite == (variant != .somaOnly))
  }

  @Test("The defaults are the paper's")
  func defaults() {
    #expect(LearningRule() == LearningRule(visible: 1e-4, latent: 1e-3, variant: .elise))
  }
}
