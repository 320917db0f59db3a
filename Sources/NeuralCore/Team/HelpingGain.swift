/// Finds out from time to time whether helpers make a network faster.
///
/// Small networks exchange their rates every few microseconds. If the cores of a machine are far from
/// each other, or others use them, one thread can be faster. So of every 32 cycles the first is
/// computed alone and the second with helpers, and the faster way is taken for the others.
struct HelpingGain {
  private static let period = 32

  private var cycle = 0
  private var aloneSeconds = 0.0
  private var isUseful = true

  /// Whether the next cycle is to be computed with helpers.
  var isNextHelped: Bool { cycle == 0 ? false : cycle == 1 ? true : isUseful }

  /// Notes a cycle that was computed as ``isNextHelped`` says.
  ///
  /// - Parameter seconds: The time of a step [s].
  mutating func add(_ seconds: Double) {
    if cycle == 0 { aloneSeconds = seconds }
    if cycle == 1 { isUseful = seconds < aloneSeconds }
    cycle = (cycle + 1) % Self.period
  }
}
