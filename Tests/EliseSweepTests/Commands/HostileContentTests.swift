import Foundation
import TestSupport
import Testing

/// User texts that look like commands, paths or HTML.
@Suite struct HostileContentTests {
  /// If this fails, a downloaded sweep file or pattern runs commands, writes to other folders, or runs
  /// code in the browser that opens the report.
  @Test func textsReachNeitherShellNorBrowserNorOtherFolders() throws {
    try withTemporaryFolder { folder in
      let pattern = #"a$(touch pwned)`touch pwned`;touch pwned'"<img src=x onerror=alert(1)>.txt"#
      let name =
        #"<script>alert(1)</script>';system("touch${IFS}pwned");'../../$(touch${IFS}pwned)"#
      try SmallSweep.pattern.replacingOccurrences(of: "name: scale", with: "name: \(name)")
        .write(to: folder.appendingPathComponent(pattern), atomically: true, encoding: .utf8)
      let yaml = pattern.replacingOccurrences(of: "\"", with: "\\\"")
      try #"""
      name: hostile
      description: "</p><script>alert(1)</script>$(touch pwned)`touch pwned`"
      fixed: {pattern: "\#(yaml)", training_cycles: 30, replay_cycles: 14}
      grid: {latent: [4, 5], seed: [1, 2]}
      """#.write(
        to: folder.appendingPathComponent("hostile.yaml"), atomically: true, encoding: .utf8)
      for out in ["plain", #"o$(touch pwned)`touch pwned`;'"<b>"#] {
        let run = try Program.run(["run", "hostile.yaml", "--out", out], in: folder)
        #expect(run.exitCode == 0, "\(run.errors)")
        let report = try Program.run(["report", out], in: folder)
        #expect(report.exitCode == 0, "\(report.errors)")
        let page = try String(
          contentsOf: folder.appendingPathComponent("\(out)/report.html"), encoding: .utf8)
        for tag in ["<script>alert", "<img src=x", "</p><script>"] {
          #expect(!page.contains(tag), "\(tag) is in the page")
        }
        #expect(page.contains("&lt;script&gt;alert(1)"))
      }
      for file in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
        #expect(!file.hasSuffix("pwned"), "a command was run: \(file)")
      }
      let top = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(top.count == 4, "\(top)")
    }
  }

  /// If this fails, each of several unconnected tasks runs the whole sweep.
  @Test func tasksOfSlurmWithoutMPIAreRefused() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      let outcome = try Program.run(
        ["run", "small.yaml"],
        environment: [
          "SLURM_JOB_ID": "7", "SLURM_STEP_ID": "0", "SLURM_PROCID": "2",
          "SLURM_STEP_NUM_TASKS": "4",
        ], in: folder)
      #expect(outcome.exitCode == 2)
      #expect(outcome.errors.contains("srun --mpi=pmix"), "\(outcome.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder.path + "/results"))
    }
  }
}
