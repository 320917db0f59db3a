import Parameters
import Testing

@testable import SweepPlan

@Suite("A grid over several models")
struct GridBlockModelsTests {
  private static func plan(_ grid: String, fixed: String = "") throws -> Plan {
    try Plan(
      readSweep(
        """
        name: s
        fixed: {pattern: ../patterns/fuer_elise.txt\(fixed)}
        grid:
        \(grid)
        """))
  }

  private static func values(_ plan: Plan, _ keys: String...) -> [[String]] {
    (0..<plan.count).map { index in
      keys.map { plan.trial(at: index).parameters[$0].description }
    }
  }

  /// If this fails, identities of a plan are not those of its trials, and nothing resumes.
  @Test(
    "Each trial has the values and the identity that its parameters alone have",
    arguments: [
      "  model: [elise, esn, force]\n  latent: [20, 30]",
      "  zip: {model: [bptt, esn, elise], esn_ridge: [none, 1e-5, none], latent: [1000, 20, 30]}",
      "  - {model: [esn], esn_ridge: [1e-6, 1e-5]}\n  - {model: [elise, rflo], weight_sd: [0.5]}",
      "  - {model: [elise], scaffold: [true, false]}\n  - {model: [esn], seed: [1, 2]}",
    ])
  func identities(grid: String) throws {
    let plan = try Self.plan(grid)
    #expect(plan.count >= 3 && Set(plan.ids).count == plan.count)
    for index in 0..<plan.count {
      let trial = plan.trial(at: index)
      #expect(trial.id == trial.parameters.id(trial.inputs))
      let again = try ParameterSet(
        Dictionary(uniqueKeysWithValues: zip(Parameter.all.map(\.key), trial.parameters.values)))
      #expect(again == trial.parameters)
      // Sorting and conditions find every value on its axis.
      for axis in plan.axes { #expect(axis.values.contains(trial.parameters[axis.key])) }
    }
    #expect(plan.sortedByParameters().count == plan.count)
  }

  /// If this fails, a table of several models shows values that a model does not have.
  @Test func valuesAreThoseOfTheModel() throws {
    let plan = try Self.plan(
      "  zip: {model: [elise, esn, esn], esn_ridge: [none, none, 1e-3]}\n  seed: [1, 2]")
    #expect(
      Self.values(plan, "model", "esn_ridge", "scaffold", "force_alpha").prefix(4) == [
        ["elise", "none", "true", "none"], ["elise", "none", "true", "none"],
        ["esn", Parameter.named("esn_ridge")!.resolvedDefault!.description, "none", "none"],
        ["esn", Parameter.named("esn_ridge")!.resolvedDefault!.description, "none", "none"],
      ])
    #expect(plan.models == ["elise", "esn"])
    let known = Set(plan.knownParameters.map { Parameter.all[$0].key })
    #expect(known.isSuperset(of: ["scaffold", "esn_leak", "latent"]))
    #expect(!known.contains("force_alpha"))
    let fixed = plan.fixed.first { $0.parameter.key == "esn_leak" }
    #expect(fixed?.value == Parameter.named("esn_leak")!.resolvedDefault)
  }

  /// If this fails, what is excluded runs, or what is not excluded does not.
  @Test func exclusionsKeepTheirMeaning() throws {
    let plan = try Self.plan(
      "  model: [elise, esn, force]\n  latent: [20, 30]\n"
        + "  exclude: [{model: esn, latent: 20}, {model: force}]")
    #expect(
      Self.values(plan, "model", "latent") == [["elise", "20"], ["elise", "30"], ["esn", "30"]])
  }

  /// If this fails, a value that has no effect makes the same trial twice.
  @Test(arguments: [
    ("  model: [elise, esn]\n  esn_leak: [0.1, 0.2]", "esn_leak is for model esn alone"),
    ("  model: [elise, esn]\n  scaffold: [true, false]", "scaffold is for model elise"),
    ("  model: [force]\n  esn_leak: [0.1]", "esn_leak is for model esn alone"),
  ])
  func foreignValuesAreRefusedWithTheirPlace(grid: String, message: String) throws {
    let error = try #require(
      throws: SweepFileError.self, performing: { try Self.plan(grid) })
    #expect("\(error)".contains(message))
    #expect("\(error)".contains(":"))
    #expect(throws: SweepFileError.self) {
      try Self.plan("  model: [elise, esn]", fixed: ", esn_leak: 0.1")
    }
  }

  /// The value of none and the same value are one trial.
  @Test func noneIsWhatItStandsFor() throws {
    let ridge = Parameter.named("esn_ridge")!.resolvedDefault!
    let plan = try Self.plan("  model: [esn]\n  esn_ridge: [none, \(ridge), 0.5]")
    #expect(plan.count == 2)
    #expect(plan.axes.first { $0.key == "esn_ridge" }?.values == [ridge, .real(0.5)].sorted())
  }
}
