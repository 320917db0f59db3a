import NeuralCore
import Testing

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
