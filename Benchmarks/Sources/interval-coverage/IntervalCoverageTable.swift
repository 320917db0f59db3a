import Bench
import Foundation

/// Prints how often the 95 % intervals of a mean contain the true mean, as a Markdown table.
///
/// Usage: `swift run -c release interval-coverage [SAMPLES]`, in this folder. Exit code 1 if a bounded
/// interval holds in fewer than 93 % of the samples, or widened percentiles in fewer than 91 %.
@main
struct IntervalCoverageTable {
  static func main() {
    let samples = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 4_000
    print("| n | distribution | bounded | its width | widened percentiles | its width |")
    print("| --- | --- | --- | --- | --- | --- |")
    var holds = true
    for units in [3, 5, 10, 20] {
      for distribution in IntervalCoverage.Distribution.all {
        var fields = ["\(units)", "\(distribution)"]
        for (isBounded, least) in [(true, 0.93), (false, 0.91)] {
          let simulated = IntervalCoverage(
            of: distribution, units: units, isBounded: isBounded, samples: samples)
          guard let simulated else {
            fields += ["none", "none"]
            continue
          }
          fields.append(String(format: "%.1f %%", 100 * simulated.coverage))
          fields.append(String(format: "%.2f", simulated.width))
          // Scores that are 0 or not have a range, so they never have percentiles alone.
          if case .failing = distribution, !isBounded { continue }
          holds = holds && simulated.coverage >= least
        }
        print("| " + fields.joined(separator: " | ") + " |")
      }
    }
    exit(holds ? 0 : 1)
  }
}
