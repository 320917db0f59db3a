/// Measures competitors in turns, so that other work on the machine affects all of them alike.
public enum Contest {
  /// The shortest time that is measured [s]: long enough for the clock, and so short that other
  /// work leaves some slices alone.
  private static let slice = 1e-4

  /// The shortest time of one run of each competitor [s], averaged over a slice of time.
  ///
  /// - Parameters:
  ///   - competitors: The functions to measure.
  ///   - rounds: The number of turns of each.
  ///   - turn: The least duration of a turn [s]; a turn is at least one run.
  public static func seconds(
    _ competitors: [() -> Void], rounds: Int, turn: Double
  ) -> [Double] {
    let clock = ContinuousClock()
    var best = competitors.map { _ in Double.infinity }
    for competitor in competitors { competitor() }  // fills caches, and settles the clock rate
    for _ in 0..<rounds {
      for (index, competitor) in competitors.enumerated() {
        let end = clock.now + .seconds(turn)
        repeat {
          let start = clock.now
          var runs = 0
          var elapsed = 0.0
          repeat {
            competitor()
            runs += 1
            elapsed = seconds(start.duration(to: clock.now))
          } while elapsed < slice
          best[index] = min(best[index], elapsed / Double(runs))
        } while clock.now < end
      }
    }
    return best
  }

  private static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + 1e-18 * Double(duration.components.attoseconds)
  }
}
