import FoundationEssentials
import Glibc
import Runner
import SweepPlan

/// Runs in progress, in the folder of a run that is about to start, that compute some of its trials.
struct ConcurrentRuns {
  /// How long the file of a run on another machine is watched for a change [s]; it changes every two seconds.
  static let patience = 6.0

  private let runs: [RunningFile]
  private let folder: String

  /// Finds the runs. If one of them is on another machine, this waits for a sign of it.
  init(_ run: RunHeading, patience: Double = patience) {
    folder = run.folder.path
    runs = RunningFile.all(
      in: run.folder, patience: patience,
      where: { other in
        let shard = other.shard.flatMap { Shard($0) }
        return other.left > 0 && run.plan.sharesTrials(of: run.shard, with: shard)
      }
    ).filter(\.isAlive)
  }

  /// The warning; nil if there is no such run.
  var warning: String? {
    guard let run = runs.first else { return nil }
    let others = runs.count > 1 ? " and \(NumberText.counted(runs.count - 1, "other"))" : ""
    let text =
      "another run of this sweep is in progress on \(run.host) (process \(run.process.number)) since "
      + "\(NumberText.clock(time_t(run.start)))\(others); trials may be computed twice, but none is lost or "
      + "counted twice. Stop one of the runs, or give each one a part of the sweep with --shard I/N; "
      + "elise-sweep status \(folder) shows the progress"
    return shown(text, limit: 1_000)
  }
}
