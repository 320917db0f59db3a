import Foundation
import TestSupport
import Testing

/// Runs the commands of the pages as they are written.
///
/// A folder of stand-ins in front of `PATH` makes this possible in a test.
@Suite struct PageCommandsTests {
  /// Programs that are replaced, with the reason and the replacement.
  private static let standIns: [(program: String, reason: String, script: String)] = [
    (
      "elise-sweep", "networks would train for minutes; they train for two cycles",
      """
      case $1 in
        train) [[ " $* " == *" --from "* ]] || set -- "$@" --set training_cycles=2 --set replay_cycles=14 ;;
        run | plan) set -- "$@" --set training_cycles=2 --set replay_cycles=14 ;;
        init) rm -f "$(basename "$2" .txt).yaml" ;;  # a test has written it already
      esac
      exec "$PROGRAM" "$@"
      """
    ),
    (
      "mpirun", "64 ranks are too many for a test; two run",
      """
      [[ $1 == -n && $2 =~ ^[0-9]+$ ]] || exit 1
      shift 2
      exec "$(PATH=${PATH#*:} command -v "$MPIRUN")" -n 2 "$@"
      """
    ),
    (
      "make", "it builds, tests or fuzzes for long; it only has to know its targets",
      #"PATH=${PATH#*:} exec make -n -C "$PROJECT" "$@""#
    ),
    (
      "sbatch",
      "it needs Slurm, in which SlurmTests run the job scripts; script and sweep must exist",
      """
      while [[ $1 == -* ]]; do shift; done
      bash -n "$1" || exit 1
      [[ $1 == *merge.sbatch || -f $2 ]] || exit 1
      echo 12
      """
    ),
    ("scontrol", "it needs Slurm", "echo 'MaxArraySize = 1001'"),
    (
      "pkg-config",
      "a test machine may have other libraries; the names must be those of Package.swift",
      """
      [[ $1 == --modversion ]] || exit 1
      shift
      for name; do grep -q "\\"$name\\"" "$PROJECT/Package.swift" || exit 1; done
      """
    ),
    ("module", "it exists on clusters only", "[[ $1 == load ]]"),
    ("spack", "it exists on clusters only, and downloads", "[[ $1 == install || $1 == load ]]"),
  ]

  /// Blocks that are only parsed, by their first words.
  private static let onlyParsed = [
    "python3 -m venv": "it downloads packages; `make python` installs the same ones"
  ]

  /// If this fails, a reader's command ends with an error.
  @Test(
    "The commands of the pages run",
    arguments: Page.all.filter { !$0.blocks("sh").isEmpty && $0.path != PythonTests.songsPage })
  func commands(page: Page) throws {
    try withTemporaryFolder { folder in
      try Page.prepare(folder)
      let programs = folder.appendingPathComponent("stand-ins")
      try makeFolder(programs)
      for standIn in Self.standIns {
        try makeProgram(
          programs.appendingPathComponent(standIn.program), script: standIn.script)
      }
      for block in page.blocks("sh") {
        let script = folder.appendingPathComponent("block.sh")
        try block.text.write(to: script, atomically: true, encoding: .utf8)
        let isOnlyParsed = Self.onlyParsed.keys.contains { block.text.hasPrefix($0) }
        let outcome = try run(
          "bash", (isOnlyParsed ? ["-n"] : ["-euo", "pipefail"]) + [script.path],
          environment: [
            "PATH": programs.path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? ""),
            "PROGRAM": try builtProduct("elise-sweep").path,
            "ELISE_SWEEP": programs.appendingPathComponent("elise-sweep").path,
            "PKG_CONFIG_PATH": "", "MPIRUN": mpirun, "PROJECT": Page.project.path,
            "OMPI_MCA_rmaps_base_oversubscribe": "1", "OMPI_ALLOW_RUN_AS_ROOT": "1",
            "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
          ], in: folder, timeout: .seconds(180))
        #expect(
          outcome.exitCode == 0,
          "\(page.path):\(block.line): exit code \(outcome.exitCode)\n\(outcome.errors.suffix(2000))"
        )
      }
    }
  }
}
