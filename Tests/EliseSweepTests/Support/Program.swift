import Foundation
import TestSupport

/// The program under test, started as a user does.
enum Program {
  /// Runs it without a launcher.
  static func run(
    _ arguments: [String], environment: [String: String?] = [:], in folder: URL,
    onStart: (pid_t) throws -> Void = { _ in }
  ) throws -> ProcessOutcome {
    try TestSupport.run(
      try builtProduct("elise-sweep").path, arguments, environment: environment, in: folder,
      timeout: .seconds(120), onStart: onStart)
  }

  /// Runs it under mpirun.
  static func run(
    _ arguments: [String], ranks: Int, environment: [String: String?] = [:], in folder: URL
  ) throws -> ProcessOutcome {
    try runUnderMPI(
      "elise-sweep", ranks: ranks, arguments, environment: environment, in: folder,
      timeout: .seconds(120))
  }
}

/// A sweep that takes a moment: a pattern of four notes and a few cycles.
enum SmallSweep {
  static let pattern = """
    # name: scale nNeurons: 3 nSteps: 4
    1 0 0 0
    0 1 0 1
    0 0 1 0
    """

  /// Writes `small.yaml` and its pattern into a folder.
  static func write(
    to folder: URL, cycles: Int = 30, latent: String = "[5, 4]", seeds: Int = 3, axis: String = ""
  ) throws {
    try pattern.write(
      to: folder.appendingPathComponent("scale.txt"), atomically: true, encoding: .utf8)
    let text = """
      name: small
      fixed: {pattern: scale.txt, training_cycles: \(cycles), replay_cycles: 14}
      grid:
        latent: \(latent)
        seed: {from: 1, to: \(seeds)}
        \(axis)
      """
    try text.write(
      to: folder.appendingPathComponent("small.yaml"), atomically: true, encoding: .utf8)
  }

  /// The number of complete lines in a journal file; 0 if there is no file yet.
  static func lineCount(_ file: URL) -> Int {
    ((try? Data(contentsOf: file)) ?? Data()).count { $0 == UInt8(ascii: "\n") }
  }

  /// The tables that must have the same bytes for every way of running a sweep.
  static func tables(in folder: URL) throws -> [String: Data] {
    let names = ["trials.csv", "summary.csv", "summary.md"]
    return try Dictionary(
      uniqueKeysWithValues: names.map {
        ($0, try Data(contentsOf: folder.appendingPathComponent($0)))
      })
  }
}
