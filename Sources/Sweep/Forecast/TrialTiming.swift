import Glibc
import Scores

/// Measures how long a trial takes on this machine without running all of it.
///
/// Short trials of the same network, of which one trains and one replays for longer than the first,
/// tell what a cycle of each takes and what is the same for all. Their notes are shortened. Times are those of the processor, so that other work on the machine counts
/// for little.
struct TrialTiming {
  /// What is measured of training and of replay shall take so long [s], roughly; a trial that takes
  /// no longer than both is measured as it is.
  private static let budget = 0.06
  /// Notes are made as short as this [ms]: the fixed part of a trial grows with them, too.
  private static let shortestNote = 2.0
  /// Each is measured so many times, and the least counts.
  private static let repetitions = 2

  private let trial: Trial
  private let runner: TrialRunner
  private let tests: [SweepTest]

  /// Prepares to measure a trial.
  ///
  /// - Parameter runner: Runs trials with the tests that are named.
  init(_ trial: Trial, runner: TrialRunner, tests: [SweepTest]) {
    self.trial = trial
    self.runner = runner
    self.tests = tests
  }

  /// Measures.
  ///
  /// - Parameter guess: What the whole trial takes, roughly [s].
  /// - Returns: What it takes [core-seconds], where it recalls its sequence.
  func seconds(guess: Double) -> Double {
    let parameters = trial.parameters
    let (training, replay) = (parameters.trainingCycles, parameters.replayCycles)
    guard guess > 2 * Self.budget else {
      return seconds(training: training, replay: replay, note: parameters.noteDuration)
    }
    let step = parameters.model.step(parameters)
    let shortest = (Self.shortestNote / step).rounded(.up) * step
    let note = min(shortest, parameters.noteDuration)
    let scale = note / parameters.noteDuration
    let cycle = guess / Double(1 + training + replay) * scale
    // Whole periods of tests, unless one takes too long.
    let cycles = Self.budget / cycle
    let periods = max(1, (cycles / Double(parameters.testEvery)).rounded())
    let trained = Int(min(periods * Double(parameters.testEvery), max(2, 2 * cycles)))
    let replayed = max(2, min(replay, Int(cycles)))

    let base = seconds(training: 0, replay: 0, note: note)
    let more = seconds(training: trained, replay: 0, note: note)
    let withReplay = seconds(training: 0, replay: replayed, note: note)
    let perTraining = max(0, more - base) / Double(trained)
    let perReplay = max(0, withReplay - base) / Double(replayed)
    let battery = tests.contains(.robustness) ? RobustnessTest.cyclesInAll : 0
    return
      (base + perTraining * Double(training) + perReplay * Double(replay + battery)) / scale
  }

  /// Runs the trial with other numbers of cycles and another length of notes [ms].
  private func seconds(training: Int, replay: Int, note: Double) -> Double {
    var values = trial.parameters.values
    func set(_ key: String, _ value: ParameterValue) { values[Parameter.index[key]!] = value }
    set("training_cycles", .integer(training))
    set("replay_cycles", .integer(replay))
    var inputs = trial.inputs
    if note != trial.parameters.noteDuration {
      set("note_duration", .real(note))
      // A disruption would reach beyond such a cycle.
      set("disruption", .absent)
      inputs.disruption = nil
    }
    let assignment = TrialAssignment(
      Trial(
        index: trial.index, id: trial.id, parameters: ParameterSet(valid: values),
        inputs: inputs))
    return (0..<Self.repetitions).map { _ in
      let start = Self.processorTime
      _ = runner.run(assignment)
      return Self.processorTime - start
    }.min()!
  }

  /// What this thread has used of the processor [s].
  private static var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

extension RobustnessTest {
  /// How many cycles the battery takes, each about as long as one of replay.
  static var cyclesInAll: Int {
    let runs = RobustnessKind.allCases.reduce(1) { runs, kind in
      runs + kind.severities.count * (kind == .silence ? onsets.count * offsets.count : 1)
    }
    return runs * cycles
  }
}
