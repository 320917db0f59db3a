import Foundation
import TestSupport
import Testing

/// Result folders that cannot be written, are full, or belong to another sweep: a clear error and an
/// unchanged journal.
@Suite struct FolderTroubleTests {
  /// A limit on the size of files acts like a full disk and needs no rights. Ranks of MPICH share memory
  /// through a larger file.
  ///
  /// If this fails, a full disk costs finished trials, or a signal ends the run without a message.
  @Test(arguments: mpirunIsOpenMPI ? [nil, 3] : [nil])
  func fullDisk(ranks: Int?) throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, seeds: 8)
      let calm = try Program.run(["run", "small.yaml", "--out", "calm", "--quiet"], in: folder)
      #expect(calm.exitCode == 0, "\(calm.errors)")
      // Room for some of the 16 rows, each of which has more than a kilobyte.
      let program = try builtProduct("elise-sweep").path
      let limited = "ulimit -f 12; exec \"$0\" run small.yaml --out full --quiet"
      let full =
        try ranks.map {
          try runUnderMPI(
            "bash", path: "/bin/bash", ranks: $0, ["-c", limited, program], in: folder)
        } ?? run("bash", ["-c", limited, program], in: folder)
      #expect(full.exitCode == 70, "\(full.exitCode): \(full.errors)")
      #expect(!full.timedOut)
      #expect(full.errors.contains("cannot write: File too large"), "\(full.errors)")
      #expect(full.errors.contains("repeat the command to continue"))

      let resumed = try Program.run(["run", "small.yaml", "--out", "full"], in: folder)
      #expect(resumed.exitCode == 0, "\(resumed.errors)")
      #expect(resumed.errors.contains("finished earlier"), "\(resumed.errors)")
      #expect(
        try SmallSweep.tables(in: folder.appendingPathComponent("full"))
          == SmallSweep.tables(in: folder.appendingPathComponent("calm")))
    }
  }

  /// A separate disk, in a separate mount name space, that is full at first and read-only later.
  ///
  /// If this fails, a full disk costs finished trials, or a run starts that cannot save anything.
  @Test(
    .enabled(if: canMount, "no file system can be mounted here; this needs root"))
  func fullAndReadOnlyFileSystem() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, seeds: 8)
      let script = """
        mkdir disk && mount -t tmpfs -o size=28k none disk
        "$0" run small.yaml --out disk/out --quiet 2>full; echo "full $?"
        "$0" status disk/out >/dev/null 2>&1; echo "status $?"
        mkdir ranks && mount -t tmpfs -o size=28k none ranks
        "$1" -n 3 "$0" run small.yaml --out ranks/out --quiet 2>ranks.full; echo "ranks $?"
        mount -o remount,size=100m disk
        "$0" run small.yaml --out disk/out --quiet 2>roomy; echo "roomy $?"
        mount -o remount,ro disk
        "$0" run small.yaml --out disk/out --quiet 2>readonly; echo "read-only $?"
        "$0" run small.yaml --out disk/new --quiet 2>new; echo "new $?"
        "$0" merge disk/out --out disk/merged --quiet 2>merge; echo "merge $?"
        "$0" report disk/out --quiet 2>report; echo "report $?"
        cp -r disk/out kept
        """
      let outcome = try run(
        "unshare", ["--mount", "bash", "-c", script, builtProduct("elise-sweep").path, mpirun],
        environment: [
          "OMPI_MCA_rmaps_base_oversubscribe": "1", "OMPI_ALLOW_RUN_AS_ROOT": "1",
          "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
        ], in: folder)
      #expect(
        outcome.output.split(separator: "\n") == [
          "full 70", "status 3", "ranks 70", "roomy 0", "read-only 2", "new 2", "merge 2",
          "report 70",
        ], "\(outcome.errors)")
      func says(_ file: String, _ words: String) throws {
        let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
        #expect(
          text.contains(words) && (text.contains("disk/") || text.contains("ranks/")),
          "\(file): \(text)")
      }
      for file in ["full", "ranks.full"] { try says(file, "No space left on device") }
      for file in ["readonly", "new", "merge", "report"] { try says(file, "Read-only file system") }
      let calm = try Program.run(["run", "small.yaml", "--out", "calm", "--quiet"], in: folder)
      #expect(calm.exitCode == 0)
      #expect(
        try SmallSweep.tables(in: folder.appendingPathComponent("kept"))
          == SmallSweep.tables(in: folder.appendingPathComponent("calm")))
    }
  }

  private static let canMount =
    (try? run("unshare", ["--mount", "mount", "-t", "tmpfs", "none", "/mnt"]))?.exitCode == 0

  /// If this fails, a run computes for hours without being able to save its results.
  @Test(arguments: [nil, 2])
  func folderThatCannotBe(ranks: Int?) throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      for out in ["scale.txt", "scale.txt/results", "/proc/nowhere"] {
        let words = ["run", "small.yaml", "--out", out]
        let outcome =
          try ranks.map { try Program.run(words, ranks: $0, in: folder) }
          ?? Program.run(words, in: folder)
        #expect(outcome.exitCode == 2 && !outcome.timedOut, "\(outcome.errors)")
        #expect(outcome.errors.contains("error: --out: \(out)"), "\(outcome.errors)")
      }
      let deep = try Program.run(
        ["run", "small.yaml", "--out", "not/yet/there", "--quiet"], in: folder)
      #expect(deep.exitCode == 0, "\(deep.errors)")
    }
  }

  /// If this fails, a user with a typing mistake in a path does not learn where the results are.
  @Test(arguments: ["status", "report", "verify", "merge"])
  func missingFolder(command: String) throws {
    try withTemporaryFolder { folder in
      let outcome = try Program.run(
        [command, "nowhere"] + (command == "merge" ? ["--out", "all"] : []), in: folder)
      #expect(outcome.exitCode == 2)
      #expect(
        outcome.errors == "error: nowhere: no such folder\n", "\(outcome.errors)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)

      try makeFolder(folder.appendingPathComponent("results/size/journal"))
      try makeFolder(folder.appendingPathComponent("results/song/journal"))
      try Data().write(to: folder.appendingPathComponent("size.yaml"))
      for (path, message) in [
        ("size", "size: no such folder, did you mean 'results/size'?"),
        ("results/sizes", "results/sizes: no such folder, did you mean 'results/size'?"),
        (
          "results/other",
          "results/other: no such folder; result folders: results/size, results/song"
        ),
        ("other", "other: no such folder; result folders: results/size, results/song"),
        (
          "results",
          "results: not a result folder, because it has no journal; result folders inside it: "
            + "results/size, results/song"
        ),
        (
          "size.yaml",
          "size.yaml: got a file; expected a result folder; result folders: results/size, "
            + "results/song"
        ),
      ] {
        let outcome = try Program.run(
          [command, path] + (command == "merge" ? ["--out", "all"] : []), in: folder)
        #expect(outcome.exitCode == 2)
        #expect(outcome.errors == "error: \(message)\n")
      }
    }
  }

  /// If this fails, the wrong `--out` overwrites the tables of another sweep.
  @Test func folderOfAnotherSweepIsLeftAsItIs() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      #expect(try Program.run(["run", "small.yaml", "--quiet"], in: folder).exitCode == 0)
      let other = folder.appendingPathComponent("other.yaml")
      try String(contentsOf: folder.appendingPathComponent("small.yaml"), encoding: .utf8)
        .replacingOccurrences(of: "name: small", with: "name: other")
        .write(to: other, atomically: true, encoding: .utf8)
      let results = folder.appendingPathComponent("results/small")
      let before = try Self.everything(in: results)
      for words in [
        ["run", "other.yaml", "--out", "results/small"],
        ["run", "other.yaml", "--out", "results/small", "--shard", "1/2"],
      ] {
        let outcome = try Program.run(words, in: folder)
        #expect(outcome.exitCode == 2)
        #expect(
          outcome.errors.contains(
            "error: results/small: holds the results of the sweep small, but this one is other; "
              + "choose another folder with --out"), "\(outcome.errors)")
      }
      #expect(try Program.run(["run", "other.yaml", "--quiet"], in: folder).exitCode == 0)
      let merged = try Program.run(
        ["merge", "results/other", "--out", "results/small"], in: folder)
      #expect(
        merged.exitCode == 2 && merged.errors.contains("holds the results of the sweep small"))
      #expect(try Self.everything(in: results) == before)
    }
  }

  /// Two journals of different sweeps, copied into one folder.
  ///
  /// If this fails, the tables of one sweep contain rows of another.
  @Test func journalOfAnotherSweepIsNotUsed() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, latent: "[6]")
      #expect(
        try Program.run(["run", "small.yaml", "--out", "six", "--quiet"], in: folder).exitCode == 0)
      try SmallSweep.write(to: folder)
      #expect(
        try Program.run(["run", "small.yaml", "--out", "calm", "--quiet"], in: folder).exitCode == 0
      )
      let mixed = folder.appendingPathComponent("mixed")
      try makeFolder(mixed.appendingPathComponent("journal"))
      for name in ["six", "calm"] {
        try FileManager.default.copyItem(
          at: folder.appendingPathComponent("\(name)/journal/run-000001.jsonl"),
          to: mixed.appendingPathComponent("journal/\(name).jsonl"))
      }
      let outcome = try Program.run(["run", "small.yaml", "--out", "mixed"], in: folder)
      #expect(outcome.exitCode == 0)
      #expect(
        outcome.errors.contains("3 finished trials no longer belong to this sweep"),
        "\(outcome.errors)")
      #expect(outcome.errors.contains("nothing left to run"))
      #expect(
        try SmallSweep.tables(in: mixed)
          == SmallSweep.tables(in: folder.appendingPathComponent("calm")))
    }
  }

  /// If this fails, starting a sweep twice destroys its results.
  @Test func twoRunsAtOnceBothStayRight() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, cycles: 1_500, seeds: 6)
      let calm = try Program.run(["run", "small.yaml", "--out", "calm", "--quiet"], in: folder)
      #expect(calm.exitCode == 0)
      let words = ["run", "small.yaml", "--out", "twice", "--quiet", "--threads", "1"]
      var second: ProcessOutcome?
      let first = try Program.run(words, in: folder) { _ in
        second = try Program.run(words, in: folder)
      }
      #expect(first.exitCode == 0, "\(first.errors)")
      #expect(second?.exitCode == 0, "\(second?.errors ?? "")")
      let twice = folder.appendingPathComponent("twice")
      let expected = try SmallSweep.tables(in: folder.appendingPathComponent("calm"))
      #expect(try SmallSweep.tables(in: twice) == expected)
      #expect(try Program.run(words, in: folder).exitCode == 0)
      #expect(try SmallSweep.tables(in: twice) == expected)
    }
  }

  private static func everything(in folder: URL) throws -> [String: Data] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    return try names.reduce(into: [:]) { files, name in
      let url = folder.appendingPathComponent(name)
      if url.pathExtension != "" { files[name] = try Data(contentsOf: url) }
    }
  }
}
