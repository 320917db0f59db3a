/// How fast a replay runs away from the clock of the teacher that has left.
public enum ReplayDrift {
  /// A scored cycle's index, and the shift in samples at which it matches best.
  public typealias Point = (cycle: Int, shift: Int)

  /// The slope of the best shift over cycles, positive where the replay is slow [ms per cycle].
  ///
  /// - Parameters:
  ///   - points: Best shifts in ascending order of cycles; a cycle without one is left out.
  ///   - samples: How many samples one cycle holds: the shift wraps there.
  ///   - sampleSpacing: Time from one sample to the next [ms].
  /// - Returns: The least-squares slope; missing for fewer than two points.
  public static func slope(of points: [Point], samples: Int, sampleSpacing: Double) -> Double? {
    guard points.count >= 2 else { return nil }
    let shifts = unwrapped(points.map(\.shift), samples: samples).map(Double.init)
    let cycles = points.map { Double($0.cycle) }
    let (meanCycle, meanShift) = (Moments(of: cycles).mean, Moments(of: shifts).mean)

    let products = zip(cycles, shifts).reduce(0) { sum, point in
      sum + (point.0 - meanCycle) * (point.1 - meanShift)
    }
    let squares = Moments(of: cycles).sumOfSquares
    return products / squares * sampleSpacing  // [ms per cycle]
  }

  /// Adds whole cycles so that no shift is half a cycle or more away from the one before it.
  ///
  /// A step of exactly half a cycle is taken as backwards.
  static func unwrapped(_ shifts: [Int], samples: Int) -> [Int] {
    var result: [Int] = []
    for shift in shifts {
      guard let last = result.last else {
        result.append(shift)
        continue
      }
      let forward = (((shift - last) % samples) + samples) % samples
      result.append(last + (2 * forward >= samples ? forward - samples : forward))
    }
    return result
  }
}
