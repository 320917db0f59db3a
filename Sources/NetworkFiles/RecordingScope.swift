public import NeuralCore

/// What a recording keeps of a network: which cycles, steps and neurons.
public struct RecordingScope: Equatable, Sendable {
  /// Which cycles are kept.
  public enum Cycles: Equatable, Sendable, CustomStringConvertible {
    /// All cycles, of training and replay.
    case all
    /// The cycles of the replay, and the rest before a cue.
    case replay
    /// The last cycles of the replay of each pattern; if there is no replay, the last of training.
    case last(Int)

    /// As in the option of the command line: `all`, `replay` or `last:3`.
    public var description: String {
      switch self {
      case .all: "all"
      case .replay: "replay"
      case .last(let count): "last:\(count)"
      }
    }
  }

  /// Which cycles are kept.
  public var cycles: Cycles

  /// Distance between kept steps; a cycle begins with a kept step.
  public var every: Int

  /// Whether only visible neurons are kept, and the weights between them.
  public var isVisibleOnly: Bool

  /// Creates a scope; everything by default.
  public init(cycles: Cycles = .all, every: Int = 1, isVisibleOnly: Bool = false) {
    precondition(every > 0)
    self.cycles = cycles
    self.every = every
    self.isVisibleOnly = isVisibleOnly
  }

  /// Whether a cycle of a schedule is kept.
  public func keeps(_ cycle: Cycle, of schedule: TrainingSchedule) -> Bool {
    switch cycles {
    case .all: true
    case .replay: cycle.phase != .training
    case .last(let count):
      schedule.replayCycles > 0
        ? cycle.phase == .replay && cycle.number >= schedule.replayCycles - count
        : cycle.number >= schedule.trainingCycles - count
    }
  }

  /// The number of kept cycles, and the size of their rates, times and weights, and of the targets, in the
  /// file [bytes].
  ///
  /// - Parameters:
  ///   - first: The training cycle that the network runs next.
  ///   - steps: The number of steps in a cycle of each pattern.
  ///   - visible: The number of visible neurons.
  ///   - latent: The number of latent neurons.
  ///   - arrays: The arrays of the network.
  public func size(
    of schedule: TrainingSchedule, from first: Int, steps: [Int], visible: Int, latent: Int,
    arrays: [NetworkArray]
  ) -> (cycles: Int, bytes: Int) {
    let neurons = neurons(visible: visible, latent: latent)
    var (cycles, rows) = (0, 0)
    for cycle in schedule.cycles(from: first) where keeps(cycle, of: schedule) {
      cycles += 1
      rows += self.rows(of: steps[cycle.pattern])
    }
    let weights = weights(of: arrays).reduce(0) { sum, array in
      sum + shape(of: array, visible: visible, latent: latent).reduce(1, *)
    }
    let target = visible * steps.reduce(0) { $0 + self.rows(of: $1) }
    return (cycles, 8 * (rows * (neurons + 1) + cycles * weights + target))
  }

  /// The kept weights. If only visible neurons are kept, those of latent ones are not.
  func weights(of arrays: [NetworkArray]) -> [NetworkArray] {
    arrays.filter { array in
      array.kind == .weight && !(isVisibleOnly && array.axes.contains(where: \.isLatent))
    }
  }

  /// The shape of the kept part of weights.
  func shape(of weights: NetworkArray, visible: Int, latent: Int) -> [Int] {
    weights.axes.map { $0.length(visible: visible, latent: isVisibleOnly ? 0 : latent)! }
  }

  /// The kept part of weights: the first ones along each axis.
  func part(of weights: NetworkArray, visible: Int, latent: Int) -> [Double] {
    guard isVisibleOnly else { return weights.values }
    let shape = shape(of: weights, visible: visible, latent: latent)
    let stride = weights.axes.last!.length(visible: visible, latent: latent)!
    return (0..<shape.dropLast().reduce(1, *)).flatMap { row in
      weights.values[row * stride..<row * stride + shape.last!]
    }
  }

  /// The number of kept steps of a cycle.
  func rows(of steps: Int) -> Int { (steps + every - 1) / every }

  /// The number of kept neurons.
  func neurons(visible: Int, latent: Int) -> Int { isVisibleOnly ? visible : visible + latent }
}
