import Foundation
import Parameters
import Synchronization
import TestSupport
import Testing

@testable import Experiment
@testable import SweepPlan

/// A cycle of a large network takes minutes; here, small networks have cycles of several windows.
@Suite struct TrialStopTests {
  /// Counts calls and gives a request from some call on.
  private final class Requests: Sendable {
    let calls = Atomic(0)
    /// The calls between cycles, which also give the request.
    let between = Atomic(0)
    let steps = Atomic(0)

    func control(
      _ request: StopRequest, from first: Int, pause: useconds_t = 0,
      timeout: Double? = nil, checkpoints: CheckpointFolder? = nil
    ) -> TrialControl {
      var control = TrialControl(timeout: timeout, checkpoints: checkpoints)
      control.stopRequest = {
        self.between.add(1, ordering: .relaxed)
        return self.calls.load(ordering: .relaxed) >= first ? request : .none
      }
      control.requestInCycle = {
        usleep(pause)
        let calls = self.calls.add(1, ordering: .relaxed).newValue
        return calls >= first ? request : .none
      }
      control.didSimulate = { self.steps.store($0, ordering: .relaxed) }
      return control
    }
  }

  private static func trial(_ values: [String: ParameterValue] = [:]) throws -> Trial {
    let parameters = try TrialModelTests.parameters(
      [
        "latent": .integer(5), "training_cycles": .integer(4), "test_every": .integer(2),
        "replay_cycles": .integer(3), "note_duration": .real(20),
      ].merging(values) { $1 })
    let inputs = TrialInputs(pattern: tinyPatternHash)
    return Trial(index: 0, id: parameters.id(inputs), parameters: parameters, inputs: inputs)
  }

  private static func run(
    _ trial: Trial, _ control: TrialControl = TrialControl(),
    _ scoreGroups: [ScoreGroup] = [.recall]
  ) -> (status: TrialStatus, content: TrialRecord)? {
    TrialRunner(
      scoreGroups: scoreGroups, files: [tinyPatternHash: Fixtures.tinyPattern], rank: 0, host: "",
      control: control
    ).run(trial)
  }

  /// If this fails, a second signal, or a trial that another rank has finished, waits for the end of
  /// a cycle, which takes minutes in a large network.
  @Test(arguments: ModelKind.all.map(\.name), [1, 3])
  func discardedTrialEndsWithinItsCycle(model: String, calls: Int) throws {
    let requests = Requests()
    let trial = try Self.trial(["model": .text(model)])
    #expect(Self.run(trial, requests.control(.discard, from: calls)) == nil)
    #expect(requests.calls.load(ordering: .relaxed) == calls)
    #expect(requests.between.load(ordering: .relaxed) <= 1)
    #expect(requests.steps.load(ordering: .relaxed) > 0)
  }

  /// If this fails, the tests after training hold up the end of a run.
  @Test func discardedTestEndsWithinItsCycle() throws {
    let requests = Requests()
    var control = requests.control(.none, from: 0)
    // After 5 cycles of training and 3 of replay.
    control.requestInCycle = {
      requests.calls.add(1, ordering: .relaxed)
      return requests.between.load(ordering: .relaxed) == 9 ? .discard : .none
    }
    #expect(Self.run(try Self.trial(), control, [.recall, .capacity]) == nil)
    #expect(requests.between.load(ordering: .relaxed) == 9)
    #expect(requests.calls.load(ordering: .relaxed) % 9 == 1)
  }

  /// If this fails, a trial goes far beyond its time limit.
  @Test func trialWithoutTimeEndsWithinItsCycle() throws {
    let requests = Requests()
    let result = try #require(
      Self.run(try Self.trial(), requests.control(.none, from: 0, pause: 12_000, timeout: 1e-9)))
    #expect(result.status == .timedOut)
    #expect(requests.calls.load(ordering: .relaxed) < 3)
    #expect(requests.between.load(ordering: .relaxed) == 0)
    #expect(result.content.cost.steps > 0)
  }

  /// If this fails, a trial that could be saved in a second loses up to ten minutes of work.
  @Test func shortCycleEndsBeforeTheTrialIsSaved() throws {
    let trial = try Self.trial()
    let undisturbed = try #require(Self.run(trial))
    try withTemporaryFolder { temporary in
      let folder = CheckpointFolder(path: temporary.path, program: "test", interval: 0)
      let requests = Requests()
      #expect(Self.run(trial, requests.control(.save, from: 2, checkpoints: folder)) == nil)
      #expect(requests.between.load(ordering: .relaxed) > 0)
      #expect(folder.load(trial.id)?.cycle == 0)
      let last = try #require(Self.run(trial, TrialControl(checkpoints: folder)))
      #expect(last.content.scores == undisturbed.content.scores)
      #expect(last.content.cost.steps == undisturbed.content.cost.steps)
    }
  }

  /// If this fails, a batch system kills the job before its trials are saved, or a trial that left
  /// in the middle of a cycle ends with other numbers.
  @Test func longCycleIsLeftAtOnce() throws {
    let trial = try Self.trial()
    let undisturbed = try #require(Self.run(trial))
    try withTemporaryFolder { temporary in
      let folder = CheckpointFolder(path: temporary.path, program: "test", interval: 0)
      // The first cycle is short and saved; in the second one, each window takes long.
      let calls = Atomic(0)
      let inFirst = Atomic(0)
      var control = TrialControl(checkpoints: folder)
      control.didSave = { inFirst.store(calls.load(ordering: .relaxed), ordering: .relaxed) }
      control.requestInCycle = {
        calls.add(1, ordering: .relaxed)
        guard inFirst.load(ordering: .relaxed) > 0 else { return .none }
        usleep(1_000_000)
        return .save
      }
      #expect(Self.run(trial, control) == nil)
      #expect(calls.load(ordering: .relaxed) == inFirst.load(ordering: .relaxed) + 1)
      #expect(folder.load(trial.id)?.cycle == 0)
      let last = try #require(Self.run(trial, TrialControl(checkpoints: folder)))
      #expect(last.content.scores == undisturbed.content.scores)
      #expect(last.content.cost.steps == undisturbed.content.cost.steps)
    }
  }
}
