import Parameters
import Testing

@testable import Experiment
@testable import Runner
@testable import SweepPlan

@Suite struct CostModelTests {
  private static func shape(
    _ values: [String: ParameterValue] = [:], visible: Int = 13, notes: Int = 25
  ) throws -> TrialShape {
    let parameters = try ParameterSet(values.merging(["pattern": .text("p.txt")]) { $1 })
    return TrialShape(parameters, patterns: [PatternSize(visible: visible, notes: notes)])
  }

  private static func seconds(
    _ values: [String: ParameterValue] = [:], visible: Int = 13, notes: Int = 25
  ) throws -> Double {
    CostModel().seconds(try shape(values, visible: visible, notes: notes))
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

  /// Two patterns share the training and are each replayed.
  @Test func patternsAreTrainedInTurn() throws {
    let parameters = try ParameterSet(["pattern": .text("p.txt")])
    let size = PatternSize(visible: 5, notes: 8)
    let one = TrialShape(parameters, patterns: [size])
    let two = TrialShape(parameters, patterns: [size, size])
    #expect(one.steps == 10_101 * 8 * 100)
    #expect(two.steps == (10_001 + 2 * 100) * 8 * 100)
    #expect(two.network.neurons == 60)
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

  /// If this fails, the expected end stays wrong on a machine of another speed.
  @Test func finishedTrialsCorrectTheGuess() throws {
    var model = CostModel()
    let shape = try Self.shape()
    #expect(!model.knows(shape.network))
    model.learn(shape, seconds: 3)
    model.learn(shape, seconds: 5)
    #expect(model.knows(shape.network))
    #expect(abs(model.seconds(shape) - 4) < 1e-9)
    // Trials of the same network that are twice as long take about twice the time.
    let longer = try Self.shape(["training_cycles": .integer(20_101)])
    #expect(longer.network == shape.network)
    #expect(abs(model.seconds(longer) - 8) < 0.1)
  }

  /// If this fails, what small networks took is believed of large ones that were measured, too, or
  /// sizes between them are guessed as if nothing was known.
  @Test func networksOfTheNearestSizesSpeakForOthers() throws {
    var model = CostModel()
    func shape(_ latent: Int, _ values: [String: ParameterValue] = [:]) throws -> TrialShape {
      try Self.shape(values.merging(["latent": .integer(latent)]) { $1 }, visible: 10)
    }
    func ratio(_ shape: TrialShape) -> Double { model.seconds(shape) / CostModel().seconds(shape) }
    func learn(_ shape: TrialShape, ratio: Double) {
      model.learn(shape, seconds: ratio * CostModel().seconds(shape))
    }
    let (small, large) = (try shape(10), try shape(1270))
    learn(small, ratio: 2)
    #expect(abs(ratio(large) - 2) < 1e-9)
    learn(large, ratio: 8)
    #expect(abs(ratio(small) - 2) < 1e-9)
    #expect(abs(ratio(large) - 8) < 1e-9)
    // Half and a third of the way from 20 to 1280 neurons, on a logarithmic scale.
    #expect(abs(ratio(try shape(150)) - 5) < 1e-9)
    #expect(abs(ratio(try shape(70)) - 4) < 1e-9)
    #expect(abs(ratio(try shape(5)) - 2) < 1e-9)
    #expect(abs(ratio(try shape(5000)) - 8) < 1e-9)
    // Of another kind nothing is known but how fast the machine is.
    #expect((2...8).contains(ratio(try shape(150, ["precision": .text("single")]))))
    learn(try shape(1000, ["precision": .text("single")]), ratio: 3)
    #expect(abs(ratio(try shape(20, ["precision": .text("single")])) - 3) < 1e-9)
    #expect(abs(ratio(try shape(150)) - 5) < 1e-9)
  }
}
