import Foundation
import Synchronization
import TestSupport
import Testing

@testable import NeuralCore

/// If these fail, the results of a trial depend on the threads that happened to have time for it.
@Suite struct WindowTeamTests {
  /// Threads that help a team, leave it and come back at random.
  private final class RandomHelpers: Sendable {
    private let isOver = Atomic(false)
    private let running = Atomic(0)

    init(_ count: Int, of team: WindowTeam) {
      running.store(count, ordering: .relaxed)
      for helper in 0..<count {
        Thread.detachNewThread { [self] in
          var random = RandomStream(seed: UInt64(helper), purpose: .chance)
          let sleep = WakeableSleep()
          while !isOver.load(ordering: .relaxed) {
            var looks = random.integer(below: 3000)
            team.help(sleep) {
              looks -= 1
              return looks > 0 && !isOver.load(ordering: .relaxed)
            }
            usleep(UInt32(random.integer(below: 300)))
          }
          running.subtract(1, ordering: .releasing)
        }
      }
    }

    func end() {
      isOver.store(true, ordering: .relaxed)
      while running.load(ordering: .acquiring) > 0 { usleep(1000) }
    }
  }

  private static let cases =
    KernelCase.Disturbance.allCases.map { disturbance in
      KernelCase(visible: 13, latent: 116, disturbance: disturbance)
    } + [
      KernelCase(visible: 13, latent: 50),
      KernelCase(visible: 3, latent: 5),
      KernelCase(visible: 13, latent: 116).heterogeneous,
      KernelCase(visible: 4, latent: 80, interneuronDelay: 90, lagSpread: 37, density: 0.6),
      KernelCase(
        visible: 3, latent: 126, delay: 4...9, interneuronDelay: 0, stepsPerNote: 25, notes: 3),
      KernelCase(
        visible: 5, latent: 270, stepsPerNote: 29, notes: 2, density: 0.9, nudged: [true, false]),
    ]

  @Test(
    "Helpers that come and go do not change a bit",
    arguments: [KernelChoice.windowedDouble, .windowedSingle], cases)
  func helpersChangeNothing(kernel: KernelChoice, example: KernelCase) throws {
    let alone = try example.start(kernel)
    let helped = try example.start(kernel)
    let neurons = example.visible + example.latent
    let team = WindowTeam()
    team.isTested = false
    let helpers = RandomHelpers(3, of: team)
    defer { helpers.end() }
    for cycle in example.nudged.indices {
      var drive = example.drive(ofCycle: cycle)
      let expected = alone.rates(drive, neurons: neurons)
      drive.control.team = team
      #expect(bits(helped.rates(drive, neurons: neurons)) == bits(expected))
      #expect(sameBits(helped, alone), "cycle \(cycle)")
    }
  }

  /// If this fails, helpers make trials slower on machines whose cores are far from each other.
  @Test(arguments: [true, false])
  func helpersThatDelayAreNotUsed(isUseful: Bool) {
    var gain = HelpingGain()
    let helped = (0..<64).map { _ in
      defer { gain.add(gain.isNextHelped ? isUseful ? 1 : 3 : 2) }
      return gain.isNextHelped
    }
    #expect(Array(helped[..<32]) == Array(helped[32...]))
    #expect(helped[..<2] == [false, true])
    #expect(helped[2..<32].allSatisfy { $0 == isUseful })
  }

  /// Counts how often each piece is done.
  private final class Counter: TeamWork {
    let counts: [Counted]

    final class Counted: Sendable { let count = Atomic(0) }

    init(pieces: Int) { counts = (0..<pieces).map { _ in Counted() } }

    func work(on piece: Int, by member: Int) {
      counts[piece].count.add(1, ordering: .relaxed)
    }

    /// The counts since the last call.
    func takeCounts() -> [Int] { counts.map { $0.count.exchange(0, ordering: .relaxed) } }
  }

  /// If this fails, a neuron is computed twice or not at all, or a run hangs.
  @Test func everyPieceIsDoneOnce() {
    let team = WindowTeam()
    let helpers = RandomHelpers(3, of: team)
    let counter = Counter(pieces: 16)
    for round in 1...400 {
      var pieces = 0
      team.perform(each: 4, counter) { pieces = $0 }
      #expect([4, 8, 12, 16].contains(pieces))
      #expect(counter.takeCounts() == (0..<16).map { $0 < pieces ? 1 : 0 })
      // The helpers fall asleep.
      if round.isMultiple(of: 100) { usleep(20_000) }
    }
    helpers.end()
    #expect(team.helpers == 0 && team.helpersSeconds > 0)
  }

  /// If this fails, a thread without a trial costs time on a machine that others use.
  @Test func idleHelperSleeps() {
    let team = WindowTeam()
    let (sleep, isOver) = (WakeableSleep(), Flag())
    let seconds = Flag()
    Thread.detachNewThread {
      team.help(sleep) { !isOver.isSet }
      seconds.isSet = true
    }
    usleep(1_000_000)
    isOver.isSet = true
    sleep.wake()
    while !seconds.isSet { usleep(1000) }
    #expect(team.helpersSeconds < 0.01)
  }

  private final class Flag: Sendable {
    private let value = Atomic(false)
    var isSet: Bool {
      get { value.load(ordering: .acquiring) }
      set { value.store(newValue, ordering: .releasing) }
    }
  }
}
