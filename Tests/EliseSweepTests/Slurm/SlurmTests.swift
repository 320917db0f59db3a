import Foundation
import TestSupport
import Testing

private var isThere: Bool {
  getuid() == 0
    && ["slurmctld", "slurmd", "munged"].allSatisfy { name in
      ["/usr/sbin/", "/usr/bin/", "/usr/local/sbin/"].contains {
        FileManager.default.isExecutableFile(atPath: $0 + name)
      }
    }
}

/// The scripts of `slurm/` on a real Slurm of four virtual nodes: arrays, MPI jobs, cancels, requeues,
/// preemption, time limits, nodes that go down.
///
/// If this fails, users of a cluster lose results, or get other results than on a laptop.
@Suite(
  .enabled(
    if: isThere || ProcessInfo.processInfo.environment["ELISE_REQUIRE_SLURM"] != nil,
    "there is no slurmctld, slurmd and munged, or this is not root; `make test` installs them"))
struct SlurmTests {
  @Test func everyWayGivesTheTablesOfAPlainRun() throws {
    try withTemporaryFolder { folder in
      let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../slurm/check.sh").standardizedFileURL.path
      let outcome = try run(
        "bash",
        [script, builtProduct("elise-sweep").path, folder.appendingPathComponent("c").path],
        timeout: .seconds(600))
      #expect(outcome.exitCode == 0, "\(outcome.output)\n\(outcome.errors)")
      #expect(outcome.output.split(separator: "\n").count { $0.hasPrefix("ok ") } == 22)
    }
  }
}
