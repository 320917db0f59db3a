import Foundation
import NetCDF
import TestSupport
import Testing

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
      let warnings = outcome.errors.split(separator: "\n").filter {
        $0.hasPrefix("warning: 'p.txt'")
      }
      #expect(warnings.count == 2, "\(outcome.errors)")
      #expect(outcome.errors.contains("silent for 2 notes in a row (20 ms)"))
    }
  }
}
