import Journal
import Report
import Runner
import SweepPlan

/// Reports a run while it goes on and when it ends.
protocol RunDisplay: AnyObject {
  /// The run begins.
  func begin(_ run: RunHeading)
  /// There is a warning.
  func warn(_ message: String)
  /// A trial has ended.
  func ended(_ trial: FinishedTrial)
  /// There is progress; called often.
  func show(_ progress: SweepRun.Progress)
  /// All trials of this run have ended.
  func finish()
  /// The run is over.
  func end(_ ending: RunEnding)
}

/// What is known about a run before it begins.
struct RunHeading {
  /// The sweep.
  let sweep: SweepFile
  /// Its trials.
  let plan: Plan
  /// The result folder.
  let folder: ResultFolder
  /// The number of MPI ranks.
  let ranks: Int
  /// Compute threads of each rank.
  let threads: Int
  /// The part of the sweep that runs; nil for all of it.
  let shard: Shard?
  /// The task of a job array that this is; nil if it is none.
  var arrayTask: Int?

  /// The number of a task in a job array of Slurm, PBS, Torque, Grid Engine or LSF; nil if the variables of
  /// the environment name none. It says nothing about the shard: one task may be repeated, arrays have
  /// gaps, and tasks may run different sweeps.
  static func arrayTask(_ environment: [String: String]) -> Int? {
    let names = [
      "SLURM_ARRAY_TASK_ID", "PBS_ARRAY_INDEX", "PBS_ARRAYID", "SGE_TASK_ID", "LSB_JOBINDEX",
    ]
    // LSF numbers tasks from 1, and jobs that are no array have 0.
    return names.filter { $0 != "LSB_JOBINDEX" || environment[$0] != "0" }
      .lazy.compactMap { environment[$0].flatMap { Int($0) } }.first
  }

  /// For example `size: 80 trials on 2 ranks with 1 thread each, results in results/size`.
  var text: String {
    let trials = NumberText.counted(plan.count, "trial")
    let work =
      plan.searches.map { "\(counted($0.count, "search", plural: "searches")) in \(trials)" }
      ?? plan.stages.map { "\(NumberText.counted($0.count, "condition")), at most \(trials)," }
      ?? trials
    return "\(sweep.name): \(work) on \(NumberText.counted(ranks, "rank")) with "
      + "\(NumberText.counted(threads, "thread")) each, results in \(folder.path)"
      + (shard.map { ", shard \($0)" } ?? arrayTask.map {
        "\nThis is task \($0) of a job array; without --shard, each task runs the whole sweep."
      } ?? "")
  }

  /// The swept parameters of a trial, as `latent 50, seed 3`.
  func name(of trial: Int) -> String { plan.trial(at: trial).name(in: plan) }
}

/// The report at the end of a run.
struct RunEnding {
  /// What the run did.
  let outcome: SweepRun.Outcome
  /// How much of the sweep is finished.
  let state: ResultState
  /// The exit code of the program.
  let exitCode: Int32
  /// The result folder.
  let folder: ResultFolder
  /// Trials in it that are saved half-way.
  let saved: Int
  /// The part of the sweep that ran; nil for all of it.
  let shard: Shard?
  /// The record of the run.
  let provenance: Provenance
  /// The summary to read; nil where no tables were written.
  let markdown: String?
}

extension ResultFolder.Tables {
  /// The text of `summary.md`, as wide as the terminal if there is one.
  var console: String {
    Console.resultColumns.map { TextTable.sentences(markdownFitting($0), width: $0) } ?? markdown
  }
}

extension Trial {
  /// The swept parameters of the trial, as `latent 50, seed 3`.
  func name(in plan: Plan) -> String {
    let axes = plan.axes.map { "\($0.key) \(parameters[$0.key])" }
    return axes.isEmpty ? "\(id)" : axes.joined(separator: ", ")
  }
}

/// Reports warnings only.
final class QuietDisplay: RunDisplay {
  func begin(_ run: RunHeading) {}
  func warn(_ message: String) { Console.note("warning: " + message) }
  func ended(_ trial: FinishedTrial) {}
  func show(_ progress: SweepRun.Progress) {}
  func finish() {}
  func end(_ ending: RunEnding) {}
}
