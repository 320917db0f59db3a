import Experiment
import Glibc
import Runner
import SweepPlan

/// Shows the progress of a run: one line that is rewritten in a terminal, a new line from time to time
/// elsewhere.
struct ProgressLine {
  private let isTerminal: Bool
  private let columns: Int
  private var last = -Double.infinity
  private var latest: SweepRun.Progress?
  private var width = 0

  /// Prepares the line.
  ///
  /// - Parameter columns: The width of the terminal; a longer line could not be rewritten.
  init(isTerminal: Bool, columns: Int = 80) {
    self.isTerminal = isTerminal
    self.columns = columns
  }

  /// Time from one line to the next [s]; in a file, which keeps every line, it grows with the run.
  static func interval(isTerminal: Bool, elapsed: Double) -> Double {
    if isTerminal { return 0.5 }
    return elapsed < 20 ? max(1, elapsed / 2) : min(60, max(10, elapsed / 10))
  }

  /// Shows the progress if the interval has passed.
  mutating func show(_ progress: SweepRun.Progress) {
    latest = progress
    let interval = Self.interval(isTerminal: isTerminal, elapsed: progress.elapsed)
    guard progress.elapsed - last >= interval else { return }
    // The first line in a file comes after one interval.
    guard isTerminal || progress.elapsed >= interval else { return }
    last = progress.elapsed
    write(progress)
  }

  private mutating func write(_ progress: SweepRun.Progress) {
    let text = Self.text(progress, now: time(nil))
    guard isTerminal else { return Console.note(text) }
    let shown = String(text.prefix(max(1, columns - 1)))
    Console.raw("\r" + shown + String(repeating: " ", count: max(0, width - shown.count)))
    width = shown.count
  }

  /// Clears the line for a message; the next progress appears below it.
  mutating func clear() {
    guard isTerminal && width > 0 else { return }
    Console.raw("\r" + String(repeating: " ", count: width) + "\r")
    width = 0
    last = -Double.infinity
  }

  /// Ends the line with the last progress.
  mutating func finish() {
    guard isTerminal, width > 0, let latest else { return }
    write(latest)
    Console.raw("\n")
    width = 0
  }

  /// The text of the line.
  static func text(_ progress: SweepRun.Progress, now: time_t) -> String {
    let finished = progress.before + progress.done
    let speed = progress.elapsed > 0 ? Double(progress.done) / progress.elapsed : 0
    let parts = [
      "\(finished)/\(progress.isTotalBound ? "≤" : "")\(progress.total) trials",
      progress.failed > 0 ? "\(progress.failed) failed" : nil,
      "\(Int(100 * progress.fraction)) % of the work", speed > 0 ? NumberText.rate(speed) : nil,
      progress.left > 0
        ? end(in: progress.remaining, now: now, fraction: progress.fraction) : nil,
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }

  /// The expected end; nil if nothing has been computed in the time that was expected for everything.
  ///
  /// - Parameters:
  ///   - seconds: The expected time until then [s].
  ///   - fraction: The part of the work that has been computed, in [0, 1].
  static func end(in seconds: Double, now: time_t, fraction: Double) -> String? {
    guard seconds >= 0.5 else { return fraction > 0 ? "finishing" : nil }
    let moment = NumberText.clock(now + time_t(seconds.rounded()))
    return "ends \(moment) (in \(NumberText.duration(seconds)))"
  }
}
