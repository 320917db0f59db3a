import NeuralCore
import Testing

@testable import Scores

@Suite struct CycleMatchTests {
  /// A perfect replay that lags must not be punished for the lag.
  @Test(arguments: [0, 1, 25, 625, 1249])
  func laggingCopyIsPerfect(lag: Int) throws {
    let target = try Melody.fuerElise().target
    let match = CycleMatch(target.replayed(lag: lag), target)
    let correlation = try #require(match.correlation)
    let error = try #require(match.meanSquaredError)
    #expect(abs(correlation.value - 1) < 1e-12)
    #expect(correlation.shift == lag)
    #expect(error.value < 1e-12)
    #expect(error.shift == lag)
  }

  /// Unlike the shifted score, the unshifted one penalises a lag: 5 ms cost about 0.4.
  @Test func unshiftedScorePaysForALag() throws {
    let target = try Melody.fuerElise().target
    let match = CycleMatch(target.replayed(lag: 25), target)
    let unshifted = try #require(match.unshifted.correlation)
    #expect(abs(unshifted - 0.6) < 0.1)
    let error = try #require(match.unshifted.meanSquaredError)
    #expect(error > 0.02 && error < 0.1)
  }

  /// The authors' full run (golden/full-run-h50-replay.csv), replay cycles 4, 12, 20 and 97, with
  /// best shifts of 12, 48, 92 and 796 steps. Its rates are not stored, but it correlates 0.98 and
  /// so is nearly a target that lags. This settles that our correlation is their sum over 13, that
  /// the error is a mean over everything, and that a sample is two of their steps.
  @Test(arguments: [
    (6, 12.450561314, 0.005096739), (24, 8.854349279, 0.035654065), (46, 3.355592152, 0.082763601),
    (398, -1.803869825, 0.139277405),
  ])
  func unshiftedScoresOfTheAuthorsRun(lag: Int, correlationSum: Double, error: Double) throws {
    let target = try Melody.fuerElise().target
    let unshifted = UnshiftedMatch(target.record(lag: lag), target)
    #expect(abs(try #require(unshifted.correlation) - correlationSum / 13) < 0.1)
    #expect(abs(try #require(unshifted.meanSquaredError) / error - 1) < 0.3)
  }

  @Test func unshiftedScoreOfOneCycleIsThatOfTheSearch() throws {
    let target = try Melody.fuerElise().target
    let record = target.record(lag: 10)
    let alone = UnshiftedMatch(record, target)
    let searched = CycleMatch(
      ProducedRates(cycle: record, next: target.record(), neurons: target.neurons), target
    ).unshifted
    #expect(abs(try #require(alone.correlation) - (try #require(searched.correlation))) < 1e-12)
    #expect(
      abs(try #require(alone.meanSquaredError) - (try #require(searched.meanSquaredError))) < 1e-12
    )
  }

  /// One neuron of two fell silent: it counts 0, and the other still counts.
  @Test(arguments: [0.0, 0.0266, 1])
  func silentNeuronCountsZero(rate: Double) throws {
    let target = Self.twoNeurons
    var values = target.replayed(lag: 3).values
    values.replaceSubrange(0..<20, with: [Double](repeating: rate, count: 20))
    let match = CycleMatch(ProducedRates(values: values, neurons: 2), target)
    let correlation = try #require(match.correlation)
    #expect(abs(correlation.value - 0.5) < 1e-12)
    #expect(correlation.shift == 3)
  }

  @Test func silentNetworkCorrelatesZeroAtNoShift() throws {
    let produced = ProducedRates(values: [Double](repeating: 0.3, count: 40), neurons: 2)
    let match = CycleMatch(produced, Self.twoNeurons)
    #expect(match.correlation == BestShift(value: 0, shift: 0))
  }

  /// A neuron that the pattern never uses must not drag the mean down.
  @Test func constantTargetIsLeftOut() throws {
    let active: [Double] = [0, 0, 1, 1, 0, 1, 0, 0, 0, 0]
    let idle = [Double](repeating: 0.02, count: 10)
    let target = TargetRates(
      values: active + idle, neurons: 2, notes: 1, stepsPerNote: 10, every: 1)
    let match = CycleMatch(
      ProducedRates(values: active + active + active + active, neurons: 2), target)
    #expect(abs(try #require(match.correlation).value - 1) < 1e-12)
    // The error includes it: 3 samples of 20 are off by 0.98, 7 by 0.02.
    let expected = (3 * 0.98 * 0.98 + 7 * 0.02 * 0.02) / 20
    #expect(abs(try #require(match.meanSquaredError).value - expected) < 1e-12)
  }

  @Test func nothingToCorrelateWithIsMissing() {
    let target = TargetRates(
      values: [Double](repeating: 0.5, count: 10), neurons: 1, notes: 1, stepsPerNote: 10, every: 1)
    let match = CycleMatch(ProducedRates(repeating: target), target)
    #expect(match.correlation == nil)
    #expect(match.meanSquaredError == BestShift(value: 0, shift: 0))
  }

  /// A pattern that repeats itself fits equally well at several shifts; rounding must not choose.
  @Test func earliestOfEqualShifts() throws {
    let melody = Melody(columns: [[true, false], [false, true], [true, false], [false, true]])
    let match = CycleMatch(melody.target.replayed(lag: 130), melody.target)
    #expect(match.correlation?.shift == 30)
    #expect(match.meanSquaredError?.shift == 30)
  }

  static let twoNeurons = TargetRates(
    values: [0, 0, 1, 1, 0, 1, 0, 0, 0, 0] + [0.1, 0.9, 0.3, 0.1, 0.1, 0.1, 0.7, 0.1, 0.1, 0.1],
    neurons: 2, notes: 1, stepsPerNote: 10, every: 1)
}
