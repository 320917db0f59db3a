/// A rank that has fallen silent during a run.
public struct LostRank: Equatable, Sendable, CustomStringConvertible {
  /// Its number.
  public let rank: Int
  /// Its host; nil if it never announced itself.
  public let host: String?

  public var description: String { "rank \(rank)" + (host.map { " on \($0)" } ?? "") }
}

/// Which ranks have announced themselves, and which of them have fallen silent.
///
/// A rank says about once a second that it is alive. A host without network, or a process that is
/// stopped, says nothing. Only the monotonic clock of this process counts, without the time during
/// which the process itself was stopped: after a suspended job resumes, every rank has time to
/// speak again.
struct Presence {
  /// The time after which a silent rank is lost [s].
  static let silenceLimit = 30.0
  /// The interval at which ranks say that they are alive, and at which silence is checked [s].
  static let interval = 1.0
  /// The same once all trials have ended: longer than a busy machine needs, and soon enough for a
  /// user who waits for the end [s].
  private static let lastSilence = 10.0
  /// A rank that was heard within this time is there [s].
  private static let recent = 3.0
  /// The longest time between two calls of ``watch()`` that counts in full: more is a pause of the
  /// whole process [s].
  private static let longestStep = 2.0

  private struct Rank {
    var host: String?
    var isAnnounced = false
    var isLost = false
    /// The time at which it was last heard [s].
    var heard = 0.0
  }

  private var ranks: [Rank]
  private let silenceLimit: Double
  private var counted = 0.0
  private var lastStep = ContinuousClock.now
  private var lastCheck = 0.0

  init(ranks: Int, silenceLimit: Double) {
    self.ranks = Array(repeating: Rank(), count: ranks)
    self.silenceLimit = silenceLimit
  }

  /// The time since the start, without pauses of this process [s].
  var now: Double { counted + step }

  private var step: Double { min(Self.longestStep, lastStep.duration(to: .now).inSeconds) }

  /// Whether every rank that is not lost has announced itself and was heard recently.
  var areOthersPresent: Bool {
    let now = now
    return ranks.indices.allSatisfy {
      ranks[$0].isLost
        || ranks[$0].isAnnounced && ($0 == 0 || now - ranks[$0].heard < Self.recent)
    }
  }

  /// The lost ranks.
  var lost: [LostRank] {
    ranks.indices.filter { ranks[$0].isLost }.map { LostRank(rank: $0, host: ranks[$0].host) }
  }

  mutating func announce(_ rank: Int, host: String) {
    ranks[rank].isAnnounced = true
    ranks[rank].host = host
  }

  /// Notes a message of a rank.
  ///
  /// - Returns: Whether the rank was lost and is there again.
  mutating func hear(_ rank: Int) -> Bool {
    ranks[rank].heard = now
    defer { ranks[rank].isLost = false }
    return ranks[rank].isLost
  }

  /// Finds the ranks that have just become lost. Rank 0, this process, is never lost.
  ///
  /// - Parameter isEnding: Whether all trials have ended, so that a rank is lost sooner.
  /// - Returns: Nil if the last check was less than ``interval`` ago.
  mutating func watch(isEnding: Bool) -> [Int]? {
    counted += step
    lastStep = .now
    guard counted - lastCheck >= min(Self.interval, silenceLimit) else { return nil }
    lastCheck = counted
    let limit = isEnding ? min(Self.lastSilence, silenceLimit) : silenceLimit
    let silent = ranks.indices.dropFirst().filter {
      !ranks[$0].isLost && counted - ranks[$0].heard > limit
    }
    for rank in silent { ranks[rank].isLost = true }
    return silent
  }
}
