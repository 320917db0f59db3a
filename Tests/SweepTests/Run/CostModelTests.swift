import Testing

@testable import Sweep

@Suite struct CostModelTests {
  private static func seconds(
    _ values: [String: ParameterValue] = [:], visible: Int = 13, notes: Int = 25
  ) throws -> Double {
    let parameters = try ParameterSet(values.merging(["pattern": .text("p.txt")]) { $1 })
    return CostModel().seconds(
      parameters, patterns: [PatternSize(visible: visible, notes: notes)])
  }

  /// If this fails, long trials start last and the cores wait for them at the end.
  @Test(
    arguments: [
      ("latent", .integer(51)), ("training_cycles", .integer(10_001)),
      ("replay_cycles", .integer(101)), ("note_duration", .real(10.1)),
      ("kernel", .text("reference")),
    ] as [(String, ParameterValue)])
  func moreWorkCostsMore(key: String, value: ParameterValue) throws {
    #expect(try Self.seconds([key: value]) > Self.seconds())
  }

  @Test func morePatternCostsMore() throws {
    #expect(try Self.seconds(visible: 14) > Self.seconds())
    #expect(try Self.seconds(notes: 26) > Self.seconds())
    #expect(try Self.seconds(["precision": .text("single")]) < Self.seconds())
  }

  /// If this fails, the order of the queue is broken by numbers that cannot be compared.
  @Test func extremesStayFinite() throws {
    let least = try Self.seconds(
      ["latent": .integer(2), "training_cycles": .integer(0), "replay_cycles": .integer(0)],
      visible: 1, notes: 1)
    #expect(least > 0)
    let most = try Self.seconds(
      [
        "latent": .integer(100_000), "training_cycles": .integer(1_000_000_000),
        "note_duration": .real(10_000),
      ], visible: 100_000, notes: 100_000)
    #expect(most.isFinite && most > least)
  }

  /// The time of a full trial on one core, which `elise-sweep run` shows before any has finished.
  @Test func fullTrialTakesAboutTenSeconds() throws {
    #expect((3...60).contains(try Self.seconds()))
  }
}
