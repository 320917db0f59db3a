import Testing

@testable import Runner
@testable import SweepPlan

@Suite struct CostFitTests {
  /// If this fails, the machine's speed is not learned.
  @Test func oneLengthGivesAProportion() {
    var fit = CostFit()
    #expect(fit.ratio(3) == 1)
    fit.add(guess: 2, seconds: 3)
    fit.add(guess: 2.02, seconds: 5)
    for guess in [0.1, 2, 50] { #expect(abs(fit.ratio(guess) - 8 / 4.02) < 1e-12) }
  }

  /// If this fails, short trials are expected to end before what all trials begin with is over.
  @Test func differentLengthsGiveAPartThatIsTheSameForAll() {
    var fit = CostFit()
    for guess in [1.0, 4, 10] { fit.add(guess: guess, seconds: 0.5 + 2 * guess) }
    for guess in [0.1, 1, 7, 100] {
      #expect(abs(guess * fit.ratio(guess) - (0.5 + 2 * guess)) < 1e-9)
    }
  }

  /// If this fails, some trials are expected to take less than no time.
  @Test func nothingTakesLessThanNoTime() {
    var falling = CostFit()
    for guess in [1.0, 4, 10] { falling.add(guess: guess, seconds: 20 - guess) }
    #expect(abs(falling.ratio(1) - 45.0 / 15) < 1e-9)
    var negative = CostFit()
    for guess in [1.0, 4, 10] { negative.add(guess: guess, seconds: 3 * guess - 2) }
    #expect(abs(negative.ratio(0.5) - 39.0 / 15) < 1e-9)
  }

  @Test func fitsCanBeJoined() {
    var (all, first, second) = (CostFit(), CostFit(), CostFit())
    for (number, guess) in [1.0, 4, 10, 30].enumerated() {
      all.add(guess: guess, seconds: 1 + guess)
      if number < 2 {
        first.add(guess: guess, seconds: 1 + guess)
      } else {
        second.add(guess: guess, seconds: 1 + guess)
      }
    }
    first.add(second)
    #expect(first.ratio(5) == all.ratio(5))
  }
}
