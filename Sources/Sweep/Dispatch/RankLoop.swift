import MPI

/// The main loop of a rank: passes messages on, sends results, and sleeps when there is nothing.
enum RankLoop {
  /// Runs until the coordinator has stopped this rank.
  ///
  /// - Parameters:
  ///   - coordinator: On rank 0, the coordinator; nil elsewhere.
  ///   - tick: Called between polls, to show progress for example.
  static func run(
    communicator: any Communicator, worker: Worker, coordinator: Coordinator?,
    tick: () throws -> Void
  ) throws {
    var backoff = Backoff()
    var hasToldToStop = false
    try worker.announce()
    while !worker.isStopped {
      var progressed = false
      while let message = try communicator.receive() {
        switch message.tag {
        case DispatchTag.ready, DispatchTag.result:
          guard let coordinator else {
            preconditionFailure("a message for the coordinator at rank \(communicator.rank)")
          }
          try coordinator.handle(message)
        default:
          worker.handle(message)
        }
        progressed = true
      }
      if try worker.sendResults() { progressed = true }
      if let coordinator, coordinator.isFinished, !hasToldToStop {
        try coordinator.stopRanks()
        hasToldToStop = true
        progressed = true
      }
      try tick()
      if progressed { backoff.reset() } else { backoff.pause() }
    }
  }
}
