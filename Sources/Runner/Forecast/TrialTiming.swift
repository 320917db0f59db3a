import Experiment
import Glibc
import Scores
import SweepPlan
import Synchronization

/// Measures how long a trial takes on this machine without running all of it.
///
/// A trial that is stopped after some cycles of training and of replay gives the time of a cycle of
/// each; one without such cycles and with short notes gives the remaining time. Processor time is
/// measured, so other work on the machine has little effect.
struct TrialTiming {
  /// The approximate limit for the measurement of training and replay [s]: if one trial is
  /// measured, and if several are measured, for all of them together.
  private static let (mostForOne, mostForAll) = (0.06, 0.12)
  /// The longest time of a cycle [s]; notes are shortened to stay below it.
  private static let longestCycle = 0.1
  /// The length of notes if their length hardly matters [ms].
  private static let shortestNote = 2.0
  /// The number of repetitions of each measurement, of which the least counts.
  private static let repetitions = 2

  private let trial: Trial
  private let patterns: [PatternSize]
  private let scoreGroups: [ScoreGroup]
  private let files: [ContentHash: String]
  private let budget: Double
  /// The number of repetitions for the time that does not depend on the number of cycles: a small
  /// part of most trials.
  private let repetitionsBesides: Int

  /// Prepares to measure a trial.
  ///
  /// - Parameters:
  ///   - patterns: The sizes of the patterns that it learns.
  ///   - files: The contents of the input files.
  ///   - count: The total number of trials that are measured.
  init(
    _ trial: Trial, patterns: [PatternSize], scoreGroups: [ScoreGroup],
    files: [ContentHash: String],
    of count: Int
  ) {
    budget = min(Self.mostForOne, Self.mostForAll / Double(count))
    repetitionsBesides = count > 2 ? 1 : Self.repetitions
    self.trial = trial
    self.patterns = patterns
    self.scoreGroups = scoreGroups
    self.files = files
  }

  /// Measures.
  ///
  /// - Parameter guess: The approximate time of the whole trial [s].
  /// - Returns: The time of the trial [core-seconds], if it recalls its sequence.
  func seconds(guess: Double) -> Double {
    let parameters = trial.parameters
    let (training, replay) = (
      parameters.cyclesOfTraining(patterns), parameters.replayCycles
    )
    let memory = scoreGroups.contains(.capacity) ? memoryCycles : 0
    let whole = guess / Double(1 + training + replay * patterns.count)
    let note = noteDuration(near: parameters.noteDuration * min(1, Self.longestCycle / whole))
    let scale = note / parameters.noteDuration
    // Whole periods of tests, unless one period takes too long.
    let cycles = budget / (whole * scale)
    let periods = max(1, (cycles / Double(parameters.testEvery)).rounded())
    let trained = min(periods * Double(parameters.testEvery), max(2, 2 * cycles))
    let measured = cycleSeconds(
      training: min(training, Int(trained)), replay: min(replay, max(2, Int(cycles))),
      memory: min(memory, max(2, Int(cycles))), note: note)
    let battery =
      scoreGroups.contains(.robustness)
      ? RobustnessTest.cyclesInAll(draws: parameters.robustnessDraws) : 0
    return besides(noteDuration(near: Self.shortestNote))
      + (measured.training * Double(training)
        + measured.replay * Double(patterns.count * (replay + battery))
        + measured.memory * Double(memory * parameters.memoryInputs)) / scale
  }

  /// The number of cycles with random notes for the linear memory capacity, if only the first
  /// delays are requested.
  private var memoryCycles: Int {
    let network = TrialShape(trial.parameters, patterns: patterns).network
    return MemoryNotes(neurons: network.neurons).cycles(of: patterns[0].notes)
  }

  /// A length of notes [ms] near the requested one that fits the model's steps.
  private func noteDuration(near wanted: Double) -> Double {
    let step = trial.parameters.model.step(trial.parameters)
    return min(trial.parameters.noteDuration, max(3, (wanted / step).rounded(.up)) * step)
  }

  /// The time of a cycle of training, of replay, and with random notes [s].
  private func cycleSeconds(
    training: Int, replay: Int, memory: Int, note: Double
  ) -> (training: Double, replay: Double, memory: Double) {
    let runs = (0..<Self.repetitions).map { _ in
      let stopwatch = Stopwatch(cycles: 1 + training + replay + memory)
      run(
        training: training, replay: replay, note: note, scoreGroups,
        .init(stopRequest: { stopwatch.tick() ? .discard : .none }))
      return stopwatch.times
    }
    func seconds(from first: Int, cycles: Int) -> Double {
      runs.map { $0[first + cycles] - $0[first] }.min()! / Double(max(1, cycles))
    }
    return (
      seconds(from: 0, cycles: training), seconds(from: training, cycles: replay),
      // The time before the first one is not measured: replay is scored there.
      seconds(from: min(1, memory) + training + replay, cycles: max(0, memory - 1))
    )
  }

  /// The time that does not depend on the number of cycles [s].
  private func besides(_ note: Double) -> Double {
    // As in a sweep, the trial tries to save a checkpoint; but there is no such folder.
    let control = TrialControl(
      checkpoints: CheckpointFolder(path: "/dev/null", program: "", interval: 0))
    let times = (0..<repetitionsBesides).map { _ in
      let start = Self.processorTime
      run(training: 0, replay: 0, note: note, scoreGroups.filter { $0 != .capacity }, control)
      return Self.processorTime - start
    }
    return times.min()! * trial.parameters.noteDuration / note
  }

  /// Runs the trial with other numbers of cycles and another length of notes [ms].
  private func run(
    training: Int, replay: Int, note: Double, _ scoreGroups: [ScoreGroup], _ control: TrialControl
  ) {
    var parameters = trial.parameters
      .changing(\.trainingCycles, to: training).changing(\.trainingTime, to: nil)
      .changing(\.replayCycles, to: replay)
    var inputs = trial.inputs
    if note != parameters.noteDuration {
      // A disruption would reach beyond such a cycle.
      parameters = parameters.changing(\.noteDuration, to: note).changing(\.disruption, to: nil)
      inputs.disruption = nil
    }
    let shortened = Trial(
      index: trial.index, id: trial.id, parameters: parameters, inputs: inputs)
    _ = TrialRunner(scoreGroups: scoreGroups, files: files, rank: 0, host: "", control: control)
      .run(shortened)
  }

  /// The processor time of this thread [s].
  fileprivate static var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

/// Records the processor time after each cycle of a trial, and stops the trial after some cycles.
private final class Stopwatch: Sendable {
  private let cycles: Int
  private let ticks = Mutex<[Double]>([])

  init(cycles: Int) { self.cycles = cycles }

  /// Records the time; returns whether it was the last one.
  func tick() -> Bool {
    ticks.withLock { ticks in
      ticks.append(TrialTiming.processorTime)
      return ticks.count >= cycles
    }
  }

  /// The recorded times; a cycle that the trial did not reach has the last one.
  var times: [Double] {
    ticks.withLock { $0 + Array(repeating: $0.last ?? 0, count: max(0, cycles - $0.count)) }
  }
}

extension RobustnessTest {
  /// How many cycles of replay take as long as the battery, roughly: noise on membranes, a normal
  /// number for every neuron in every step, makes a cycle of a small network four times as long.
  static func cyclesInAll(draws: Int) -> Int {
    let runs = RobustnessKind.allCases.reduce(1) { runs, kind in
      let weight =
        switch kind {
        case .silence: onsets.count * offsets.count
        case .membraneNoise: 4 * draws
        default: draws
        }
      return runs + kind.severities.count * weight
    }
    return runs * cycles
  }
}
