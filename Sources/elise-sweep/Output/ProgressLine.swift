import Experiment
import Glibc
import Runner
import SweepPlan

/// Shows how far a sweep is: one line that is rewritten in a terminal, a line now and then elsewhere.
struct ProgressLine {
  private let isTerminal: Bool
  private let columns: Int
  private var last = -Double.infinity
  private var latest: SweepRun.Progress?
  private var width = 0

  /// Prepares the line.
  ///
  /// - Parameter columns: How wide the terminal is; a longer line would not be overwritten.
  init(isTerminal: Bool, columns: Int = 80) {
    self.isTerminal = isTerminal
    self.columns = columns
  }

  /// Time from one line to the next [s]. In a file, where every line stays, fewer as time goes on.
  static func interval(isTerminal: Bool, elapsed: Double) -> Double {
    isTerminal ? 0.5 : min(60, max(10, elapsed / 10))
  }

  /// Shows the progress if the last time is long enough ago.
  mutating func show(_ progress: SweepRun.Progress) {
    latest = progress
    let interval = Self.interval(isTerminal: isTerminal, elapsed: progress.elapsed)
    guard progress.elapsed - last >= interval else { return }
    // A file need not be told that nothing has happened yet.
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

  /// Makes room for another line; the next progress is shown below it.
  mutating func clear() {
    guard isTerminal && width > 0 else { return }
    Console.raw("\r" + String(repeating: " ", count: width) + "\r")
    width = 0
    last = -Double.infinity
  }

  /// Ends the line, which then says how far the run came.
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
      "\(Int(100 * progress.fraction)) % of the work", speed > 0 ? rate(speed) : nil,
      progress.left > 0 ? end(in: progress.remaining, now: now) : nil,
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }

  /// When something ends that takes so long from now on.
  static func end(in seconds: Double, now: time_t) -> String {
    // A first guess may be over before the work is.
    guard seconds >= 0.5 else { return "due to end" }
    return "ends \(clock(now + time_t(seconds.rounded()))) (in \(duration(seconds)))"
  }

  /// A number of trials per time that is easy to read.
  static func rate(_ perSecond: Double) -> String {
    if perSecond >= 10 { return "\(Int(perSecond)) trials/s" }
    if perSecond >= 1 { return "\(Decimals.text(perSecond, 1)) trials/s" }
    if perSecond * 3600 >= 10 { return "\(Int((perSecond * 3600).rounded())) trials/h" }
    return "\(Decimals.text(perSecond * 86400, 1)) trials/d"
  }

  /// A time of day in the local time zone, with the day where it is not today's.
  static func clock(_ moment: time_t) -> String {
    var moment = moment
    var now = time(nil)
    var local = tm()
    var today = tm()
    localtime_r(&moment, &local)
    localtime_r(&now, &today)
    let isToday = local.tm_yday == today.tm_yday && local.tm_year == today.tm_year
    let format = isToday ? "%H:%M:%S" : "%Y-%m-%d %H:%M"
    var buffer = [CChar](repeating: 0, count: 64)
    strftime(&buffer, buffer.count, format, &local)
    return String(
      decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// A length of time in its two largest units.
  static func duration(_ seconds: Double) -> String {
    let total = Int(seconds.rounded())
    let (days, hours, minutes) = (total / 86400, total / 3600 % 24, total / 60 % 60)
    if days > 0 { return "\(days) d \(hours) h" }
    if hours > 0 { return "\(hours) h \(minutes) min" }
    if minutes > 0 { return "\(minutes) min \(total % 60) s" }
    return "\(total) s"
  }
}
