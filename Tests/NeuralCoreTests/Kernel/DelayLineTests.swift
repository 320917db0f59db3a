import Testing

@testable import NeuralCore

/// If these fail, rates arrive at another time than the delays of a network say.
@Suite struct DelayLineTests {
  @Test("What came before the history is at rest")
  func rest() {
    let line = DelayLine(neurons: 2, depth: 3, history: [], restingRate: 0.25)
    #expect(line.rates(stepsBack: 0) == [0.25, 0.25])
    #expect(line.history == [Double](repeating: 0.25, count: 6))
  }

  @Test("A history shorter than the line is its newest part; of a longer one the end counts")
  func history() {
    let short = DelayLine(neurons: 2, depth: 3, history: [1, 2, 3, 4], restingRate: 0.5)
    #expect(short.history == [0.5, 0.5, 1, 2, 3, 4])
    #expect(short.rate(1, stepsBack: 0) == 4)
    #expect(short.rate(0, stepsBack: 1) == 1)
    #expect(short.rate(0, stepsBack: 2) == 0.5)
    let long = DelayLine(neurons: 2, depth: 1, history: [1, 2, 3, 4], restingRate: 0.5)
    #expect(long.history == [3, 4])
  }

  @Test(
    "Rates come back as many steps later as is asked, round after round",
    arguments: [
      1, 2, 3, 7,
    ])
  func wrapAround(depth: Int) {
    var line = DelayLine(neurons: 2, depth: depth, history: [], restingRate: 0)
    for step in 1...50 {
      line.append([Double(step), Double(-step)])
      for back in 0..<depth {
        let expected = Double(max(0, step - back))
        #expect(line.rates(stepsBack: back) == [expected, -expected])
      }
    }
  }
}
