import Bench
import Foundation

/// Prints how often 95 % intervals contain the truth, as Markdown tables: those of a mean,
/// of a difference, and those of conditions with `until`.
///
/// Usage: `swift run -c release interval-coverage [SAMPLES]`, in this folder. Exit code 1 if a bounded
/// interval or one with `until` holds in fewer than 93 % of the samples, or widened percentiles in fewer
/// than 91 %.
@main
struct IntervalCoverageTable {
  static func main() {
    let samples = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 4_000
    let means = printMeans(IntervalCoverage.Distribution.all, [3, 5, 10, 20], samples)
    print("")
    let differences = printMeans(IntervalCoverage.Distribution.differences, [5, 10, 20], samples)
    print("")
    exit(printUntil(samples) && means && differences ? 0 : 1)
  }

  /// - Returns: Whether all intervals hold.
  private static func printMeans(
    _ distributions: [IntervalCoverage.Distribution], _ sizes: [Int], _ samples: Int
  ) -> Bool {
    let kinds = ["bounded", "widened percentiles"]
    let heads = ["n", "distribution"] + kinds.flatMap { [$0, "its width", "excludes zero"] }
    print("| \(heads.joined(separator: " | ")) |")
    print("|" + String(repeating: " --- |", count: heads.count))
    var holds = true
    for units in sizes {
      for distribution in distributions {
        var fields = ["\(units)", "\(distribution)"]
        for (isBounded, least) in [(true, 0.93), (false, 0.91)] {
          let simulated = IntervalCoverage(
            of: distribution, units: units, isBounded: isBounded, samples: samples)
          guard let simulated else {
            fields += ["none", "none", "none"]
            continue
          }
          fields.append(String(format: "%.1f %%", 100 * simulated.coverage))
          fields.append(String(format: "%.2f", simulated.width))
          fields.append(String(format: "%.0f %%", 100 * simulated.excludesZero))
          // Scores that are 0 or not have a range, so they never have percentiles alone.
          if distribution.canFail, !isBounded { continue }
          holds = holds && simulated.coverage >= least
        }
        print("| " + fields.joined(separator: " | ") + " |")
      }
    }
    return holds
  }

  /// - Returns: Whether all intervals hold.
  private static func printUntil(_ samples: Int) -> Bool {
    print("| `until` | at most | p | coverage | stopped early | networks |")
    print("| --- | --- | --- | --- | --- | --- |")
    var holds = true
    for (score, ends) in [(UntilCoverage.Score.recalled, [100, 160]), (.correlation, [80, 160])] {
      for atMost in ends {
        for p in [0.05, 0.1, 0.3, 0.5, 0.8, 0.95] {
          let simulated = UntilCoverage(
            of: score, probability: p, atMost: atMost, samples: samples)
          print(
            String(
              format: "| %@ | %d | %.2f | %.1f %% | %.0f %% | %.1f |", score.rawValue, atMost, p,
              100 * simulated.coverage, 100 * simulated.stopped, simulated.networks))
          holds = holds && simulated.coverage >= 0.93
        }
      }
    }
    return holds
  }
}
