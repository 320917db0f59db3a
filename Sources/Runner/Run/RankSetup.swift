import Experiment
import MPI
import SweepPlan

/// What every rank must know before the first trial arrives.
///
/// Rank 0 alone reads files; the others get their content from it, so a sweep needs no file system
/// that all nodes share, except for the executable.
struct RankSetup {
  /// Which scores are wanted.
  var tests: [SweepTest]
  /// The contents of the input files, by their hashes.
  var files: [ContentHash: String]
  /// What the trials are, which are assigned by number.
  var combinations: TrialCombinations
  /// What the sweep's search asks of a trial; nil where there is no search.
  var criterion: SearchCriterion?
  /// The longest that a trial may take [s]; nil for any time.
  var trialTimeout: Double?
  /// Where long trials save themselves; nil for nowhere.
  var checkpoints: CheckpointFolder?

  /// The setup for the trials of a plan.
  init(_ plan: Plan, tests: [SweepTest]) {
    self.tests = tests
    files = plan.texts
    combinations = plan.combinations
    criterion = plan.searches?.search.criterion
  }

  /// Gives the setup of rank 0 to all ranks; nil tells them that there is nothing to do.
  static func share(_ setup: RankSetup?, over world: any Communicator) throws -> RankSetup? {
    let received = try world.broadcast(setup?.bytes ?? [], from: 0)
    return received.isEmpty ? nil : RankSetup(received)
  }

  private var bytes: [UInt8] {
    var writer = ByteWriter()
    writer.write(all: tests) { $0.write($1.rawValue) }
    writer.write(all: files) { writer, file in
      file.key.write(to: &writer)
      writer.write(file.value)
    }
    combinations.write(to: &writer)
    writer.write(all: criterion.map { [$0] } ?? []) { $1.write(to: &$0) }
    writer.write(trialTimeout ?? .infinity)
    writer.write(all: checkpoints.map { [$0] } ?? []) { writer, folder in
      writer.write(folder.path)
      writer.write(folder.program)
      writer.write(folder.interval)
    }
    return writer.bytes
  }

  private init(_ bytes: [UInt8]) {
    var reader = ByteReader(bytes)
    tests = reader.read { SweepTest(rawValue: $0.read(String.self))! }
    let files = reader.read { (ContentHash(from: &$0), $0.read(String.self)) }
    self.files = Dictionary(uniqueKeysWithValues: files)
    combinations = TrialCombinations(from: &reader)
    criterion = reader.read(all: SearchCriterion.init).first
    let timeout = reader.read(Double.self)
    trialTimeout = timeout == .infinity ? nil : timeout
    checkpoints =
      reader.read {
        CheckpointFolder(
          path: $0.read(String.self), program: $0.read(String.self), interval: $0.read(Double.self))
      }.first
  }
}
