import Glibc
import Sweep

/// Shows how far a sweep is: one line that is rewritten in a terminal, a line now and then elsewhere.
struct ProgressLine {
  private let isTerminal: Bool
  private var last = -Double.infinity
  private var width = 0

  init(isTerminal: Bool) {
    self.isTerminal = isTerminal
  }

  /// Time from one line to the next [s]. In a file, where every line stays, fewer as time goes on.
  static func interval(isTerminal: Bool, elapsed: Double) -> Double {
    isTerminal ? 0.5 : min(60, max(10, elapsed / 10))
  }

  /// Shows the progress if the last time is long enough ago.
  mutating func show(_ progress: SweepRun.Progress) {
    let interval = Self.interval(isTerminal: isTerminal, elapsed: progress.elapsed)
    guard progress.elapsed - last >= interval else { return }
    last = progress.elapsed
    let text = Self.text(progress, now: time(nil))
    if isTerminal {
      let padding = String(repeating: " ", count: max(0, width - text.count))
      Console.raw("\r" + text + padding)
      width = text.count
    } else {
      Console.note(text)
    }
  }

  /// Ends the line.
  func finish() {
    if isTerminal && width > 0 { Console.raw("\n") }
  }

  /// The text of the line.
  static func text(_ progress: SweepRun.Progress, now: time_t) -> String {
    let finished = progress.before + progress.done
    let speed = progress.elapsed > 0 ? Double(progress.done) / progress.elapsed : 0
    let failed = progress.failed > 0 ? ", \(progress.failed) failed" : ""
    let end = now + time_t(progress.remaining.rounded())
    let total = (progress.isTotalBound ? "≤" : "") + "\(progress.total)"
    return "\(finished)/\(total) trials\(failed), \(rate(speed)), "
      + "\(Int(100 * progress.fraction)) % of the work, "
      + "expected end \(clock(end)) (in \(duration(progress.remaining)))"
  }

  /// A number of trials per time that is easy to read.
  private static func rate(_ perSecond: Double) -> String {
    if perSecond == 0 { return "– trials/s" }
    if perSecond >= 10 { return "\(Int(perSecond)) trials/s" }
    if perSecond >= 0.1 { return "\((perSecond * 100).rounded() / 100) trials/s" }
    return "\((perSecond * 3600).rounded()) trials/h"
  }

  /// A time of day in the local time zone, with the day where it is not today's.
  private static func clock(_ moment: time_t) -> String {
    var moment = moment
    var now = time(nil)
    var local = tm()
    var today = tm()
    localtime_r(&moment, &local)
    localtime_r(&now, &today)
    let format = local.tm_yday == today.tm_yday ? "%H:%M:%S" : "%Y-%m-%d %H:%M"
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
