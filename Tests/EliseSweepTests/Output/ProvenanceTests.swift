import Foundation
import Journal
import SweepPlan
import TestSupport
import Testing

@testable import Runner
@testable import elise_sweep

@Suite struct ProvenanceTests {
  private static let sweep = try! SweepFile(
    contentsOf: Fixtures.url("../../sweeps/quickstart.yaml").standardizedFileURL.path)

  /// The record of a run of ten seconds over two ranks with two threads each.
  private static func provenance(
    ran: Int = 4, busy: Double = 10, longest: Double = 2
  ) -> Provenance {
    Provenance(
      program: .init(version: "1.2.3", mpi: "Some MPI 4", linearAlgebra: "Some BLAS 5"),
      host: "node-7", command: ["elise-sweep", "run", "by-hand.yaml"], sweep: sweep, start: 0,
      outcome: SweepRun.Outcome(
        journal: JournalContents(), before: 7, ran: ran, left: 0, saves: 0, seconds: 10, ranks: 2,
        threads: 4, busySeconds: busy, longestSeconds: longest, dispatchSeconds: 0.25,
        tailSeconds: 1.5))
  }

  private static func object(_ provenance: Provenance) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(try provenance.json().utf8)) as? [String: Any])
  }

  /// If this fails, the record lacks something that a paper must report about its computations.
  /// If this fails, the record names a commit that did not compute the results.
  @Test func namesTheCommitThatWasBuilt() throws {
    let head = try run(
      "git", ["rev-parse", "HEAD"], in: Fixtures.url("../..").standardizedFileURL)
    guard head.exitCode == 0 else { return }  // an archive of the sources
    let program = try #require(try Self.object(Self.provenance())["program"] as? [String: String])
    let commit = try #require(program["commit"]).prefix { $0 != "+" }
    #expect(commit == head.output.prefix { $0 != "\n" })
  }

  /// If this fails, the record lacks something that a paper must report about its computations.
  @Test func holdsTheDocumentedKeys() throws {
    let object = try Self.object(Self.provenance())
    #expect(
      object.keys.sorted() == [
        "command", "disruptions", "efficiency", "end", "machine", "patterns", "program", "ranks",
        "start",
        "sweep_file", "sweep_file_hash", "threads", "trials_finished_before", "trials_run",
      ])
    let program = try #require(object["program"] as? [String: String])
    #expect(
      program.keys.sorted() == [
        "built_for", "commit", "compiler", "linear_algebra", "mpi", "version",
      ])
    #expect(program["version"] == "1.2.3")
    #expect(program["mpi"] == "Some MPI 4" && program["linear_algebra"] == "Some BLAS 5")
    #expect(program.values.allSatisfy { !$0.isEmpty })
    let machine = try #require(object["machine"] as? [String: Any])
    #expect(machine.keys.sorted() == ["cores", "host", "instruction_set", "processor"])
    #expect(machine["host"] as? String == "node-7")
    #expect(object["sweep_file_hash"] as? String == Self.sweep.contentHash.description)
    #expect(object["ranks"] as? Int == 2)
    #expect(object["threads"] as? Int == 4)
    #expect(object["trials_run"] as? Int == 4)
    #expect(object["trials_finished_before"] as? Int == 7)
    #expect(object["start"] as? String == "1970-01-01T00:00:00.000Z")
    #expect(object["command"] as? [String] == ["elise-sweep", "run", "by-hand.yaml"])
  }

  /// Paths are content, not keys, so their spelling is kept.
  @Test func patternsKeepTheirPaths() throws {
    var provenance = Self.provenance()
    provenance.patterns = ["songs/fuerElise_V2.txt": "0123"]
    let object = try Self.object(provenance)
    #expect(object["patterns"] as? [String: String] == ["songs/fuerElise_V2.txt": "0123"])
  }

  /// Five trials of two seconds each, in ten seconds of four threads: no schedule is shorter than
  /// 2.5 seconds.
  @Test func efficiencyIsTheLowerBoundOverTheTimeTaken() throws {
    let efficiency = try #require(Self.provenance().efficiency)
    #expect(efficiency.seconds == 10)
    #expect(efficiency.busySeconds == 10)
    #expect(efficiency.idleSeconds == 30)
    #expect(efficiency.tailSeconds == 1.5)
    #expect(efficiency.dispatchSeconds == 0.25)
    #expect(efficiency.lowerBoundSeconds == 2.5)
    #expect(efficiency.parallelEfficiency == 0.25)
    #expect(
      Self.provenance().parallelEfficiencyText == "parallel efficiency 25.0 %")
  }

  /// If this fails, a schedule is blamed for a trial that is longer than all others.
  @Test func noScheduleIsShorterThanTheLongestTrial() throws {
    let efficiency = try #require(Self.provenance(longest: 9).efficiency)
    #expect(efficiency.lowerBoundSeconds == 9)
    #expect(efficiency.parallelEfficiency == 0.9)
  }

  /// If this fails, a run without trials reports a low efficiency.
  @Test func nothingRunHasNoEfficiency() throws {
    let nothing = Self.provenance(ran: 0, busy: 0, longest: 0)
    #expect(nothing.efficiency == nil)
    #expect(nothing.parallelEfficiencyText == nil)
    #expect(try Self.object(nothing)["efficiency"] == nil)
  }
}

/// If these fail, the record does not show which processors must give bitwise equal tables.
@Suite struct ProcessorInformationTests {
  @Test func readsX86() {
    let information = ProcessorInformation(
      parsing: """
        processor\t: 0
        vendor_id\t: GenuineIntel
        model\t\t: 85
        model name\t: Intel(R) Xeon(R) CPU @ 2.00GHz: 8 cores
        flags\t\t: fpu avx512f sse4_2 fma avx avx2 sse
        bugs\t\t: spectre_v1

        processor\t: 1
        model name\t: another
        flags\t\t: fpu

        """)
    #expect(information.name == "Intel(R) Xeon(R) CPU @ 2.00GHz: 8 cores")
    #expect(information.extensions == ["sse4_2", "avx", "fma", "avx2", "avx512f"])
  }

  @Test func readsARM() {
    let information = ProcessorInformation(
      parsing: """
        processor\t: 0
        BogoMIPS\t: 50.00
        Features\t: fp asimd evtstrm aes sve
        CPU implementer\t: 0x41
        CPU architecture: 8

        """)
    #expect(information.name == "unknown")
    #expect(information.extensions == ["asimd", "sve"])
  }

  @Test(arguments: ["", "\n\n", ":", "flags", "no colon here\nflags :\n"])
  func unknownFormsAreUnknown(text: String) {
    let information = ProcessorInformation(parsing: text)
    #expect(information.name == "unknown")
    #expect(information.extensions.isEmpty)
  }
}
