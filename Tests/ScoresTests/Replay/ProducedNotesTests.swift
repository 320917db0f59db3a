import Testing

@testable import Scores

@Suite struct NoteAccuracyTests {
  @Test(arguments: [
    (0..<50, 15..<35), (50..<100, 65..<85), (0..<25, 7..<18), (0..<10, 3..<7), (0..<5, 1..<4),
    (0..<3, 0..<3), (0..<2, 0..<2), (7..<8, 7..<8),
  ])
  func centralSamples(note: Range<Int>, central: Range<Int>) {
    #expect(ProducedRates.centralSamples(of: note) == central)
  }

  @Test(arguments: [0, 40, 1249])
  func perfectReplayHasEveryNote(lag: Int) throws {
    let melody = try Melody.fuerElise()
    let target = melody.target
    let accuracy = target.replayed(lag: lag)
      .noteAccuracy(shift: lag, target: target, pattern: melody.pattern)
    #expect(accuracy == 1)
  }

  /// A replay with two swapped notes is wrong, although its mean correlation is 0.91.
  @Test func swappedNotesAreHeard() throws {
    let melody = try Melody.fuerElise()
    let target = melody.target
    var correlations: [Double] = []
    for note in 0..<25 where melody.columns[note] != melody.columns[(note + 5) % 25] {
      let produced = ProducedRates(repeating: melody.swapping(note, (note + 5) % 25).target)
      let correlation = try #require(CycleMatch(produced, target).correlation)
      #expect(correlation.shift == 0)
      correlations.append(correlation.value)
      let accuracy = produced.noteAccuracy(shift: 0, target: target, pattern: melody.pattern)
      #expect(accuracy == 23.0 / 25)
    }
    #expect(abs(Moments(of: correlations).mean - 0.91) < 0.015)
  }

  @Test func wrongShiftSpoilsTheNotes() throws {
    let melody = try Melody.fuerElise()
    let target = melody.target
    let accuracy = target.replayed(lag: 50)
      .noteAccuracy(shift: 0, target: target, pattern: melody.pattern)
    #expect(try #require(accuracy) < 0.5)
  }

  /// One note of 25 steps at every second step has 13 samples, its neighbour 12.
  @Test func oddNotesKeepTheirOwnSamples() {
    let values = (0..<25).map { $0 < 13 ? 1.0 : 0 }
    let target = TargetRates(values: values, neurons: 1, notes: 2, stepsPerNote: 25)
    #expect(target.samples(ofNote: 0) == 0..<13)
    #expect(target.samples(ofNote: 1) == 13..<25)
    let produced = ProducedRates(repeating: target)
    #expect(produced.noteAccuracy(shift: 0, target: target, pattern: [true, false]) == 1)
    #expect(produced.noteAccuracy(shift: 0, target: target, pattern: [true, true]) == 0.5)
  }

  /// Only the central samples count, and only a mean *above* half of the range is active.
  @Test func thresholdIsHalfTheTargetsRange() {
    let target = TargetRates(
      values: [0, 0, 0, 0, 0, 0.8, 0.8, 0.8, 0.8, 0.8], neurons: 1, notes: 2, stepsPerNote: 5,
      every: 1)
    #expect(abs(target.halfRange - 0.4) < 1e-15)
    func accuracy(_ second: [Double]) -> Double? {
      let cycle = [1, 0, 0, 0, 1] + second
      return ProducedRates(values: cycle + cycle, neurons: 1)
        .noteAccuracy(shift: 0, target: target, pattern: [false, true])
    }
    #expect(accuracy([0, 0.5, 0.5, 0.25, 0]) == 1)
    #expect(accuracy([1, 0.5, 0.25, 0.375, 1]) == 0.5)
  }

  /// A note is a whole column: the right neuron and a wrong one together are wrong.
  @Test func oneWrongNeuronSpoilsTheNote() {
    let target = TargetRates(
      values: [1, 0, 0, 1], neurons: 2, notes: 2, stepsPerNote: 1, every: 1)
    let produced = ProducedRates(values: [1, 0, 1, 0, 1, 1, 1, 1], neurons: 2)
    let accuracy = produced.noteAccuracy(
      shift: 0, target: target, pattern: [true, false, false, true])
    #expect(accuracy == 0.5)
  }

  @Test func divergedRatesHaveNoNotes() {
    let target = TargetRates(values: [1, 0], neurons: 1, notes: 2, stepsPerNote: 1, every: 1)
    let produced = ProducedRates(values: [1, 0, .nan, 0], neurons: 1)
    #expect(produced.noteAccuracy(shift: 0, target: target, pattern: [true, false]) == nil)
  }
}
