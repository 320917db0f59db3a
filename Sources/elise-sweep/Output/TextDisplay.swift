import Experiment
import Journal
import Runner
import SweepPlan

/// Says how a run goes in sentences: its table to standard output, all else to standard error.
final class TextDisplay: RunDisplay {
  /// No more reasons of failures than this are told; `trials.csv` has them all.
  static let mostReasons = 20

  private var line = ProgressLine(isTerminal: Console.isTerminal, columns: Console.columns)
  private var heading: RunHeading?
  private var reasons: Set<String> = []

  func begin(_ run: RunHeading) {
    heading = run
    Console.note(run.text)
  }

  func warn(_ message: String) { note("warning: " + message) }

  func ended(_ trial: FinishedTrial) {
    guard trial.status != .done, let heading, reasons.count <= Self.mostReasons else { return }
    let reason = (try? trial.content())?.reason.map { ": \($0)" } ?? ""
    // What fails once for a reason mostly fails for it again; the progress counts that.
    guard reasons.insert(trial.status.words + reason).inserted else { return }
    note(
      reasons.count > Self.mostReasons
        ? "trials fail for more reasons; all will stand in \(heading.folder)/trials.csv"
        : "trial \(heading.name(of: trial.number)) \(trial.status.words)\(reason)")
  }

  func show(_ progress: SweepRun.Progress) { line.show(progress) }

  func finish() { line.finish() }

  func end(_ ending: RunEnding) {
    if let markdown = ending.markdown { Console.print("\n" + markdown) }
    Console.note(Self.closing(ending))
  }

  /// A line that stays, above the one that is rewritten.
  private func note(_ text: String) {
    line.clear()
    Console.note(text)
  }

  /// The last line: what was done, the parallel efficiency, and where the report is.
  static func closing(_ ending: RunEnding) -> String {
    let outcome = ending.outcome
    let time = ProgressLine.duration(outcome.seconds)
    if outcome.left > 0 {
      let what = ending.state.searches == nil ? "left" : "searches not ended"
      return "\(outcome.ran) run in \(time), \(outcome.left) \(what); the same command goes on"
    }
    if ending.markdown == nil {
      return "shard \(ending.shard?.description ?? "") is done; of the sweep, "
        + "\(ending.state.text). When all shards are done: elise-sweep merge \(ending.folder) --out "
        + ending.folder
    }
    let parts = [
      ending.state.text
        + (ending.state.failed > 0 ? " (see reason in \(ending.folder)/trials.csv)" : ""),
      outcome.before > 0 ? "\(outcome.before) were finished before" : nil,
      outcome.ran > 0 ? "\(outcome.ran) run in \(time)" : "nothing left to run",
      ending.provenance.parallelEfficiencyText,
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
      + "; open \(ending.folder)/report.html"
  }
}

extension TrialStatus {
  /// The status in a sentence.
  var words: String {
    switch self {
    case .done: "is done"
    case .failed: "failed"
    case .diverged: "diverged"
    case .timedOut: "timed out"
    }
  }
}
