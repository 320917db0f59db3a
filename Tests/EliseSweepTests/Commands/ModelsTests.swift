import Foundation
import TestSupport
import Testing

/// Every model that `model` can name, through the whole program.
@Suite struct ModelsTests {
  private static let fixed =
    "{pattern: scale.txt, replay_cycles: 14, test_every: 20, training_cycles: CYCLES}"

  /// A grid, and a search for the smallest network.
  enum Kind: String, CaseIterable {
    case grid = """
      name: models
      fixed: FIXED
      grid:
        model: [elise, reservoir, soma_only, esn, force, rflo, bptt]
        latent: [6, 7]
        seed: {from: 1, to: 3}
      """
    case search = """
      name: models
      fixed: FIXED
      grid:
        model: [elise, esn, force]
        seed: {from: 1, to: 4}
      search:
        latent: [2, 4, 6, 8, 12, 16, 24, 32, 48]
        criterion: correlation >= 0.6
        met: above
      """

    var tables: [String] {
      let all = ["trials.csv", "summary.csv", "summary.md", "cube.nc"]
      return self == .grid ? all : all + ["frontier.csv"]
    }
  }

  /// If this fails, the scores of a baseline depend on the ranks and on interruptions.
  @Test(arguments: Kind.allCases)
  func everyModelHasTheSameTablesUnderMPIAndAfterKills(kind: Kind) throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      try kind.rawValue
        .replacingOccurrences(of: "FIXED", with: Self.fixed)
        .replacingOccurrences(of: "CYCLES", with: "601")
        .write(to: folder.appendingPathComponent("models.yaml"), atomically: true, encoding: .utf8)
      func tables(_ name: String) throws -> [Data] {
        try kind.tables.map {
          try Data(contentsOf: folder.appendingPathComponent("\(name)/\($0)"))
        }
      }
      func run(_ name: String, ranks: Int? = nil) throws {
        let words = ["run", "models.yaml", "--quiet", "--out", name]
        let outcome =
          try ranks.map { try Program.run(words, ranks: $0, in: folder) }
          ?? Program.run(words + ["--threads", "1"], in: folder)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
      }
      try run("calm")
      let expected = try tables("calm")
      try run("ranks", ranks: 3)
      #expect(try tables("ranks") == expected)

      for attempt in 1...2 {
        let journal = folder.appendingPathComponent("killed/journal/run-00000\(attempt).jsonl")
        let killed = try runUnderMPI(
          "elise-sweep", ranks: 2, ["run", "models.yaml", "--quiet", "--out", "killed"], in: folder,
          timeout: .seconds(120)
        ) { launcher in
          while SmallSweep.lineCount(journal) < 4, RunningRanks.isAlive(launcher) { usleep(1000) }
          for (_, process) in try RunningRanks.of(launcher) { kill(process, SIGKILL) }
        }
        #expect(killed.exitCode != 0, "the run was over before it could be killed")
      }
      try run("killed", ranks: 2)
      #expect(try tables("killed") == expected)
    }
  }
}
