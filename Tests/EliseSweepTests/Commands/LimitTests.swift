import Foundation
import TestSupport
import Testing

/// Limits of the system, as `ulimit`, `taskset` and clusters set them.
@Suite struct LimitTests {
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
            "latent 6000, seed 1 failed: memory: got 649 MB for a network of 6003 neurons; ")
            && $0.hasSuffix(" MB, the limit by ulimit -v")
        }, "\(outcome.errors)")
      #expect(lines.last?.hasPrefix("2 of 4 trials done, 2 failed") == true, "\(outcome.errors)")
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
}
