import Glibc

/// A time that all processes of one machine share [ns].
func now() -> Int {
  nanoseconds(of: CLOCK_MONOTONIC)
}

/// Long enough for other ranks to be clearly earlier.
func sleepBriefly() {
  usleep(20_000)
}

/// The part of a core that this thread and, in a program of its own, all others
/// use while the body runs.
///
/// - Parameter wholeProcess: Whether to count all threads of the process.
public func load(wholeProcess: Bool, during body: () throws -> Void) rethrows -> Double {
  let clock = wholeProcess ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_THREAD_CPUTIME_ID
  let start = (used: nanoseconds(of: clock), time: now())
  try body()
  return Double(nanoseconds(of: clock) - start.used) / Double(now() - start.time)
}

private func nanoseconds(of clock: clockid_t) -> Int {
  var time = timespec()
  clock_gettime(clock, &time)
  return time.tv_sec * 1_000_000_000 + time.tv_nsec
}
