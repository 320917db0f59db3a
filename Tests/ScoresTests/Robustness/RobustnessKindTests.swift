import Testing

@testable import Scores

@Suite struct RobustnessKindTests {
  /// If this fails, areas under the curve are taken over severities out of order or from no
  /// disturbance at all.
  @Test(arguments: RobustnessKind.allCases)
  func severitiesAscend(kind: RobustnessKind) {
    #expect(kind.severities.count == 5)
    #expect(kind.severities[0] > 0)
    #expect(zip(kind.severities, kind.severities.dropFirst()).allSatisfy { $0 < $1 })
  }

  /// If this fails, more is lost than there is.
  @Test(arguments: [RobustnessKind.synapseLoss, .latentLoss])
  func lossesAreParts(kind: RobustnessKind) {
    #expect(kind.severities.allSatisfy { $0 <= 1 })
    #expect(kind.unit == nil)
  }

  /// If this fails, columns of published tables have other names than before.
  @Test func namesAreThoseOfTheColumns() {
    #expect(
      RobustnessKind.allCases.map(\.rawValue) == [
        "silence", "membrane_noise", "synapse_loss", "weight_noise", "latent_loss",
      ])
  }
}
