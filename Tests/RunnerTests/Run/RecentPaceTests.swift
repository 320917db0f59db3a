import Testing

@testable import Runner

@Suite struct RecentPaceTests {
  /// If this fails, a run on a machine that has become busy keeps the end that it expected before.
  @Test func followsTheLastMinutes() throws {
    var pace = RecentPace()
    var fraction = 0.3  // What an earlier run has done.
    var found: [Double?] = [0]
    for second in 1...800 {
      // Then the machine is busy, and in the end it stands still.
      fraction += second < 6 ? 0 : second <= 400 ? 0.001 : second <= 600 ? 0.0001 : 0
      found.append(pace.add(fraction, at: Double(second)))
    }
    #expect(found[1...9].allSatisfy { $0 == nil })
    for second in [10, 100, 400] { #expect(abs(try #require(found[second]) - 0.001) < 1e-4) }
    #expect(abs(try #require(found[600]) - 0.0001) < 1e-5)
    #expect(found[800] == nil)
  }
}
