import Foundation
import TestSupport
import Testing

private let hasChromium =
  (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
  .contains { FileManager.default.isExecutableFile(atPath: "\($0)/chromium") }

@Suite(.enabled(if: python != nil, "\(pythonIsMissing)"))
struct PythonTests {
  /// Runs the sweep that the page assumes, and a script of `Tests/python`.
  private static func run(_ script: String, _ arguments: [String], grid: String) throws {
    try withTemporaryFolder { folder in
      try SmallSweep.pattern.write(
        to: folder.appendingPathComponent("scale.txt"), atomically: true, encoding: .utf8)
      let sweep = """
        name: quickstart
        description: A sweep for the tests of Python
        fixed: {pattern: scale.txt, training_cycles: 60, replay_cycles: 14}
        grid:
        \(grid)
        scores: [recall, capacity]
        """
      try sweep.write(
        to: folder.appendingPathComponent("quickstart.yaml"), atomically: true, encoding: .utf8)
      let sweeping = try Program.run(["run", "quickstart.yaml", "--quiet"], in: folder)
      #expect(sweeping.exitCode == 0, "\(sweeping.errors)")
      let path = Fixtures.url("../python/\(script)").standardizedFileURL.path
      let programs = try builtProduct("elise-sweep").deletingLastPathComponent().path
      let search = ProcessInfo.processInfo.environment["PATH"] ?? ""
      let outcome = try TestSupport.run(
        try #require(python), [path] + arguments, environment: ["PATH": "\(programs):\(search)"],
        in: folder, timeout: .seconds(180))
      #expect(outcome.exitCode == 0, "\(outcome.output)\n\(outcome.errors)")
    }
  }

  private static let sizes = "  latent: [10, 20, 30, 50]\n  seed: {from: 1, to: 3}"

  /// If this fails, a user of xarray sees other numbers than a user of the tables.
  @Test(
    "xarray and pandas find equal numbers",
    arguments: [
      sizes, "  cue_notes: [none, 2, 4]\n  seed: {from: 1, to: 3}",
      "- {latent: [4, 50], seed: [1, 2], model: [elise, reservoir], scaffold: [true]}\n"
        + "- {latent: [5], seed: [3], zip: {delay_min: [5, 6], delay_max: [15, 16.5]}}",
    ])
  func cube(grid: String) throws {
    try Self.run("check_cube.py", ["results/quickstart"], grid: grid)
  }

  /// If this fails, xarray warns of a network file, or a file does not say what it holds.
  @Test("xarray opens a network and a recording without warnings") func network() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      #expect(
        try Program.run(["run", "small.yaml", "--out", "r", "--quiet"], in: folder).exitCode == 0)
      let table = try String(contentsOf: folder.appending(path: "r/trials.csv"), encoding: .utf8)
      let trial = String(table.split(separator: "\n")[1].prefix(32))
      let training = try Program.run(
        [
          "train", "--quiet", "--from", "r", "--trial", trial, "--save", "network.nc",
          "--record", "record.nc", "--record-cycles", "last:2", "--record-every", "4",
        ], in: folder)
      #expect(training.exitCode == 0, "\(training.errors)")
      let script = Fixtures.url("../python/check_network.py").standardizedFileURL.path
      let outcome = try TestSupport.run(
        try #require(python), [script, "network.nc", "record.nc", trial], in: folder,
        timeout: .seconds(180))
      #expect(outcome.exitCode == 0, "\(outcome.output)\n\(outcome.errors)")
    }
  }

  /// If this fails, a difference between levels or a share of variance is not what it is called.
  @Test("Contrasts and importance are those of pandas and least squares") func statistics() throws {
    try Self.run(
      "check_statistics.py",
      [
        "results/quickstart", "latent=30,nudging=0.5,note_duration=10", "latent", "nudging",
        "note_duration",
      ],
      grid: "  latent: [10, 30]\n  nudging: [0.4, 0.5]\n  note_duration: [5, 10]\n"
        + "  seed: {from: 1, to: 3}\nreference: {latent: 30, nudging: 0.5, note_duration: 10}")
  }

  /// If this fails, the report does not open, does not sort, or shows other numbers than the tables.
  @Test(
    "The report is sound in a browser",
    .enabled(if: hasChromium, "chromium is not installed; `make test` installs it where it can"))
  func report() throws {
    try Self.run("check_report.py", ["results/quickstart"], grid: Self.sizes)
  }

  /// The pages with Python in them.
  static let pages = ["README.md", "docs/python.md", songsPage]

  /// The page whose commands use files that its Python blocks write, and the other way round.
  static let songsPage = "docs/songs.md"

  /// If this fails, a reader's first steps in Python end with an error.
  @Test(
    "The pages with Python run as they are written", arguments: pages.filter { $0 != songsPage })
  func page(path: String) throws {
    try Self.run(
      "run_page.py", [Page.project.appendingPathComponent(path).path], grid: Self.sizes)
  }

  /// If this fails, a reader cannot make a pattern of a song, or sound of a replay.
  @Test("The page about songs runs as it is written, with two training cycles and four of replay")
  func songs() throws {
    try withTemporaryFolder { folder in
      let program = folder.appendingPathComponent("elise-sweep")
      let script = """
        set -- "${@/#10000/2}"
        exec '\(try builtProduct("elise-sweep").path)' "${@/#replay_cycles=20/replay_cycles=4}"
        """
      try makeProgram(program, script: script)
      let search = ProcessInfo.processInfo.environment["PATH"] ?? ""
      let outcome = try TestSupport.run(
        try #require(python),
        [
          Fixtures.url("../python/run_page.py").standardizedFileURL.path,
          Page.project.appendingPathComponent(Self.songsPage).path, "--commands",
        ],
        environment: ["PATH": "\(folder.path):\(search)"], in: folder, timeout: .seconds(300))
      #expect(outcome.exitCode == 0, "\(outcome.output)\n\(outcome.errors)")
      for file in [
        "songs.png", "curves.png", "finch.wav", "finch.mid", "lullaby.wav", "lullaby.mid",
      ] {
        let path = folder.appendingPathComponent(file).path
        #expect(FileManager.default.fileExists(atPath: path), "no \(file)")
      }
    }
  }
}
