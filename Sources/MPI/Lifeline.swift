import Glibc

/// Ends this process soon after the one that started it: the launcher, or the daemon that stands in
/// for it on this node.
///
/// A launcher that is killed ends its ranks no more. Ranks of Open MPI notice by themselves as long as
/// they are not about to end; those of MPICH would wait for each other until somebody finds them.
package enum Lifeline {
  /// How often the parent is looked after [µs].
  private static let interval: useconds_t = 500_000

  /// Watches the parent from a thread of its own, so that a rank that waits within the MPI library
  /// ends as well. Where the first process of the machine, or of the container, has started this
  /// one, there is nothing to watch.
  package static func hold() {
    let parent = getppid()
    guard parent > 1 else { return }
    var thread = pthread_t()
    // A function without context is all that C takes, so the parent's number travels as the argument.
    let failure = pthread_create(
      &thread, nil,
      { argument in
        Lifeline.wait(whileParentIs: pid_t(Int(bitPattern: argument)))
        _ = reportFailure(LauncherGone())
        _exit(70)
      }, UnsafeMutableRawPointer(bitPattern: Int(parent)))
    if failure == 0 { pthread_detach(thread) }
  }

  private static func wait(whileParentIs parent: pid_t) {
    // Whose parent ends gets another one.
    while getppid() == parent { usleep(interval) }
  }

  private struct LauncherGone: Error, CustomStringConvertible {
    let description = "what started this rank has gone, and the rank goes too"
  }
}
