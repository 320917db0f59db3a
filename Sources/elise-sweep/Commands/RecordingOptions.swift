import Experiment
import NetworkFiles
import NeuralCore

/// The options of `train` that say what `--record` keeps.
struct RecordingOptions {
  static let options = [
    CommandOption(
      "record", value: "OUT.nc",
      "write the rates of the neurons, their target, and the weights after each cycle to a file"),
    CommandOption(
      "record-cycles", value: "replay|last:K|all",
      "the cycles to record; last:K means the last K of each replay (default: all if the file then has "
        + "at most 100 MB, else last:3)"),
    CommandOption("record-every", value: "N", "record every N-th step of a cycle (default: 1)"),
    CommandOption(
      "record-neurons", value: "visible|all", "the neurons to record (default: all)"),
  ]

  /// The size up to which all cycles are recorded without request [bytes].
  static let limit = 100_000_000

  /// The path of the file.
  let path: String
  /// What the file keeps.
  let scope: RecordingScope
  /// The cycles, steps and neurons that the file keeps, and its size.
  let summary: String

  /// Reads the options; nil if there is no recording.
  ///
  /// - Parameters:
  ///   - cycle: The training cycle that the network runs next.
  ///   - learner: The network.
  /// - Throws: ``UsageError``.
  init?(
    _ arguments: ParsedArguments, _ model: TrialModel, from cycle: Int, _ learner: any Learner
  ) throws {
    guard let path = arguments.value("record") else {
      for option in Self.options where arguments.has(option.name) {
        throw UsageError("--\(option.name) needs --record OUT.nc")
      }
      return nil
    }
    self.path = path
    let steps = model.targets.map(\.steps)
    let (visible, latent, arrays) = (learner.visible, learner.latent, learner.arrays)
    var scope = RecordingScope(
      every: try arguments.integer("record-every", in: 1...steps.min()!) ?? 1,
      isVisibleOnly: try Self.isVisibleOnly(arguments))
    func size() -> (cycles: Int, bytes: Int) {
      scope.size(
        of: model.schedule, from: cycle, steps: steps, visible: visible, latent: latent,
        arrays: arrays)
    }
    let all = size()
    var note = ""
    if let cycles = try arguments.value("record-cycles").map(Self.cycles) {
      scope.cycles = cycles
    } else if all.bytes > Self.limit {
      scope.cycles = .last(3)
      note = "; --record-cycles all needs \(NumberText.bytes(all.bytes))"
    }
    let found = size()
    guard found.cycles > 0 else {
      let cause =
        scope.cycles == .replay && model.schedule.replayCycles == 0
        ? "replay_cycles is 0" : "the network has run all training cycles, and replay_cycles is 0"
      throw UsageError("--record: got no cycle to record, since \(cause); expected at least one")
    }
    self.scope = scope
    let neurons =
      scope.isVisibleOnly
      ? NumberText.counted(visible, "visible neuron") : "all \(visible + latent) neurons"
    summary =
      "\(path): \(Self.words(scope.cycles, found.cycles, model.schedule)), "
      + (scope.every == 1 ? "every step" : "one step in \(scope.every)")
      + " of \(neurons), \(NumberText.bytes(found.bytes))\(note)"
  }

  private static func isVisibleOnly(_ arguments: ParsedArguments) throws -> Bool {
    switch arguments.value("record-neurons") {
    case nil, "all": return false
    case "visible": return true
    case let text?:
      throw UsageError("--record-neurons: got \"\(text)\"; expected visible or all")
    }
  }

  private static func cycles(_ text: String) throws -> RecordingScope.Cycles {
    switch text {
    case "all": return .all
    case "replay": return .replay
    default:
      guard text.hasPrefix("last:"), let count = Int(text.dropFirst(5)), count > 0 else {
        throw UsageError(
          "--record-cycles: got \"\(text)\"; expected replay, all, or last:K with a whole number K "
            + "from 1 on")
      }
      return .last(count)
    }
  }

  /// The recorded cycles in words.
  private static func words(
    _ cycles: RecordingScope.Cycles, _ count: Int, _ schedule: TrainingSchedule
  ) -> String {
    let counted = NumberText.counted(count, "cycle")
    switch cycles {
    case .all: return "all \(counted)"
    case .replay: return "the \(counted) of the replay"
    case .last(let most):
      let isTraining = schedule.replayCycles == 0
      let each = isTraining ? count : min(most, schedule.replayCycles)
      return "the last \(each == 1 ? "cycle" : NumberText.counted(each, "cycle")) of "
        + (isTraining ? "training" : schedule.patterns == 1 ? "the replay" : "each replay")
    }
  }
}
