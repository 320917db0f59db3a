import Testing

@testable import Scores

@Suite struct TargetRatesTests {
  /// The base is the most common rate, the smallest of several; the spans hold all others.
  @Test func channelKnowsItsBaseAndSpans() {
    var rates = [Double](repeating: 0.1, count: 40)
    rates.replaceSubrange(3..<5, with: [0.5, 0.9])
    rates[12] = 0.7  // Seven samples further: joined to the span before.
    rates[21] = 0.2  // Eight: a span of its own.
    rates[39] = 0.3
    let channel = TargetChannel(rates[...])
    #expect(channel.base == 0.1)
    #expect(channel.spans == [3..<13, 21..<22, 39..<40])
    #expect(abs(channel.offsetSum - 2.1) < 1e-12)
    #expect(TargetChannel([0.8, 0.2, 0.8, 0.2]).base == 0.2)
    #expect(TargetChannel([0.8, 0.2, 0.8, 0.2, 0.8]).base == 0.8)
    #expect(TargetChannel([0.8, 0.5, 0.2, 0.5, 0.3]).base == 0.5)  // Not more than half of them.
  }

  @Test func constantChannelHasNoSpans() {
    let channel = TargetChannel([0.3, 0.3, 0.3])
    #expect(channel.spans.isEmpty)
    #expect(channel.isConstant)
    #expect(!TargetChannel([0.3, 0.3, 0.301]).isConstant)
    // A deviation of 1e-6 is the limit: 0.47e-6 here, and ten times that.
    #expect(TargetChannel([0.3, 0.3, 0.300_001]).isConstant)
    #expect(!TargetChannel([0.3, 0.3, 0.300_01]).isConstant)
  }

  /// Neurons of Für Elise rest most of the time; without that the search would cost several times
  /// as much.
  @Test func fuerEliseIsMostlyAtRest() throws {
    let target = try Melody.fuerElise().target
    #expect(target.samples == 1250)
    let active = target.channels.flatMap(\.spans).reduce(0) { $0 + $1.count }
    #expect(active < 13 * 1250 / 5)
    for (index, offset) in target.offsets.enumerated() where offset != 0 {
      let spans = target.channels[index / 1250].spans
      #expect(spans.contains { $0.contains(index % 1250) })
    }
  }

  @Test func notesShareSamplesByTheirSteps() {
    let target = TargetRates(
      values: [Double](repeating: 0, count: 8), neurons: 1, notes: 3, stepsPerNote: 5)
    #expect((0..<3).map(target.samples(ofNote:)) == [0..<3, 3..<5, 5..<8])
  }
}
