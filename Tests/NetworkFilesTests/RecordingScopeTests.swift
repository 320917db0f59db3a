import NetworkFiles
import NeuralCore
import Testing

struct RecordingScopeTests {
  private static var schedule: TrainingSchedule {
    var schedule = TrainingSchedule()
    schedule.trainingCycles = 4
    schedule.replayCycles = 3
    schedule.patterns = 2
    return schedule
  }

  /// If this fails, the cycle that a user wants to see is not in the file.
  @Test("The last cycles are those of each replay; without replay, those of training")
  func cycles() {
    func kept(_ cycles: RecordingScope.Cycles, _ schedule: TrainingSchedule) -> [Int] {
      schedule.cycles().filter { RecordingScope(cycles: cycles).keeps($0, of: schedule) }
        .map(\.number)
    }
    var schedule = Self.schedule
    #expect(kept(.all, schedule) == [-1, 0, 1, 2, 3, 0, 1, 2, 0, 1, 2])
    #expect(kept(.replay, schedule) == [0, 1, 2, 0, 1, 2])
    #expect(kept(.last(1), schedule) == [2, 2])
    #expect(kept(.last(9), schedule) == [0, 1, 2, 0, 1, 2])
    schedule.cueNotes = 1
    #expect(kept(.replay, schedule) == [-1, 0, 1, 2, -1, 0, 1, 2])
    schedule.replayCycles = 0
    #expect(kept(.replay, schedule) == [])
    #expect(kept(.last(2), schedule) == [2, 3])
  }

  /// If this fails, the size that is said before training is not that of the file.
  @Test func size() {
    let elise = [
      NetworkArray(
        "w", .weight, [.post, .pre], "weight", Array(repeating: 0, count: 25)),
      NetworkArray("trace", .state, [.neuron], "trace", Array(repeating: 0, count: 5)),
    ]
    let baseline = [
      NetworkArray("w", .weight, [.visible, .latentPre], "weight", Array(repeating: 0, count: 6)),
      NetworkArray("b", .weight, [.visible], "bias", [0, 0]),
    ]
    func sizeOf(_ scope: RecordingScope, from cycle: Int, _ arrays: [NetworkArray]) -> (
      cycles: Int, bytes: Int
    ) {
      scope.size(
        of: Self.schedule, from: cycle, steps: [8, 9], visible: 2, latent: 3, arrays: arrays)
    }
    let last = RecordingScope(cycles: .last(1), every: 4)
    let size = sizeOf(last, from: -1, elise)
    #expect(size.cycles == 2)
    let (rows, target) = (2 + 3, 2 * (2 + 3))
    #expect(size.bytes == 8 * (rows * (5 + 1) + 2 * 5 * 5 + target))
    #expect(sizeOf(last, from: -1, baseline).bytes == 8 * (rows * (5 + 1) + 2 * (6 + 2) + target))
    let visible = RecordingScope(isVisibleOnly: true)
    for (arrays, weights) in [(elise, 2 * 2), (baseline, 2)] {
      let part = sizeOf(visible, from: 4, arrays)
      #expect(part.cycles == 6)
      #expect(part.bytes == 8 * (3 * 17 * (2 + 1) + 6 * weights + 2 * 17))
    }
  }
}
