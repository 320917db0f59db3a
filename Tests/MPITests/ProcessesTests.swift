import Foundation
import TestSupport
import Testing

/// If these fail, the tests that start programs hang or prove nothing.
struct ProcessesTests {
  @Test("the exit code, output, environment and folder of a program are as requested")
  func runsAProgram() throws {
    let outcome = try run(
      "sh", ["-c", "echo $GREETING; pwd; echo no >&2; test -z ${HOME+x} && exit 3"],
      environment: ["GREETING": "hello", "HOME": nil], in: URL(fileURLWithPath: "/"))
    #expect(outcome.exitCode == 3)
    #expect(outcome.output == "hello\n/\n")
    #expect(outcome.errors == "no\n")
    #expect(!outcome.timedOut)
  }

  @Test("a program that exceeds its time is ended, even if it ignores signals")
  func endsAHangingProgram() throws {
    let start = ContinuousClock.now
    let outcome = try run(
      "sh", ["-c", "trap '' TERM; echo started; while :; do sleep 0.1; done"],
      timeout: .milliseconds(300))
    #expect(outcome.timedOut)
    #expect(outcome.exitCode == 128 + SIGKILL)
    #expect(outcome.output == "started\n")
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test("more output than a pipe holds does not block")
  func takesMuchOutput() throws {
    let outcome = try run("sh", ["-c", "head -c 1000000 /dev/zero | tr '\\0' x; echo e >&2"])
    #expect(outcome.output.utf8.count == 1_000_000)
    #expect(outcome.errors == "e\n")
  }

  @Test("a program that does not exist gives the exit code of a shell")
  func missesAProgram() throws {
    #expect(try run("no-such-program-here").exitCode == 127)
    #expect(throws: MissingProduct.self) { try builtProduct("no-such-product") }
  }
}
