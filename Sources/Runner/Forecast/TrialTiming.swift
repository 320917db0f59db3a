import Experiment
import Glibc
import Scores
import SweepPlan
import Synchronization

/// Measures how long a trial takes on this machine without running all of it.
///
/// A trial that is stopped after some cycles of training and of replay tells what a cycle of each takes;
/// one without such cycles and with short notes tells what is besides them. Times are those of the
/// processor, so that other work on the machine counts for little.
struct TrialTiming {
  /// What is measured of training and of replay shall take no longer [s], roughly, where one trial is
  /// measured, and where several are, all of them together.
  private static let (mostForOne, mostForAll) = (0.06, 0.12)
  /// A cycle shall take no longer [s]; otherwise notes are made shorter.
  private static let longestCycle = 0.1
  /// Notes are made as short as this where their length hardly matters [ms].
  private static let shortestNote = 2.0
  /// Each is measured so many times, and the least counts.
  private static let repetitions = 2

  private let trial: Trial
  private let patterns: [PatternSize]
  private let scoreGroups: [ScoreGroup]
  private let files: [ContentHash: String]
  private let budget: Double
  /// How often what is the same for any number of cycles is measured: a small part of most trials.
  private let repetitionsBesides: Int

  /// Prepares to measure a trial.
  ///
  /// - Parameters:
  ///   - patterns: The sizes of the patterns that it learns.
  ///   - files: The contents of the input files.
  ///   - count: How many trials are measured in all.
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
  /// - Parameter guess: What the whole trial takes, roughly [s].
  /// - Returns: What it takes [core-seconds], where it recalls its sequence.
  func seconds(guess: Double) -> Double {
    let parameters = trial.parameters
    let (training, replay) = (parameters.trainingCycles, parameters.replayCycles)
    let memory = scoreGroups.contains(.capacity) ? memoryCycles : 0
    let whole = guess / Double(1 + training + replay * patterns.count)
    let note = noteDuration(near: parameters.noteDuration * min(1, Self.longestCycle / whole))
    let scale = note / parameters.noteDuration
    // Whole periods of tests, unless one takes too long.
    let cycles = budget / (whole * scale)
    let periods = max(1, (cycles / Double(parameters.testEvery)).rounded())
    let trained = min(periods * Double(parameters.testEvery), max(2, 2 * cycles))
    let measured = cycleSeconds(
      training: min(training, Int(trained)), replay: min(replay, max(2, Int(cycles))),
      memory: min(memory, max(2, Int(cycles))), note: note)
    let battery = scoreGroups.contains(.robustness) ? RobustnessTest.cyclesInAll : 0
    return besides(noteDuration(near: Self.shortestNote))
      + (measured.training * Double(training)
        + measured.replay * Double(patterns.count * (replay + battery))
        + measured.memory * Double(memory)) / scale
  }

  /// How many cycles random notes are shown for the linear memory capacity, where no more than the
  /// first delays are asked for.
  private var memoryCycles: Int {
    let network = TrialShape(trial.parameters, patterns: patterns).network
    return MemoryNotes(neurons: network.neurons).cycles(of: patterns[0].notes)
  }

  /// A length of notes [ms] near the one that is wanted, which fits the model's steps.
  private func noteDuration(near wanted: Double) -> Double {
    let step = trial.parameters.model.step(trial.parameters)
    return min(trial.parameters.noteDuration, (wanted / step).rounded(.up) * step)
  }

  /// What a cycle of training, one of replay and one with random notes take [s].
  private func cycleSeconds(
    training: Int, replay: Int, memory: Int, note: Double
  ) -> (training: Double, replay: Double, memory: Double) {
    let runs = (0..<Self.repetitions).map { _ in
      let stopwatch = Stopwatch(cycles: 1 + training + replay + memory)
      run(
        training: training, replay: replay, note: note, scoreGroups,
        .init(isStopping: { stopwatch.tick() }))
      return stopwatch.times
    }
    func seconds(from first: Int, cycles: Int) -> Double {
      runs.map { $0[first + cycles] - $0[first] }.min()! / Double(max(1, cycles))
    }
    return (
      seconds(from: 0, cycles: training), seconds(from: training, cycles: replay),
      // What comes before the first one is not measured: replay is scored there.
      seconds(from: min(1, memory) + training + replay, cycles: max(0, memory - 1))
    )
  }

  /// What is the same for any number of cycles [s].
  private func besides(_ note: Double) -> Double {
    // As in a sweep, the trial saves itself; but there is no such folder.
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
      .changing(\.trainingCycles, to: training).changing(\.replayCycles, to: replay)
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

  /// What this thread has used of the processor [s].
  fileprivate static var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

/// Notes the time of the processor after each cycle of a trial, and stops it after some of them.
private final class Stopwatch: Sendable {
  private let cycles: Int
  private let ticks = Mutex<[Double]>([])

  init(cycles: Int) { self.cycles = cycles }

  /// Takes the time; says whether it was the last one.
  func tick() -> Bool {
    ticks.withLock { ticks in
      ticks.append(TrialTiming.processorTime)
      return ticks.count >= cycles
    }
  }

  /// The times that were taken; those of cycles that a trial did not come to are its last one.
  var times: [Double] {
    ticks.withLock { $0 + Array(repeating: $0.last ?? 0, count: max(0, cycles - $0.count)) }
  }
}

extension RobustnessTest {
  /// How many cycles of replay take as long as the battery, roughly: noise on membranes, a normal
  /// number for every neuron in every step, makes a cycle of a small network four times as long.
  static var cyclesInAll: Int {
    let runs = RobustnessKind.allCases.reduce(1) { runs, kind in
      let weight =
        switch kind {
        case .silence: onsets.count * offsets.count
        case .membraneNoise: 4
        default: 1
        }
      return runs + kind.severities.count * weight
    }
    return runs * cycles
  }
}
