import MPI
import SweepPlan

/// The main loop of a rank: passes messages on, sends results, and sleeps if there is nothing to
/// do.
enum RankLoop {
  /// The interval at which an idle rank checks for messages, which costs half a percent of a core.
  private static let longestPause = Duration.milliseconds(4)

  /// The mean time between the sending of a message and its handling by an idle rank [s].
  static var meanLatency: Double { longestPause.inSeconds / 2 }

  /// Runs until the coordinator has stopped this rank.
  ///
  /// - Parameters:
  ///   - coordinator: On rank 0, the coordinator; nil elsewhere.
  ///   - isAskedToEnd: Whether this rank was asked to end the run.
  ///   - tick: Called after each round of messages, also if there were none, for example to write
  ///     results and show progress.
  /// - Returns: How long this thread was awake: the cost of dispatch.
  @discardableResult
  static func run(
    communicator: any Communicator, worker: Worker, coordinator: Coordinator?,
    isAskedToEnd: () -> Bool = { false }, tick: () throws -> Void
  ) throws -> Duration {
    // While trials are short, threads have work in advance, and they wake this thread when they
    // have none. So it costs nothing to let messages accumulate.
    var backoff = Backoff(from: .microseconds(200), to: longestPause)
    var hasToldToStop = false
    var hasPassedOn = false
    var lastAlive = ContinuousClock.now
    var awake = Duration.zero
    try worker.announce()
    while !worker.isStopped {
      let start = ContinuousClock.now
      var progressed = try worker.sendResults()
      while let message = try communicator.receive() {
        switch message.tag {
        case DispatchTag.ready, DispatchTag.results, DispatchTag.returned, DispatchTag.asked,
          DispatchTag.alive:
          guard let coordinator else {
            preconditionFailure("a message for the coordinator at rank \(communicator.rank)")
          }
          try coordinator.handle(message)
        default:
          worker.handle(message)
        }
        progressed = true
      }
      if !hasPassedOn, isAskedToEnd() {
        hasPassedOn = true
        if let coordinator {
          try coordinator.leave()
        } else {
          try communicator.send([], to: 0, tag: DispatchTag.asked)
        }
      }
      if let coordinator {
        try coordinator.watch()
      } else if lastAlive.duration(to: start).inSeconds >= Presence.interval {
        lastAlive = start
        try communicator.send([], to: 0, tag: DispatchTag.alive)
      }
      if let coordinator, coordinator.isFinished, !hasToldToStop {
        try coordinator.stopRanks()
        hasToldToStop = true
        progressed = true
      }
      try tick()
      if progressed { backoff.reset() }
      awake += start.duration(to: .now)
      worker.pause(backoff.nextPause())
    }
    return awake
  }
}
