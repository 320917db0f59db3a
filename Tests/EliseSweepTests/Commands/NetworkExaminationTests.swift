import Foundation
import TestSupport
import Testing

/// Damaged network files are errors, even if the library crashes or hangs on them.
@Suite struct NetworkExaminationTests {
  private static let words = ["train", "--quiet", "--set", "pattern=scale.txt", "--cycles", "4"]

  private static func expectRefusal(
    of file: String, _ what: String, in folder: URL
  ) throws -> ProcessOutcome {
    let outcome = try Program.run(words + ["--network", file], in: folder)
    // Damage may hit bytes that hold nothing.
    #expect([0, 2].contains(outcome.exitCode), "\(what): exit \(outcome.exitCode)")
    #expect(!outcome.timedOut, "\(what): hangs")
    if outcome.exitCode == 2 {
      #expect(outcome.errors.hasPrefix("error: \(file): "), "\(what): \(outcome.errors)")
    }
    return outcome
  }

  /// If this fails, a bad copy of a network crashes the program, or trains as another network.
  @Test func flippedBitsAreErrors() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      let saved = try Program.run(
        Self.words + ["--set", "latent=4", "--save", "network.nc"], in: folder)
      #expect(saved.exitCode == 0, "\(saved.errors)")
      let whole = try Data(contentsOf: folder.appendingPathComponent("network.nc"))
      var state: UInt64 = 1
      var refused = 0
      for _ in 0..<40 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let bit = Int(state >> 33) % (whole.count * 8)
        var damaged = whole
        damaged[bit / 8] ^= 1 << UInt8(bit % 8)
        try damaged.write(to: folder.appendingPathComponent("damaged.nc"))
        let outcome = try Self.expectRefusal(
          of: "damaged.nc", "bit \(bit % 8) of byte \(bit / 8)", in: folder)
        refused += outcome.exitCode == 2 ? 1 : 0
      }
      #expect(refused > 0)
    }
  }

  /// Files from a fuzzer on which the library crashes or hangs.
  @Test func foundFilesAreErrors() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      let corpus = Fixtures.url("fuzz/network")
      let names = try FileManager.default.contentsOfDirectory(atPath: corpus.path)
      #expect(!names.isEmpty)
      for name in names {
        let copy = folder.appendingPathComponent(name)
        try FileManager.default.copyItem(at: corpus.appendingPathComponent(name), to: copy)
        let outcome = try Self.expectRefusal(of: name, name, in: folder)
        #expect(outcome.exitCode == 2, "\(name): \(outcome.errors)")
      }
    }
  }
}
