import Foundation
import NetCDF
import TestSupport
import Testing

/// Limits of the system, as `ulimit`, `taskset` and clusters set them.
@Suite(.serialized) struct LimitTests {
  /// Runs the program below limits of a shell.
  private static func limited(
    _ limits: String, _ words: [String], in folder: URL, onStart: (pid_t) throws -> Void = { _ in }
  ) throws -> ProcessOutcome {
    try TestSupport.run(
      "bash",
      ["-c", limits + "; exec \"$0\" \"$@\"", try builtProduct("elise-sweep").path] + words,
      in: folder, timeout: .seconds(120), onStart: onStart)
  }

  /// If this fails, one network that is too large ends the run with a stack trace, and as the largest
  /// starts first, nothing is ever done.
  @Test(
    "A network beyond `ulimit -v` is a failed row, and the others run", .enabled(if: !isSanitized))
  func addressSpace() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, cycles: 1, latent: "[5, 6000]", seeds: 2)
      let outcome = try Self.limited(
        "ulimit -v 500000", ["run", "small.yaml", "--threads", "2"], in: folder)
      #expect(outcome.exitCode == 1 && !outcome.timedOut, "\(outcome.errors)")
      let lines = outcome.errors.split(separator: "\n")
      #expect(
        lines.contains {
          $0.hasPrefix("warning: 2 of the largest trials at a time take 1.3 GB of memory; ")
            && $0.hasSuffix(" GB are available (ulimit -v), so fewer run at a time")
        }, "\(outcome.errors)")
      #expect(
        lines.contains {
          $0.contains(
            " failed: memory: got 649 MB for a network of 6003 neurons; ")
            && $0.hasSuffix(" MB, the limit by ulimit -v")
        }, "\(outcome.errors)")
      #expect(lines.last?.hasPrefix("2 of 4 trials done, 2 failed") == true, "\(outcome.errors)")
    }
  }

  /// If this fails, a slip of a size makes the system kill other programs of the user.
  @Test("train refuses a network beyond the memory, also of a file, before it allocates")
  func training() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      let words = ["train", "--quiet", "--set", "pattern=scale.txt", "--cycles", "1"]
      let drawn = try Self.limited(
        isSanitized ? "true" : "ulimit -v 500000", words + ["--set", "latent=100000"], in: folder)
      #expect(drawn.exitCode == 2)
      #expect(
        drawn.errors.hasPrefix(
          "error: memory: got 180 GB for a network of 100003 neurons; expected at most "),
        "\(drawn.errors)")

      let file = try NetCDFWriter(creating: folder.appendingPathComponent("large.nc").path)
      for (name, value) in [("visible", 3), ("latent", 999_997), ("cycle", 0)] {
        try file.setAttribute(name, .integer(value))
      }
      try file.addDimension("neuron", length: 1_000_000)
      try file.close()
      let read = try Program.run(words + ["--network", "large.nc"], in: folder)
      #expect(read.exitCode == 2)
      #expect(
        read.errors.hasPrefix(
          "error: large.nc: memory: got 18000 GB for a network of 1000000 neurons; expected at most "
        ),
        "\(read.errors)")
    }
  }

  /// If this fails, a run that is short of addresses takes a hundred times as long, because each allocation
  /// asks the system for a heap in vain.
  @Test("A run just above what it needs is as fast as any", .enabled(if: !isSanitized))
  func fewAddresses() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, cycles: 1, latent: "[5]", seeds: 2)
      func seconds(_ limits: String, out: String) throws -> Double {
        let start = ContinuousClock.now
        let words = ["run", "small.yaml", "--threads", "4", "--quiet", "--out", out]
        let outcome = try Self.limited(limits, words, in: folder)
        #expect(outcome.exitCode == 0 && !outcome.timedOut, "\(outcome.errors)")
        return start.duration(to: .now).timeInterval
      }
      let usual = try seconds("true", out: "a")
      let limited = try seconds("ulimit -v 300000", out: "b")
      #expect(limited < 5 * usual + 5, "\(limited) s instead of \(usual) s")
    }
  }

  /// If this fails, all threads of a run share the core to which it is bound.
  @Test("A run that is bound to one core starts one thread, or says that more share it")
  func binding() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, cycles: 1, latent: "[5]", seeds: 2)
      let word = "taskset -c $(taskset -cp $$ | sed 's/.*: //; s/[-,].*//') \"$0\" run small.yaml"
      let outcome = try Self.limited("\(word); exit $?", [], in: folder)
      #expect(outcome.exitCode == 0 && outcome.errors.contains(" with 1 thread each"))
      guard ProcessInfo.processInfo.processorCount > 1 else { return }
      let more = try Self.limited("\(word) --threads 2; exit $?", [], in: folder)
      #expect(
        more.errors.contains("warning: 2 threads share 1 core, to which this process is bound"),
        "\(more.errors)")
    }
  }

  /// Runs the program as a user who may have only some processes and threads.
  private static func asNobody(
    _ processes: Int, _ words: [String], in folder: URL, onStart: (pid_t) throws -> Void = { _ in }
  ) throws -> ProcessOutcome {
    // The program of the tests may lie where only root can read.
    let program = folder.appendingPathComponent("program")
    try makeProgram(program, from: builtProduct("elise-sweep"))
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path)
    let user = ["--reuid", "nobody", "--regid", "nogroup", "--clear-groups", "--"]
    let shell = ["bash", "-c", "ulimit -u \(processes); exec ./program \"$@\"", "run"]
    return try TestSupport.run(
      "setpriv", user + shell + words, in: folder, timeout: .seconds(120), onStart: onStart)
  }

  /// If this fails, a run below a limit of processes waits for ever.
  @Test(
    "Threads that cannot be started are mentioned; the others do the work",
    .enabled(if: getuid() == 0 && !isSanitized), arguments: [(1, 0), (2, 1), (4, 3), (40, 8)])
  func processes(allowed: Int, threads: Int) throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, cycles: 1, latent: "[5]", seeds: 4)
      let outcome = try Self.asNobody(
        allowed, ["run", "small.yaml", "--threads", "8"], in: folder)
      #expect(!outcome.timedOut)
      guard threads > 0 else {
        #expect(outcome.exitCode == 70)
        #expect(
          outcome.errors.contains("error: no compute thread can be started"), "\(outcome.errors)")
        return
      }
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(
        outcome.errors.contains("warning: \(threads) of 8 threads could be started on rank 0")
          == (threads < 8), "\(outcome.errors)")
    }
  }

  /// If this fails, a run at a limit can only be killed, which loses its trials.
  @Test("SIGTERM ends a run at a limit of processes", .enabled(if: getuid() == 0 && !isSanitized))
  func endsAtLimit() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, cycles: 100_000, latent: "[40]", seeds: 8)
      let outcome = try Self.asNobody(3, ["run", "small.yaml", "--threads", "8"], in: folder) {
        process in
        let file = folder.appendingPathComponent("results/small/journal").path
        while !FileManager.default.fileExists(atPath: file) { usleep(10_000) }
        usleep(500_000)
        kill(process, SIGTERM)
      }
      #expect(outcome.exitCode == 3 && !outcome.timedOut, "\(outcome.exitCode): \(outcome.errors)")
    }
  }

  /// If this fails, a run that cannot open a file loses what it has done, or does not say what is missing.
  @Test("A run that may open too few files keeps its trials", .enabled(if: !isSanitized))
  func files() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, cycles: 1, latent: "[5]", seeds: 2)
      let close = "for n in {3..40}; do eval \"exec $n>&-\"; done"
      let outcome = try Self.limited("\(close); ulimit -n 4", ["run", "small.yaml"], in: folder)
      // One file at a time may be enough; with other libraries the program may end before it starts.
      #expect([0, 70, 127].contains(outcome.exitCode) && !outcome.timedOut, "\(outcome)")
      if outcome.exitCode == 70 {
        #expect(outcome.errors.contains("Too many open files"), "\(outcome.errors)")
      }
      let again = try Program.run(["run", "small.yaml"], in: folder)
      #expect(again.exitCode == 0, "\(again.errors)")
    }
  }

  /// If this fails, an allocation that fails ends with a signal and a stack trace.
  @Test func abortIsASentence() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, cycles: 100_000, latent: "[40]", seeds: 1)
      let outcome = try Program.run(["run", "small.yaml"], in: folder) { process in
        let file = folder.appendingPathComponent("results/small/journal").path
        while !FileManager.default.fileExists(atPath: file) { usleep(10_000) }
        kill(process, SIGABRT)
      }
      #expect(outcome.exitCode == 70)
      #expect(outcome.errors.contains("no memory was left; finished trials are in the journal"))
    }
  }
}
