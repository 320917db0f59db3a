import Foundation
import MPI
import TestSupport
import Testing

@testable import Journal
@testable import RunSupport
@testable import Runner
@testable import SweepPlan

@Suite struct RankSetupTests {
  /// If this fails, a trial is done on other parameters than those of the plan.
  @Test func everyRankMakesTheTrialsOfThePlan() throws {
    try withTemporaryFolder { folder in
      let tiny = TinySweep(
        folder: folder,
        networks: "zip: {latent: [4, 2, 4], nudging: [0.1, 0.30000000000000004, 0.5]}",
        seeds: "[9223372036854775807, 1]",
        fixed: ["weight_mean: -1.5e308", "weight_sd: 5", "plastic_replay: false"])
      let written = try tiny.sweep()
      let sweep = try SweepFile(
        written.bytes, path: written.path, overrides: [Override("weight_sd=0.30000000000000004")])
      let plan = try Plan(sweep)
      let world = LocalCommunicator.world(size: 2)
      try onThreads(2) { rank in
        let setup = try #require(
          try RankSetup.share(
            rank == 0 ? RankSetup(sweep) : nil, over: world[rank]))
        #expect(setup.sweep.scoreGroups == sweep.scoreGroups)
        #expect(setup.files == plan.texts)
        for index in 0..<plan.count {
          let trial = plan.trial(at: index)
          let assigned = TrialMessage(index, of: plan).trial(in: setup.combinations)
          #expect(assigned == trial)
          #expect(assigned.parameters.id(assigned.inputs) == trial.id)
        }
      }
      #expect(plan.count == 6)
    }
  }

  /// If this fails, ranks judge trials by something else than what the sweep searches for.
  @Test func everyRankKnowsTheCriterion() throws {
    try withTemporaryFolder { folder in
      var tiny = TinySweep(folder: folder)
      let world = LocalCommunicator.world(size: 2)
      for criterion in ["recalled", "mean_squared_error <= 0.30000000000000004", nil] {
        tiny.search = criterion.map { "{nudging: [0.1, 0.2], criterion: \($0)}" } ?? ""
        let sweep = try tiny.sweep()
        #expect(sweep.search?.criterion.description == criterion)
        try onThreads(2) { rank in
          let setup = try #require(
            try RankSetup.share(
              rank == 0 ? RankSetup(sweep) : nil, over: world[rank]))
          #expect(setup.sweep.search == sweep.search)
        }
      }
    }
  }

  /// If this fails, ranks wait for ever where there is nothing to run.
  @Test func noSetupSaysThatThereIsNothingToDo() throws {
    let world = LocalCommunicator.world(size: 2)
    try onThreads(2) { rank in
      let setup = try RankSetup.share(nil, over: world[rank])
      #expect(setup == nil)
    }
  }
}
