import FoundationEssentials
import Journal
import Parameters
import Report
import Runner
import SweepPlan

/// Reports a run to scripts: one JSON object in each line of standard output.
///
/// Every object has `event` and `time` (ISO 8601, UTC). Warnings are events too; an error that ends the
/// program goes to standard error.
final class JSONDisplay: RunDisplay {
  private var heading: RunHeading?
  private var lastProgress = -Double.infinity

  /// Time from one `progress` to the next [s].
  static let interval = 1.0

  func begin(_ run: RunHeading) {
    heading = run
    write(
      Event(
        "start",
        Start(
          sweep: run.sweep.name, folder: run.folder.path, trials: run.plan.count,
          scores: run.sweep.scoreGroups.map(\.rawValue), ranks: run.ranks,
          threads: run.ranks * run.threads, shard: run.shard?.description)))
  }

  func warn(_ message: String) { write(Event("warning", ["message": message])) }

  func ended(_ trial: FinishedTrial) {
    guard let plan = heading?.plan else { return }
    let planned = plan.trial(at: trial.index)
    let content = try? trial.content()
    let swept = plan.axes.map { ($0.key, planned.parameters[$0.key]) }
    write(
      Event(
        "trial",
        Ended(
          trial: planned.id.description, status: trial.status.rawValue, reason: content?.reason,
          seconds: trial.seconds, parameters: Dictionary(uniqueKeysWithValues: swept),
          scores: content?.scores ?? ScoreValues())))
  }

  func show(_ progress: SweepRun.Progress) {
    guard progress.elapsed - lastProgress >= Self.interval || progress.left == 0 else { return }
    lastProgress = progress.elapsed
    write(Event("progress", Progress(progress)))
  }

  func finish() {}

  func end(_ ending: RunEnding) {
    write(
      Event(
        "end",
        End(
          exitCode: ending.exitCode, done: ending.state.done, failed: ending.state.failed,
          missing: ending.state.missing, ran: ending.outcome.ran, left: ending.outcome.left,
          seconds: ending.outcome.seconds, bestPossible: ending.provenance.parallelEfficiency,
          tables: ending.markdown != nil)))
  }

  private func write(_ event: Event<some Encodable>) { Console.print(json: event) }

  /// An event and its fields.
  private struct Event<Content: Encodable>: Encodable {
    let event: String
    let content: Content

    init(_ event: String, _ content: Content) {
      self.event = event
      self.content = content
    }

    private enum Key: CodingKey { case event, time }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(event, forKey: .event)
      try container.encode(
        Timestamp.text(Date().timeIntervalSince1970), forKey: .time)
      try content.encode(to: encoder)
    }
  }

  private struct Start: Encodable {
    let sweep: String
    let folder: String
    let trials: Int
    let scores: [String]
    let ranks: Int
    let threads: Int
    let shard: String?
  }

  private struct Ended: Encodable {
    let trial: String
    let status: String
    let reason: String?
    let seconds: Double
    let parameters: [String: ParameterValue]
    let scores: ScoreValues
  }

  private struct Progress: Encodable {
    let finished: Int
    let failed: Int
    let trials: Int
    let fraction: Double
    let elapsed: Double
    let remaining: Double
    let trialsPerSecond: Double

    init(_ progress: SweepRun.Progress) {
      finished = progress.before + progress.done
      failed = progress.failed
      trials = progress.total
      fraction = progress.fraction
      elapsed = progress.elapsed
      remaining = progress.remaining
      trialsPerSecond =
        progress.elapsed > 0 ? Double(progress.done) / progress.elapsed : 0
    }
  }

  private struct End: Encodable {
    let exitCode: Int32
    let done: Int
    let failed: Int
    let missing: Int
    let ran: Int
    let left: Int
    let seconds: Double
    let bestPossible: Double?
    let tables: Bool
  }
}
