import Experiment
import MPI
import SweepPlan

/// The data that every rank needs before the first trial arrives.
///
/// Only rank 0 reads files and sends their content to the others. So a sweep needs no shared file
/// system, except for the executable.
struct RankSetup {
  let sweep: SweepFile
  /// The contents of the input files, by their hashes.
  let files: [ContentHash: String]
  /// The definition of the trials, which are assigned by index.
  let combinations: TrialCombinations
  /// The folder for checkpoints of long trials; nil for no checkpoints.
  var checkpoints: CheckpointFolder?
  /// The memory of the largest trial [bytes].
  var largestTrial = 0.0
  /// A name that all ranks of the run have, and no other run.
  var runName = String(UInt64.random(in: 0 ... .max), radix: 36)

  init(_ sweep: SweepFile) {
    self.sweep = sweep
    files = sweep.inputFiles.texts
    combinations = TrialCombinations(sweep)
  }

  /// The memory of a trial, as far as its pattern can be read.
  func memory(of trial: Trial) -> TrialMemory {
    let text = trial.inputs.pattern.flatMap { files[$0] }
    let sizes = (try? PatternSize.all(trial.parameters, text: text)) ?? []
    return TrialMemory(trial.parameters, patterns: sizes, scoreGroups: sweep.scoreGroups)
  }

  /// Sends the setup of rank 0 to all ranks; nil tells them that there is nothing to do.
  static func share(_ setup: RankSetup?, over world: any Communicator) throws -> RankSetup? {
    let received = try world.broadcast(setup?.bytes ?? [], from: 0)
    if world.rank == 0 { return setup }
    return received.isEmpty ? nil : try RankSetup(received)
  }

  private var bytes: [UInt8] {
    var writer = ByteWriter()
    sweep.write(to: &writer)
    writer.write(largestTrial)
    writer.write(runName)
    writer.write(all: checkpoints.map { [$0] } ?? []) { writer, folder in
      writer.write(folder.path)
      writer.write(folder.program)
      writer.write(folder.interval)
    }
    return writer.bytes
  }

  private init(_ bytes: [UInt8]) throws {
    var reader = ByteReader(bytes)
    self.init(try SweepFile(from: &reader))
    largestTrial = reader.read(Double.self)
    runName = reader.read(String.self)
    checkpoints =
      reader.read {
        CheckpointFolder(
          path: $0.read(String.self), program: $0.read(String.self), interval: $0.read(Double.self))
      }.first
  }
}
