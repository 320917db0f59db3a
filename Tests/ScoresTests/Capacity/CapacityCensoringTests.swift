import Testing

@testable import Scores

@Suite struct CapacityCensoringTests {
  /// Whatever the outcomes, a capacity without a mark was tested on both sides, at that size.
  @Test func neverExtrapolates() throws {
    var random = SplitMix64(seed: 1)
    var (found, censored) = (0, 0)
    for _ in 0..<300 {
      let seeds = Int.random(in: 1...6, using: &random)
      let sizes = (0..<Int.random(in: 1...4, using: &random)).map { Double(5 << $0) }
      let slope = Double.random(in: -0.2...0.1, using: &random)
      let observations = sizes.flatMap { size in
        // Each size has lengths of its own.
        (0..<Int.random(in: 1...5, using: &random)).flatMap { _ in
          let length = Double(Int.random(in: 2...40, using: &random))
          return (0..<seeds).map { seed in
            let success = Double.random(in: 0..<1, using: &random) < 0.8 + slope * length / 4
            return CapacityObservation(size: size, length: length, seed: seed, success: success)
          }
        }
      }
      for size in CapacityFit(observations, resamples: 40).sizes {
        let lengths = observations.filter { $0.size == size.size }.map(\.length)
        let (shortest, longest) = (try #require(lengths.min()), try #require(lengths.max()))
        let lengthsFound = [
          size.capacity, size.isotonicCapacity, size.interval?.lower, size.interval?.upper,
        ]
        for length in lengthsFound.compactMap(\.self) {
          switch length {
          case .at(let length): #expect(shortest <= length && length <= longest)
          case .below(let bound): #expect(bound == shortest)
          case .above(let bound): #expect(bound == longest)
          }
        }
        // If the outcomes at this size do not bracket one half, the capacity is censored.
        if try #require(size.isotonicFractions.last) > 0.5 {
          #expect(size.capacity == .above(longest))
        }
        if size.isotonicFractions[0] < 0.5 { #expect(size.capacity == .below(shortest)) }
        if let interval = size.interval, let capacity = size.capacity {
          #expect(interval.lower.unbounded <= capacity.unbounded)
          #expect(interval.upper.unbounded >= capacity.unbounded)
        }
        found += size.capacity?.length == nil ? 0 : 1
        censored += size.capacity?.isCensored == true ? 1 : 0
      }
    }
    // Otherwise the property would hold of nothing.
    #expect(found > 50 && censored > 50)
  }

  private func condition(
    _ size: Double, _ length: Double, _ successes: Int, of trials: Int
  ) -> [CapacityObservation] {
    CapacityObservation.condition(size, length, successes, of: trials)
  }

  /// The line leaves the tested lengths though their own fractions bracket one half.
  @Test func fitOutsideTheTestedLengthsIsCensored() {
    // By itself size 4 crosses near 11; the other sizes, with far more trials, put it above 12.
    let fit = CapacityFit(
      condition(1, 10, 380, of: 400) + condition(1, 40, 20, of: 400)
        + condition(2, 20, 380, of: 400)
        + condition(2, 80, 20, of: 400)
        + condition(4, 10, 3, of: 4) + condition(4, 12, 1, of: 4))
    #expect(fit.sizes[2].isotonicCapacity.length != nil)
    #expect(fit.sizes[2].capacity == .above(12))
    #expect(fit.sizes[0].capacity?.length != nil)
  }

  /// All trials at the longest length succeed, though the line of the other sizes passes below it.
  @Test func outcomesCensorAgainstTheFit() {
    let fit = CapacityFit(
      condition(1, 10, 380, of: 400) + condition(1, 40, 20, of: 400)
        + condition(2, 20, 380, of: 400)
        + condition(2, 80, 20, of: 400)
        + condition(4, 50, 4, of: 4) + condition(4, 200, 4, of: 4))
    #expect(fit.model?.capacity(size: 4).map { $0 < 200 } == true)
    #expect(fit.sizes[2].capacity == .above(200))
    #expect(fit.sizes[2].interval?.upper == .above(200))
  }

  @Test func marksAreWrittenOut() {
    #expect("\(CensoredLength.above(200))" == "> 200.0")
    #expect("\(CensoredLength.below(10))" == "< 10.0")
    #expect("\(CensoredLength.at(57.5))" == "57.5")
    #expect(CensoredLength.above(200).length == nil)
    #expect(CensoredLength.above(200).bound == 200)
  }

  /// The shortest and the longest tested length are tested: only beyond them is a mark.
  @Test func testedLengthsIncludeTheirEnds() {
    #expect(CensoredLength(10, tested: 10...20) == .at(10))
    #expect(CensoredLength(20, tested: 10...20) == .at(20))
    #expect(CensoredLength(10.nextDown, tested: 10...20) == .below(10))
    #expect(CensoredLength(.infinity, tested: 10...20) == .above(20))
  }

  /// An interval that ends beyond the tested lengths admits all that lies there.
  @Test func openIntervalsAdmitWhatLiesBeyond() {
    let open = CensoredInterval(lower: .at(15), upper: .above(20))
    #expect(!open.contains(14) && open.contains(15) && open.contains(1000))
    let beyond = CensoredInterval(lower: .above(20), upper: .above(20))
    #expect(!beyond.contains(15) && beyond.contains(25))
    let below = CensoredInterval(lower: .below(10), upper: .below(10))
    #expect(below.contains(5) && !below.contains(15))
  }
}
