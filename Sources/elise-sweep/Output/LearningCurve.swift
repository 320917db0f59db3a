import Scores
import SweepPlan

/// A free test as a line of a learning curve.
enum LearningCurve {
  private static let barWidth = 40

  /// The line of a test: training cycle, correlation, and a bar as long.
  static func text(_ test: FreeTest) -> String {
    let correlation = test.correlation ?? 0
    let bar = String(
      repeating: "#", count: Int((max(0, correlation) * Double(barWidth)).rounded()))
    let cycle = String(test.cycle)
    let number = Decimals.text(correlation, 3)
    return "cycle " + String(repeating: " ", count: max(0, 6 - cycle.count)) + cycle
      + "  correlation " + String(repeating: " ", count: max(0, 6 - number.count)) + number
      + (bar.isEmpty ? "" : "  " + bar)
  }
}
