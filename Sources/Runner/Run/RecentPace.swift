/// The pace of a run in its last minutes: the load of a machine changes.
struct RecentPace {
  /// The time that counts [s].
  static let window = 180.0
  /// The time from one sample to the next. In the first such time, trials that were saved by an earlier run
  /// report what that has done [s].
  static let interval = 5.0

  private var samples: [(time: Double, fraction: Double)] = []

  /// Adds the completed fraction of the work at a time since the start [s].
  ///
  /// - Returns: The growth of the fraction [1/s]; nil if none is known.
  mutating func add(_ fraction: Double, at time: Double) -> Double? {
    if time - (samples.last?.time ?? 0) >= Self.interval { samples.append((time, fraction)) }
    while samples.count > 2, samples[1].time <= time - Self.window { samples.removeFirst() }
    guard let first = samples.first, time - first.time >= Self.interval, fraction > first.fraction
    else { return nil }
    return (fraction - first.fraction) / (time - first.time)
  }
}
