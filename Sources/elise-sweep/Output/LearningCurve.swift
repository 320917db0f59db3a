import Scores

/// Shows the free tests of a training as they come: about twenty lines with a bar each.
struct LearningCurve {
  private static let lines = 20
  private static let barWidth = 40
  private let every: Int
  private var shown = 0

  /// Prepares a curve of so many free tests.
  init(freeTests: Int) {
    every = max(1, freeTests / Self.lines)
  }

  /// Shows a test, unless enough are shown around it.
  mutating func show(_ test: FreeTest) {
    defer { shown += 1 }
    guard shown % every == 0 else { return }
    Console.note(Self.text(test))
  }

  /// The line of a test: training cycle, correlation, and a bar as long.
  static func text(_ test: FreeTest) -> String {
    let correlation = test.correlation ?? 0
    let bar = String(
      repeating: "#", count: Int((max(0, correlation) * Double(barWidth)).rounded()))
    let cycle = String(test.cycle)
    let digits = String(Int((abs(correlation) * 1000).rounded()))
    let decimals =
      digits.count > 3 ? "1.000" : "0." + String(repeating: "0", count: 3 - digits.count) + digits
    return "cycle " + String(repeating: " ", count: max(0, 6 - cycle.count)) + cycle
      + "  correlation " + (correlation < 0 ? "-" : " ") + decimals + "  " + bar
  }
}
