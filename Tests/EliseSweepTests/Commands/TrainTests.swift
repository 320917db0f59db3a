import Baselines
import Experiment
import Foundation
import NetCDF
import SweepPlan
import TestSupport
import Testing

@testable import elise_sweep

@Suite struct TrainTests {
  private let pattern = Fixtures.url("patterns/fuer_elise.txt").path
  private let network = Fixtures.url("golden/elise-h50-network.nc").path

  @Test("A recording of the paper's network holds the authors' rates and weights")
  func recordingMatchesGolden() throws {
    try withTemporaryFolder { folder in
      let outcome = try Program.run(
        [
          "train", "--network", network, "--set", "pattern=\(pattern)", "--cycles", "2",
          "--set", "replay_cycles=0", "--record", "record.nc",
        ], in: folder)
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      let record = try NetCDFFile(opening: folder.appendingPathComponent("record.nc").path)
      let golden = try NetCDFFile(opening: Fixtures.url("golden/elise-h50-trace.nc").path)

      let rates: [Double] = try record.values("rate", shape: [7500, 63])
      for (cycle, name) in [(0, "rate_cycle_minus1"), (1, "rate_cycle_0")] {
        let thinned: [Double] = try golden.values(name, shape: [250, 63])
        let deviation = (0..<250).flatMap { sample in
          (0..<63).map { neuron in
            abs(thinned[sample * 63 + neuron] - rates[(cycle * 2500 + sample * 10) * 63 + neuron])
          }
        }.max()!
        #expect(deviation < 1e-9, "rates of cycle \(cycle - 1)")
      }
      let weights: [Double] = try record.values("dendritic_weight", shape: [3, 63, 63])
      let goldenWeights: [Double] = try golden.values("dendritic_weight", shape: [nil, 63, 63])
      let deviation = zip(weights, goldenWeights).map { abs($0 - $1) }.max()!
      #expect(deviation < 1e-9, "weights at the end of cycles -1, 0 and 1")
    }
  }

  @Test("A network that was saved continues with the same bits as one that ran through")
  func savedNetworkContinues() throws {
    try withTemporaryFolder { folder in
      let common = ["train", "--quiet", "--set", "pattern=\(pattern)", "--set", "latent=20"]
      let noReplay = ["--set", "replay_cycles=0"]
      let runs = [
        common + noReplay + ["--cycles", "3", "--save", "half.nc"],
        common + noReplay + ["--cycles", "6", "--network", "half.nc", "--save", "continued.nc"],
        common + noReplay + ["--cycles", "6", "--save", "through.nc"],
      ]
      for arguments in runs {
        let outcome = try Program.run(arguments, in: folder)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
      }
      for (name, shape) in [
        ("dendritic_weight", [33, 33]), ("somatic_potential", [33]), ("trace", [33]),
      ] {
        let values = try ["continued.nc", "through.nc"].map { file -> [Double] in
          try NetCDFFile(opening: folder.appendingPathComponent(file).path)
            .values(name, shape: shape)
        }
        #expect(values[0] == values[1], "\(name) differs")
      }
    }
  }

  @Test("Watching a training changes nothing: the scores are the same with and without a recording")
  func recordingChangesNothing() throws {
    try withTemporaryFolder { folder in
      let arguments = [
        "train", "--set", "pattern=\(pattern)", "--set", "latent=10", "--cycles", "40",
        "--set", "replay_cycles=14",
      ]
      let plain = try Program.run(arguments, in: folder)
      let recorded = try Program.run(arguments + ["--record", "record.nc"], in: folder)
      #expect(plain.exitCode == 0 && recorded.exitCode == 0)
      #expect(plain.output.contains("correlation") && plain.output == recorded.output)
      #expect(plain.errors.contains("cycle "), "no learning curve was shown")
    }
  }

  /// If this fails, a recording is too large for the disk or for Python, or the program fills the disk
  /// without a word.
  @Test("The options of a recording say what is kept, and the program says it before training")
  func recordingOptions() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      let words = [
        "train", "--set", "pattern=scale.txt", "--set", "latent=4", "--cycles", "3",
        "--set", "replay_cycles=2", "--set", "nudged_replay_cycles=1", "--record", "r.nc",
      ]
      for (options, said, rows, cycles, neurons) in [
        ([], "all 6 cycles, every step of all 7 neurons, 1 MB", 2400, 6, 7),
        (["--record-cycles", "all", "--record-every", "100"], "one step in 100 of all", 24, 6, 7),
        (["--record-cycles", "replay"], "the 2 cycles of the replay, every step", 800, 2, 7),
        (
          ["--record-cycles", "last:1", "--record-every=7", "--record-neurons", "visible"],
          "the last cycle of the replay, one step in 7 of 3 visible neurons", 58, 1, 3
        ),
      ] {
        let outcome = try Program.run(words + options, in: folder)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        // Before it, lines warn of the short replay and name the network.
        let lines = outcome.errors.split(separator: "\n")
        #expect(lines.count > 2 && lines[2].hasPrefix("r.nc: "), "\(outcome.errors)")
        #expect(outcome.errors.contains(said), "\(outcome.errors)")
        let file = try NetCDFFile(opening: folder.appendingPathComponent("r.nc").path)
        #expect(try file.shape(ofVariable: "rate") == [rows, neurons])
        #expect(try file.shape(ofVariable: "dendritic_weight") == [cycles, neurons, neurons])
      }
    }
  }

  /// If this fails, the weights and rates of a baseline cannot be compared with those of ELiSe.
  @Test("The network of every baseline is saved and recorded", arguments: Baselines.all.map(\.name))
  func baselines(model: String) throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      let words = [
        "train", "--set", "pattern=scale.txt", "--set", "latent=4", "--set", "model=\(model)",
        "--cycles", "5", "--set", "replay_cycles=14", "--set", "\(model)_delay_max=2",
      ]
      let plain = try Program.run(words, in: folder)
      let outcome = try Program.run(
        words + ["--save", "n.nc", "--record", "r.nc", "--record-cycles", "last:2"], in: folder)
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(outcome.output == plain.output, "saving or recording changed the scores")
      let network = try NetCDFFile(opening: folder.appendingPathComponent("n.nc").path)
      let record = try NetCDFFile(opening: folder.appendingPathComponent("r.nc").path)
      for file in [network, record] {
        #expect(try file.attribute("model") == .text(model))
        #expect(try file.shape(ofVariable: "sequence") == [4, 3])
      }
      for (name, shape) in [
        ("recurrent_weight", [4, 4]), ("feedback_weight", [4, 3]), ("bias", [4]),
        ("readout_weight", [3, 4]), ("readout_bias", [3]),
      ] {
        let count = shape.reduce(1, *)
        let saved: [Double] = try network.values(name, shape: shape)
        let recorded: [Double] = try record.values(name, shape: [2] + shape)
        #expect(saved == Array(recorded.suffix(count)), "\(name)")
      }
      #expect(try network.shape(ofVariable: "state") == [4])
      #expect(try network.shape(ofVariable: "delay") == [7])
      #expect(try network.shape(ofVariable: "past_rate") == [2, 7])
      let rates: [Double] = try record.values("rate", shape: [800, 7])
      #expect(try network.values("rate", shape: [7]) == Array(rates.suffix(7)))
      #expect(try record.shape(ofVariable: "target") == [400, 3])

      let other = try Program.run(words + ["--network", "n.nc"], in: folder)
      #expect(other.exitCode == 2)
      #expect(
        other.errors == "error: n.nc: got a network of model \(model); expected a network of elise "
          + "or one of its variants\n")
    }
  }

  /// If this fails, a user gets a baseline that began without the given network.
  @Test func networkOfAnotherModel() throws {
    try withTemporaryFolder { folder in
      let outcome = try Program.run(
        [
          "train", "--network", network, "--set", "pattern=\(pattern)", "--set", "model=esn",
          "--cycles", "1",
        ], in: folder)
      #expect(outcome.exitCode == 2)
      #expect(
        outcome.errors
          == "error: --network: got model esn; expected elise or one of its variants\n")
    }
  }

  /// If this fails, nobody can say what a network learned whose pattern has no file.
  @Test("The files of a network hold a generated sequence", arguments: ["elise", "esn"])
  func generatedSequence(model: String) throws {
    try withTemporaryFolder { folder in
      let outcome = try Program.run(
        [
          "train", "--set", "pattern=generated", "--set", "sequence_length=12", "--set",
          "vocabulary=4", "--set", "order=2", "--set", "latent=6", "--set", "model=\(model)",
          "--cycles", "1",
          "--set", "replay_cycles=4", "--save", "n.nc", "--record", "r.nc",
        ], in: folder)
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      for name in ["n.nc", "r.nc"] {
        let file = try NetCDFFile(opening: folder.appendingPathComponent(name).path)
        let shape = try file.shape(ofVariable: "sequence")
        let sequence: [Int8] = try file.values("sequence", shape: shape)
        #expect(shape[0] == 12)
        // One symbol sounds in each note.
        for note in 0..<12 {
          #expect(sequence[note * shape[1]..<(note + 1) * shape[1]].reduce(0, +) == 1)
        }
      }
    }
  }

  /// If this fails, --record alone fills a disk, or keeps less than it could.
  @Test("Without options, all cycles are recorded if they are small, else the last three")
  func recordedByDefault() throws {
    let arguments = try ParsedArguments(["--record", "r.nc"], for: TrainCommand.syntax)
    for (cycles, summary) in [
      ("1000", "all 1,101 cycles, every step of all 13 neurons, 51 MB"),
      (
        "10000",
        "the last 3 cycles of the replay, every step of all 13 neurons, 1 MB"
          + "; --record-cycles all needs 467 MB"
      ),
    ] {
      let parameters = try ParameterSet(
        ["pattern=scale.txt", "latent=10", "training_cycles=" + cycles].map(Override.init))
      let model = try TrialModel(parameters, pattern: SmallSweep.pattern)
      let options = try RecordingOptions(arguments, model, from: -1, model.newLearner())
      #expect(options?.summary == "r.nc: " + summary)
    }
  }

  /// If this fails, a typing error in an option costs a training.
  @Test(
    arguments: [
      (
        ["--record-cycles", "last"],
        "--record-cycles: got \"last\"; expected replay, all, or last:K"
      ),
      (["--record-cycles", "last:0"], "--record-cycles: got \"last:0\"; expected replay, all, or"),
      (["--record-cycles", "last:-1"], "--record-cycles: got \"last:-1\""),
      (
        ["--record-every", "0"], "--record-every: got \"0\"; expected a whole number from 1 to 400"
      ),
      (
        ["--record-every", "401"],
        "--record-every: got \"401\"; expected a whole number from 1 to 400"
      ),
      (
        ["--record-neurons", "latent"], "--record-neurons: got \"latent\"; expected visible or all"
      ),
      (
        ["--record-cycles", "replay", "--set", "replay_cycles=0"],
        "--record: got no cycle to record, since replay_cycles is 0; expected at least one"
      ),
    ])
  func recordingMistakes(options: [String], message: String) throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      let words = ["train", "--set", "pattern=scale.txt"]
      let refused = try Program.run(words + ["--record", "r.nc"] + options, in: folder)
      #expect(refused.exitCode == 2)
      #expect(refused.errors.hasPrefix("error: " + message), "\(refused.errors)")
      let alone = try Program.run(words + options, in: folder)
      #expect(alone.exitCode == 2)
      #expect(alone.errors == "error: \(options[0]) needs --record OUT.nc\n")
    }
  }

  /// If this fails, a notebook or a log is full of frames on top of each other, or a reader takes the
  /// correlation in free tests for that of the replay.
  @Test(
    "Only a terminal that moves its cursor gets pictures; every output says what its numbers are",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script")),
    arguments: ["terminal", "notebook", "pipe"])
  func display(kind: String) throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      let words = ["train", "--set", "pattern=scale.txt", "--set", "latent=4", "--cycles", "400"]
      let environment: [String: String?] = [
        "TERM": "xterm-256color", "NO_COLOR": nil,
        "JPY_PARENT_PID": kind == "notebook" ? "1" : nil,
      ]
      let outcome =
        kind == "pipe"
        ? try Program.run(words, environment: environment, in: folder)
        : try TestSupport.run(
          "script",
          [
            "-qec",
            "stty cols 80 rows 24; '\(try builtProduct("elise-sweep").path)' "
              + words.joined(separator: " "), "/dev/null",
          ], environment: environment, in: folder)
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      let text = kind == "pipe" ? outcome.errors : outcome.output
      #expect(text.contains("\u{1B}") == (kind == "terminal"), "\(text)")
      #expect(text.contains("free test in cycle") == (kind == "terminal"), "\(text)")
      let lines = text.split(whereSeparator: \.isNewline).map(String.init)
      let tests = lines.filter { $0.contains("  correlation ") && $0.contains("cycle ") }
      #expect((10...20).contains(tests.count), "\(text)")
      for heading in [
        "elise, seed 1: 4 latent neurons, scale (4 notes), 400 training cycles",
        "free tests during training, with the teacher off: correlation with the target",
        "replay of scale after training, last scored cycle: ",
        "scores of the replay; cycles_to_criterion is that of the free tests",
      ] {
        #expect(lines.count { $0.hasSuffix(heading) || $0.hasPrefix(heading) } == 1, "\(text)")
      }
    }
  }

  @Test("A network of another size is refused with both sizes")
  func wrongSize() throws {
    try withTemporaryFolder { folder in
      let outcome = try Program.run(
        ["train", "--network", network, "--set", "pattern=\(pattern)", "--set", "latent=30"],
        in: folder)
      #expect(outcome.exitCode == 2)
      #expect(outcome.errors.contains("50") && outcome.errors.contains("30"))
    }
  }

  /// If this fails, there is no way from a row of a table to its network, or it is another network.
  @Test("The network behind a row of a table is trained again, bit for bit")
  func networkBehindARow() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      #expect(
        try Program.run(["run", "small.yaml", "--out", "r", "--quiet"], in: folder).exitCode == 0)
      let table = try String(
        contentsOf: folder.appending(path: "r/trials.csv"), encoding: .utf8)
      let ids = table.split(separator: "\n").dropFirst().map { String($0.prefix(32)) }
      // The pattern is not needed any more: the result folder has a copy.
      try FileManager.default.removeItem(at: folder.appending(path: "scale.txt"))
      let words = ["train", "--from", "r", "--quiet", "--trial"]
      let again = try Program.run(words + [ids[1], "--save", "best.nc"], in: folder)
      #expect(again.exitCode == 0, "\(again.errors)")
      #expect(
        again.errors
          == "trial \(ids[1]): the scores of the recall are equal to those of the table, "
          + "bit for bit\n")
      #expect(FileManager.default.fileExists(atPath: folder.appending(path: "best.nc").path))
      for (more, message) in [
        ([""], "--trial"), (["zz"], "--trial zz: no trial of r has such an ID"),
        ([ids[0], "--set", "latent=5"], "--set: got an option with --from"),
      ] {
        let refused = try Program.run(words + more, in: folder)
        #expect(refused.exitCode == 2 && refused.errors.contains(message), "\(refused.errors)")
      }
      let alone = try Program.run(["train", "--trial", ids[0]], in: folder)
      #expect(alone.exitCode == 2 && alone.errors.contains("--trial needs --from DIR"))
    }
  }

  /// If this fails, a pattern with a forgotten row or a long pause is trained without a word.
  @Test func warnsOfPatterns() throws {
    try withTemporaryFolder { folder in
      try "# name: p nNeurons: 3 nSteps: 4\n1 0 0 0\n0 1 0 0\n0 0 0 0\n"
        .write(to: folder.appendingPathComponent("p.txt"), atomically: true, encoding: .utf8)
      let outcome = try Program.run(
        ["train", "--set", "pattern=p.txt", "--set", "latent=5", "--cycles", "1", "--quiet"],
        in: folder)
      #expect(outcome.exitCode == 0)
      #expect(outcome.output.contains("  0 patterns\n"), "\(outcome.output)")
      #expect(outcome.output.contains("cycles_to_criterion           1 cycle\n"))
      let warnings = outcome.errors.split(separator: "\n").filter {
        $0.hasPrefix("warning: 'p.txt'")
      }
      #expect(warnings.count == 2, "\(outcome.errors)")
      #expect(outcome.errors.contains("silent for 2 notes in a row (20 ms)"))
      // As the picture of the replay counts them.
      #expect(outcome.errors.contains("visible neuron 3 (counted from 1) never changes"))

      try
        "name: s\nfixed: {pattern: p.txt, latent: 5, training_cycles: 1, replay_cycles: 14}\ngrid: {seed: [1]}\n"
        .write(to: folder.appendingPathComponent("s.yaml"), atomically: true, encoding: .utf8)
      #expect(
        try Program.run(["run", "s.yaml", "--out", "r", "--quiet"], in: folder).exitCode == 0)
      let table = try String(contentsOf: folder.appending(path: "r/trials.csv"), encoding: .utf8)
      let again = try Program.run(
        [
          "train", "--from", "r", "--trial", String(table.split(separator: "\n")[1].prefix(8)),
          "--quiet",
        ], in: folder)
      #expect(again.errors.contains("warning: 'p.txt', pattern 'p': visible neuron 3"))
    }
  }

  /// If this fails, a short replay takes a training to say that nothing is scored.
  @Test("Too few replay cycles are warned of before training", arguments: [5, 13, 14, 0])
  func warnsOfShortReplay(cycles: Int) throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      let outcome = try Program.run(
        [
          "train", "--set", "pattern=scale.txt", "--set", "latent=4", "--cycles", "1", "--quiet",
          "--set", "replay_cycles=\(cycles)",
        ], in: folder)
      #expect(outcome.exitCode == 0)
      let warning =
        "warning: replay_cycles: got \(cycles); expected at least 14 for correlation, note_accuracy and "
        + "recalled: 10 scored replay cycles; otherwise they are missing\n"
      #expect(outcome.errors == (cycles == 5 || cycles == 13 ? warning : ""))
    }
  }
}
