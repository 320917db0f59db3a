import Foundation
import NetCDF
import Parameters
import TestSupport
import Testing

@testable import Experiment
@testable import Journal
@testable import Report
@testable import SweepPlan

@Suite struct CubeTests {
  private static func cube(_ hand: HandMadeResults, _ body: (NetCDFFile) throws -> Void) throws {
    let (_, results) = try hand.results()
    try withTemporaryFolder { folder in
      let path = folder.path + "/cube.nc"
      try Cube(results).write(to: path, title: "by-hand", description: "a test")
      try body(try NetCDFFile(opening: path))
    }
  }

  /// If this fails, a score is stored at the coordinates of another trial.
  @Test func everyScoreIsAtItsCoordinates() throws {
    var hand = HandMadeResults(grid: ["latent: [10, 9]", "seed: [1, 2, 3]"])
    hand.add(latent: 9, seed: 2, ["correlation": 0.25, "recalled": 0])
    hand.add(latent: 10, seed: 3, ["correlation": 0.75, "recalled": 1])
    hand.add(latent: 10, seed: 1, [:], status: .failed, reason: "no")
    try Self.cube(hand) { file in
      #expect(try file.values("latent", shape: [2]) == [9, 10] as [Int64])
      #expect(try file.values("seed", shape: [3]) == [1, 2, 3] as [Int64])
      let correlation: [Double] = try file.values("correlation", shape: [2, 3])
      #expect(correlation.map { $0.isNaN ? -1 : $0 } == [-1, 0.25, -1, -1, -1, 0.75])
      let recalled: [Double] = try file.values("recalled", shape: [2, 3])
      #expect(recalled.map { $0.isNaN ? -1 : $0 } == [-1, 0, -1, -1, -1, 1])
      #expect(try file.values("status", shape: [2, 3]) == [-1, 0, -1, 1, -1, 0] as [Int8])
      #expect(
        try file.attribute("flag_meanings", of: "status")
          == "not_planned not_run done failed diverged timed_out")
      #expect(try file.attribute("units", of: "drift") == "ms per cycle")
      #expect(try file.attribute("units", of: "correlation") == "1")
      #expect(try file.attribute("long_name", of: "latent") == "latent neurons")
      #expect(try file.attribute("title") == "by-hand")
      #expect(try file.attribute("nudging") == "0.6")
      #expect(try file.attribute("latent") == nil)
    }
  }

  /// If this fails, a grid of several blocks has values that were not measured, or texts, numbers and
  /// yes-or-no values cannot be selected by value.
  @Test func raggedGridsHaveGaps() throws {
    var hand = HandMadeResults(grid: [
      "- {latent: [9], scaffold: [true, false], seed: [1]}",
      "- zip: {delay_min: [5, 6.5], model: [elise, reservoir]}",
    ])
    hand.rows = [
      .init(parameters: ["latent": .integer(9), "scaffold": .boolean(false)]),
      .init(parameters: ["delay_min": .real(6.5), "model": .text("reservoir")]),
    ]
    hand.rows[0].scores = ["correlation": 0.5]
    hand.rows[1].scores = ["correlation": 0.25]
    try Self.cube(hand) { file in
      #expect(try file.texts("model") == ["elise", "reservoir"])
      #expect(try file.values("latent", shape: [2]) == [9, 50] as [Int64])
      #expect(try file.values("scaffold", shape: [2]) == [0, 1] as [Int8])
      #expect(try file.values("delay_min", shape: [2]) == [5, 6.5])
      let correlation: [Double] = try file.values("correlation", shape: [2, 2, 2, 2, 1])
      #expect(correlation.indices.filter { !correlation[$0].isNaN } == [0, 15])
      #expect(correlation[0] == 0.5 && correlation[15] == 0.25)
      let status: [Int8] = try file.values("status", shape: [2, 2, 2, 2, 1])
      #expect(status.count { $0 == -2 } == 12)
      #expect(status.count { $0 == -1 } == 2)
    }
  }

  /// If this fails, a user who groups by an optional parameter loses the trials without a value.
  @Test func noneIsALabelAndNoMissingNumber() throws {
    var hand = HandMadeResults(grid: ["latent: [9]", "cue_notes: [none, 1, 2]", "seed: [1]"])
    for (cue, correlation) in [(ParameterValue.absent, 0.25), (.integer(2), 0.75)] {
      hand.rows.append(.init(parameters: ["latent": .integer(9), "cue_notes": cue]))
      hand.rows[hand.rows.count - 1].scores = ["correlation": correlation]
    }
    try Self.cube(hand) { file in
      let cues = try file.texts("cue_notes")
      #expect(Set(cues) == ["none", "1", "2"])
      let correlation: [Double] = try file.values("correlation", shape: [1, 3, 1])
      #expect(correlation[try #require(cues.firstIndex(of: "none"))] == 0.25)
      #expect(correlation[try #require(cues.firstIndex(of: "2"))] == 0.75)
    }
  }

  /// If this fails, equal results have different files, so comparing files is no longer possible.
  @Test func bytesDependOnResultsAlone() throws {
    let (_, results) = try SummaryTableTests.hand.results()
    try withTemporaryFolder { folder in
      let paths = ["a", "b"].map { folder.path + "/\($0).nc" }
      for path in paths {
        try Cube(results).write(to: path, title: "t", description: "")
        Thread.sleep(forTimeInterval: 1.1)
      }
      let files = try paths.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
      #expect(files[0] == files[1])
    }
  }

  /// If this fails, a zip of many lists, such as models with their settings, has no cube.
  @Test func parametersThatFollowFromOthersAreValues() throws {
    let lists = ["latent", "training_cycles", "replay_cycles"].map { key in
      "\(key): {from: 100, to: 300}"
    }
    var hand = HandMadeResults(grid: ["zip: {\(lists.joined(separator: ", "))}", "seed: [1, 2]"])
    hand.rows = [
      .init(
        parameters: [
          "latent": .integer(102), "training_cycles": .integer(102), "replay_cycles": .integer(102),
          "seed": .integer(2),
        ], scores: ["correlation": 0.5])
    ]
    try Self.cube(hand) { file in
      let cycles: [Double] = try file.values("training_cycles", shape: [201, 2])
      #expect(cycles == (100...300).flatMap { [Double($0), Double($0)] })
      let correlation: [Double] = try file.values("correlation", shape: [201, 2])
      #expect(correlation.indices.filter { !correlation[$0].isNaN } == [5])
    }
  }

  /// If this fails, a grid of many blocks fills the disk with missing values.
  @Test func emptyCubesAreRefused() throws {
    let blocks = ["latent", "training_cycles", "replay_cycles"].map { key in
      "- {\(key): {from: 100, to: 300}}"
    }
    let hand = HandMadeResults(grid: blocks)
    let (_, results) = try hand.results()
    let error = #expect(throws: Cube.TooSparse.self) { try Cube(results) }
    #expect(
      try #require(error).description
        == "cube.nc is not written: the product of the axes (202 x 202 x 201) has more than 20 "
        + "elements for each of the 603 trials; use trials.csv")
  }
}
