/// The largest distance between two arrays of numbers.
///
/// Infinite where they differ in length or where one has a number that is not finite and the other
/// has not: such a comparison must fail whatever its bound is.
func deviation(_ found: some Collection<Double>, _ expected: some Collection<Double>) -> Double {
  guard found.count == expected.count else { return .infinity }
  return zip(found, expected).reduce(0) { largest, pair in
    if pair.0.bitPattern == pair.1.bitPattern { return largest }
    let distance = abs(pair.0 - pair.1)
    return distance.isNaN ? .infinity : max(largest, distance)
  }
}

/// The bits of numbers: tells 0 from -0, and one NaN from another.
func bits(_ values: [Double]) -> [UInt64] { values.map(\.bitPattern) }
