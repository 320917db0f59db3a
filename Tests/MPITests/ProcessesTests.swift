import Foundation
import TestSupport
import Testing

/// If these fail, the tests that start programs hang or prove nothing.
struct ProcessesTests {
  @Test("exit code, output, environment and folder are those of the program")
  func runsAProgram() throws {
    let outcome = try run(
      "sh", ["-c", "echo $GREETING; pwd; echo no >&2; test -z ${HOME+x} && exit 3"],
      environment: ["GREETING": "hello", "HOME": nil], in: URL(fileURLWithPath: "/"))
    #expect(outcome.exitCode == 3)
    #expect(outcome.output == "hello\n/\n")
    #expect(outcome.errors == "no\n")
    #expect(!outcome.timedOut)
  }

  @Test("a program that hangs is ended when its time is up, even if it does not listen")
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

  @Test("a program that does not exist gives the code a shell gives")
  func missesAProgram() throws {
    #expect(try run("no-such-program-here").exitCode == 127)
    #expect(throws: MissingProduct.self) { try builtProduct("no-such-product") }
  }
}
