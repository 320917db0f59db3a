import Report
import Runner
import SweepPlan

/// What a run says while it goes on and when it ends.
protocol RunDisplay: AnyObject {
  /// The run begins.
  func begin(_ run: RunHeading)
  /// There is something that the user should know of.
  func warn(_ message: String)
  /// A trial has ended.
  func ended(_ trial: EndedTrial)
  /// The run has come so far; called often.
  func show(_ progress: SweepRun.Progress)
  /// No trial will end any more.
  func finish()
  /// The run is over.
  func end(_ ending: RunEnding)
}

/// What is known of a run before it begins.
struct RunHeading {
  /// The sweep.
  let sweep: SweepFile
  /// Its trials.
  let plan: Plan
  /// The result folder.
  let folder: String
  /// The number of MPI ranks.
  let ranks: Int
  /// Compute threads of each rank.
  let threads: Int
  /// The part of the sweep that runs; nil for all of it.
  let shard: Shard?

  /// For example `size: 80 trials over 2 ranks with 1 thread each, results in results/size`.
  var text: String {
    let trials = "\(plan.count) trial\(plan.count == 1 ? "" : "s")"
    let work = plan.searches.map { "\($0.count) searches in \(trials)" } ?? trials
    return "\(sweep.name): \(work) over \(ranks) "
      + "rank\(ranks == 1 ? "" : "s") with \(threads) thread\(threads == 1 ? "" : "s") each, "
      + "results in \(folder)" + (shard.map { ", shard \($0)" } ?? "")
  }

  /// What tells a trial from the others of the plan, as `latent 50, seed 3`.
  func name(of trial: Int) -> String { plan.trial(at: trial).name(in: plan) }
}

/// What there is to say at the end of a run.
struct RunEnding {
  /// What the run did.
  let outcome: SweepRun.Outcome
  /// How far the sweep has come.
  let state: ResultState
  /// How the program ends.
  let exitCode: Int32
  /// The result folder.
  let folder: String
  /// The part of the sweep that ran; nil for all of it.
  let shard: Shard?
  /// The record of the run.
  let provenance: Provenance
  /// The summary to read; nil where no tables were written.
  let markdown: String?
}

extension ResultFolder.Tables {
  /// The text of `summary.md`, as wide as the terminal if there is one.
  var console: String { Console.resultColumns.map(markdownFitting) ?? markdown }
}

extension Trial {
  /// What tells the trial from the others of a plan, as `latent 50, seed 3`.
  func name(in plan: Plan) -> String {
    let axes = plan.axes.map { "\($0.key) \(parameters[$0.key])" }
    return axes.isEmpty ? "\(id)" : axes.joined(separator: ", ")
  }
}

/// Says nothing but warnings.
final class QuietDisplay: RunDisplay {
  func begin(_ run: RunHeading) {}
  func warn(_ message: String) { Console.note("warning: " + message) }
  func ended(_ trial: EndedTrial) {}
  func show(_ progress: SweepRun.Progress) {}
  func finish() {}
  func end(_ ending: RunEnding) {}
}
