import Journal
import NeuralCore
import Synchronization

/// Threads that do nothing but help one trial, as long as this object lives.
package final class HelpingThreads {
  private final class Shared: Sendable {
    let team = WindowTeam()
    let isOver = Atomic(false)
    let sleeps: [WakeableSleep]

    init(_ count: Int) { sleeps = (0..<count).map { _ in WakeableSleep() } }

    func help(_ number: Int) {
      func isWanted() -> Bool { !isOver.load(ordering: .acquiring) }
      while isWanted() {
        if team.helpers < team.room {
          team.help(sleeps[number]) { isWanted() && team.room > 0 }
        } else {
          sleeps[number].sleep(for: Self.pause)
        }
      }
    }

    /// The time after which a thread looks whether there is room for it now.
    private static let pause = Duration.milliseconds(20)
  }

  private let shared: Shared

  /// The trial and the threads.
  package var team: WindowTeam { shared.team }

  /// Starts threads; at a limit of the system, fewer of them.
  package init(_ count: Int) {
    let shared = Shared(count)
    self.shared = shared
    for number in 0..<count {
      guard let thread = RunningThread({ shared.help(number) }) else { break }
      thread.detach()
    }
  }

  deinit {
    shared.isOver.store(true, ordering: .releasing)
    for sleep in shared.sleeps { sleep.wake() }
  }
}
