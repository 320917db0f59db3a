import Experiment
import Journal
import Runner
import SweepPlan

/// Reports a run to people: its table on standard output, everything else on standard error.
final class TextDisplay: RunDisplay {
  /// At most this many reasons for failures are shown; `trials.csv` has all.
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
    // A reason is shown once; the progress line counts the failures.
    guard reasons.insert(trial.status.words + reason).inserted else { return }
    note(
      reasons.count > Self.mostReasons
        ? "more trials fail, for other reasons; \(heading.folder.trials) will list all reasons"
        : "trial \(heading.name(of: trial.index)) \(trial.status.words)\(reason)")
  }

  func show(_ progress: SweepRun.Progress) { line.show(progress) }

  func finish() { line.finish() }

  func end(_ ending: RunEnding) {
    if let markdown = ending.markdown { Console.print("\n" + markdown) }
    Console.note(Self.closing(ending))
  }

  /// A line that stays, above the progress line.
  private func note(_ text: String) {
    line.clear()
    Console.note(text)
  }

  /// The last line: what was done, how efficiently, and where the results are.
  static func closing(_ ending: RunEnding) -> String {
    let outcome = ending.outcome
    let time = NumberText.duration(outcome.seconds)
    if outcome.left > 0 {
      let finished = outcome.before + outcome.ran
      let parts = [
        ending.state.choice != nil
          ? ending.state.text : "\(finished) of \(finished + outcome.left) trials done",
        ending.state.failed > 0 && ending.state.choice == nil
          ? "\(ending.state.failed) failed" : nil,
        ending.saved > 0 ? "\(ending.saved) saved half-way" : nil,
      ]
      return "Stopped after \(time): " + parts.compactMap(\.self).joined(separator: ", ")
        + "; repeat the command to continue"
    }
    if ending.markdown == nil {
      return "shard \(ending.shard?.description ?? "") is done; whole sweep: \(ending.state.text). "
        + "After the last shard: elise-sweep merge \(ending.folder.path) --out \(ending.folder.path)"
    }
    let parts = [
      ending.state.text
        + (ending.state.failed > 0 ? " (see reason in \(ending.folder.trials))" : ""),
      outcome.before > 0 ? "\(outcome.before) finished earlier" : nil,
      outcome.ran > 0 ? "\(outcome.ran) run in \(time)" : "nothing left to run",
      ending.provenance.parallelEfficiencyText,
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
      + "; open \(ending.folder.report)"
  }
}

extension TrialStatus {
  /// The status as a predicate.
  var words: String {
    switch self {
    case .done: "is done"
    case .failed: "failed"
    case .diverged: "diverged"
    case .timedOut: "timed out"
    }
  }
}
