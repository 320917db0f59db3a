import MPI
import SweepPlan

/// The main loop of a rank: passes messages on, sends results, and sleeps when there is nothing.
enum RankLoop {
  /// A rank that has nothing to do looks for messages so often, which costs half a percent of a core.
  private static let longestPause = Duration.milliseconds(4)

  /// From when a message is sent until a rank that had nothing to do looks at it, on the mean [s].
  static var meanLatency: Double { longestPause.inSeconds / 2 }

  /// Runs until the coordinator has stopped this rank.
  ///
  /// - Parameters:
  ///   - coordinator: On rank 0, the coordinator; nil elsewhere.
  ///   - isAskedToEnd: Whether somebody asked this rank to end the run.
  ///   - tick: Called after all messages that had come were passed on, and when none had: to write
  ///     down results and show progress for example.
  /// - Returns: How long this thread was awake, which is what dispatch costs.
  @discardableResult
  static func run(
    communicator: any Communicator, worker: Worker, coordinator: Coordinator?,
    isAskedToEnd: () -> Bool = { false }, tick: () throws -> Void
  ) throws -> Duration {
    // Threads have work in advance while trials are short, and ring when they have none: so it
    // costs nothing to let messages gather.
    var backoff = Backoff(from: .microseconds(200), to: longestPause)
    var hasToldToStop = false
    var hasPassedOn = false
    var awake = Duration.zero
    try worker.announce()
    while !worker.isStopped {
      let start = ContinuousClock.now
      var progressed = try worker.sendResults()
      while let message = try communicator.receive() {
        switch message.tag {
        case DispatchTag.ready, DispatchTag.results, DispatchTag.returned, DispatchTag.asked:
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
