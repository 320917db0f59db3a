import Foundation
import Parameters
import Synchronization
import TestSupport
import Testing

@testable import Experiment
@testable import SweepPlan

@Suite struct TrialCheckpointTests {
  private static func trial(
    _ values: [String: ParameterValue] = [:]
  ) throws -> Trial {
    let parameters = try TrialModelTests.parameters(
      [
        "latent": .integer(5), "training_cycles": .integer(45), "test_every": .integer(4),
        "replay_cycles": .integer(14), "note_duration": .real(3),
      ].merging(values) { $1 })
    let inputs = TrialInputs(pattern: tinyPatternHash)
    return Trial(index: 0, id: parameters.id(inputs), parameters: parameters, inputs: inputs)
  }

  private static func runner(_ control: TrialControl = TrialControl()) -> TrialRunner {
    TrialRunner(
      scoreGroups: [.recall, .capacity], files: [tinyPatternHash: Fixtures.tinyPattern], rank: 0,
      host: "", control: control)
  }

  /// Asks a trial to leave when it has looked so many times whether it should.
  private static func stopping(
    after looks: Int, in folder: CheckpointFolder?
  ) -> TrialControl {
    let left = Mutex(looks)
    return TrialControl(
      stopRequest: {
        left.withLock {
          $0 -= 1
          return $0 < 0 ? .save : .none
        }
      }, checkpoints: folder)
  }

  /// If this fails, a preempted trial ends with other numbers than one that was left alone.
  @Test(arguments: ["double", "single"], [1, 2])
  func interruptedTrialEndsWithTheSameBits(precision: String, patterns: Int) throws {
    let files = [tinyPatternHash: Fixtures.tinyPattern + "# nNeurons: 1 nSteps: 2\n1 0\n"]
    let trial = try Self.trial([
      "precision": .text(precision), "pattern_count": .integer(patterns),
      "heterogeneity": .real(patterns == 1 ? 0 : 0.2),
    ])
    func run(_ control: TrialControl) -> (status: TrialStatus, content: TrialRecord)? {
      TrialRunner(
        scoreGroups: [.recall, .capacity, .robustness], files: files, rank: 0, host: "",
        control: control
      ).run(trial)
    }
    let undisturbed = try #require(run(TrialControl()))
    try withTemporaryFolder { temporary in
      let folder = CheckpointFolder(path: temporary.path, program: "test", interval: 0)
      var attempts = 1
      // The first attempts end in training, the later ones in replay and in the tests behind it.
      while run(Self.stopping(after: attempts < 4 ? 20 : 20 * attempts, in: folder)) == nil {
        let saved = try #require(
          folder.load(trial.id))
        #expect(saved.steps > 0)
        attempts += 1
        try #require(attempts < 100)
      }
      #expect(attempts > 4)
      let last = try #require(run(TrialControl(checkpoints: folder)))
      #expect(last.status == .done)
      #expect(last.content.scores == undisturbed.content.scores)
      #expect(last.content.cost.steps == undisturbed.content.cost.steps)
      #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path).isEmpty)
    }
  }

  /// If this fails, a preempted trial of a baseline ends with other numbers than one left alone.
  @Test(arguments: ModelKind.all.map(\.name))
  func interruptedTrialOfEveryModelEndsWithTheSameBits(model: String) throws {
    let trial = try Self.trial(["model": .text(model)])
    let undisturbed = try #require(Self.runner().run(trial))
    try withTemporaryFolder { temporary in
      let folder = CheckpointFolder(path: temporary.path, program: "test", interval: 0)
      for looks in [9, 13, 30] {
        #expect(Self.runner(Self.stopping(after: looks, in: folder)).run(trial) == nil)
        #expect(folder.load(trial.id) != nil)
      }
      let last = try #require(Self.runner(TrialControl(checkpoints: folder)).run(trial))
      #expect(last.status == undisturbed.status && last.status == .done)
      #expect(last.content.scores == undisturbed.content.scores)
    }
  }

  /// If this fails, another program's state is continued, or damage crashes the program or counts.
  @Test(arguments: ["another program", "damage", "nothing saved"])
  func whatDoesNotFitIsNotContinued(what: String) throws {
    let trial = try Self.trial()
    let undisturbed = try #require(Self.runner().run(trial))
    try withTemporaryFolder { temporary in
      var folder = CheckpointFolder(path: temporary.path, program: "test", interval: 0)
      #expect(Self.runner(Self.stopping(after: 30, in: folder)).run(trial) == nil)
      let path =
        temporary.path + "/"
        + (try #require(FileManager.default.contentsOfDirectory(atPath: temporary.path).first))
      switch what {
      case "another program": folder.program = "other"
      case "damage":
        var bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
        for index in stride(from: bytes.count / 2, to: bytes.count, by: 97) { bytes[index] ^= 1 }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
      default: folder.path += "/not/there"
      }
      #expect(folder.load(trial.id) == nil)
      let again = try #require(Self.runner(TrialControl(checkpoints: folder)).run(trial))
      #expect(again.content.scores == undisturbed.content.scores)
    }
  }

  /// If this fails, a trial that hangs keeps a core for ever.
  @Test func trialWithoutTimeBecomesARow() throws {
    let result = try #require(
      Self.runner(TrialControl(timeout: 1e-9)).run(try Self.trial()))
    #expect(result.status == .timedOut)
    #expect(result.content.reason == "took longer than trial_timeout, 0s")
    #expect(result.content.scores.keys.isEmpty)
    #expect(result.content.cost.steps > 0)
  }

  /// If this fails, a short trial costs a file each time a run ends.
  @Test func shortTrialsAreNotSaved() throws {
    try withTemporaryFolder { temporary in
      let folder = CheckpointFolder(path: temporary.path, program: "test", interval: 600)
      let trial = try Self.trial()
      #expect(Self.runner(Self.stopping(after: 30, in: folder)).run(trial) == nil)
      #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path).isEmpty)
    }
  }

  /// If this fails, a result folder from elsewhere crashes a run with numbers that no trial can have, or
  /// makes it wait for a pipe.
  @Test func whatNoTrialWritesIsNotContinued() throws {
    try withTemporaryFolder { temporary in
      let path = temporary.path + "/checkpoint.nc"
      let good = TrialCheckpoint(network: [:], cycle: 3, freeTests: [[]], steps: 5, seconds: 1)
      let changes: [(inout TrialCheckpoint) -> Void] = [
        { $0.steps = .max }, { $0.steps = -1 }, { $0.seconds = 1e300 }, { $0.seconds = -1 },
        { $0.cycle = .max }, { $0.cycle = -1 },
      ]
      try good.write(to: path, stamp: "s")
      #expect(TrialCheckpoint.read(path, stamp: "s") != nil)
      for change in changes {
        var bad = good
        change(&bad)
        try bad.write(to: path, stamp: "s")
        #expect(TrialCheckpoint.read(path, stamp: "s") == nil)
      }
      let folder = CheckpointFolder(path: temporary.path, program: "test")
      let trial = try Self.trial().id
      #expect(mkfifo("\(temporary.path)/\(trial)-\(trial).nc", 0o600) == 0)
      #expect(folder.load(trial) == nil)
    }
  }
}
