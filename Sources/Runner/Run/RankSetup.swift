import Experiment
import MPI
import SweepPlan

/// The data that every rank needs before the first trial arrives.
///
/// Only rank 0 reads files and sends their content to the others. So a sweep needs no shared file
/// system, except for the executable.
struct RankSetup {
  /// The requested score groups.
  var scoreGroups: [ScoreGroup]
  /// The contents of the input files, by their hashes.
  var files: [ContentHash: String]
  /// The definition of the trials, which are assigned by index.
  var combinations: TrialCombinations
  /// The criterion of the sweep's search; nil if there is no search.
  var criterion: SearchCriterion?
  /// The longest time that a trial may take [s]; nil for no limit.
  var trialTimeout: Double?
  /// The folder for checkpoints of long trials; nil for no checkpoints.
  var checkpoints: CheckpointFolder?
  /// The memory of the largest trial [bytes].
  var largestTrial = 0.0
  /// A name that all ranks of the run have, and no other run.
  var runName = String(UInt64.random(in: 0 ... .max), radix: 36)

  /// The setup for the trials of a plan.
  init(_ plan: Plan, scoreGroups: [ScoreGroup]) {
    self.scoreGroups = scoreGroups
    files = plan.texts
    combinations = plan.combinations
    criterion = plan.searches?.search.criterion
  }

  /// The memory of a trial, as far as its pattern can be read.
  func memory(of trial: Trial) -> TrialMemory {
    let text = trial.inputs.pattern.flatMap { files[$0] }
    let sizes = (try? PatternSize.all(trial.parameters, text: text)) ?? []
    return TrialMemory(trial.parameters, patterns: sizes, scoreGroups: scoreGroups)
  }

  /// Sends the setup of rank 0 to all ranks; nil tells them that there is nothing to do.
  static func share(_ setup: RankSetup?, over world: any Communicator) throws -> RankSetup? {
    let received = try world.broadcast(setup?.bytes ?? [], from: 0)
    return received.isEmpty ? nil : RankSetup(received)
  }

  private var bytes: [UInt8] {
    var writer = ByteWriter()
    writer.write(all: scoreGroups) { $0.write($1.rawValue) }
    writer.write(all: files) { writer, file in
      file.key.write(to: &writer)
      writer.write(file.value)
    }
    combinations.write(to: &writer)
    writer.write(all: criterion.map { [$0] } ?? []) { $1.write(to: &$0) }
    writer.write(trialTimeout ?? .infinity)
    writer.write(largestTrial)
    writer.write(runName)
    writer.write(all: checkpoints.map { [$0] } ?? []) { writer, folder in
      writer.write(folder.path)
      writer.write(folder.program)
      writer.write(folder.interval)
    }
    return writer.bytes
  }

  private init(_ bytes: [UInt8]) {
    var reader = ByteReader(bytes)
    scoreGroups = reader.read { ScoreGroup(rawValue: $0.read(String.self))! }
    let files = reader.read { (ContentHash(from: &$0), $0.read(String.self)) }
    self.files = Dictionary(uniqueKeysWithValues: files)
    combinations = TrialCombinations(from: &reader)
    criterion = reader.read(all: SearchCriterion.init).first
    let timeout = reader.read(Double.self)
    trialTimeout = timeout == .infinity ? nil : timeout
    largestTrial = reader.read(Double.self)
    runName = reader.read(String.self)
    checkpoints =
      reader.read {
        CheckpointFolder(
          path: $0.read(String.self), program: $0.read(String.self), interval: $0.read(Double.self))
      }.first
  }
}
