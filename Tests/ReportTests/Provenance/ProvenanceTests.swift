import Foundation
import Testing

@testable import Report
@testable import Sweep

@Suite struct ProvenanceTests {
  /// The record of a run of ten seconds over two ranks with two threads each.
  static func provenance(
    _ sweep: SweepFile, _ results: SweepResults, seconds: Double = 10, start: Double = 0
  ) throws -> Provenance {
    Provenance(
      version: "1.2.3", command: ["elise-sweep", "run", "by-hand.yaml"], sweep: sweep,
      outcome: SweepRun.Outcome(
        journal: JournalContents(), before: 7, ran: 4, seconds: seconds, ranks: 2, threads: 4),
      results: results, start: start)
  }

  private static func object(_ provenance: Provenance) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(try provenance.json().utf8)) as? [String: Any])
  }

  /// If this fails, what a paper must say about its computations is not in the record.
  @Test func holdsTheDocumentedKeys() throws {
    let (sweep, results) = try SummaryTableTests.hand.results()
    let object = try Self.object(Self.provenance(sweep, results))
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
    #expect(program.values.allSatisfy { !$0.isEmpty })
    let machine = try #require(object["machine"] as? [String: Any])
    #expect(machine.keys.sorted() == ["cores", "host", "instruction_set", "processor"])
    #expect(object["sweep_file_hash"] as? String == sweep.contentHash.description)
    #expect(object["ranks"] as? Int == 2)
    #expect(object["threads"] as? Int == 4)
    #expect(object["trials_run"] as? Int == 4)
    #expect(object["trials_finished_before"] as? Int == 7)
    #expect(object["start"] as? String == "1970-01-01T00:00:00.000Z")
    #expect(object["command"] as? [String] == ["elise-sweep", "run", "by-hand.yaml"])
  }

  /// Paths are content and no keys: they keep their spelling.
  @Test func patternsKeepTheirPaths() throws {
    let (sweep, results) = try HandMadeResults().results()
    var provenance = try Self.provenance(sweep, results)
    provenance.patterns = ["songs/fuerElise_V2.txt": "0123"]
    let object = try Self.object(provenance)
    #expect(object["patterns"] as? [String: String] == ["songs/fuerElise_V2.txt": "0123"])
  }

  /// Five trials of two seconds each, in ten seconds of four threads: no schedule takes less than
  /// two and a half.
  @Test func efficiencyIsTheLowerBoundOverTheTimeTaken() throws {
    let (sweep, results) = try SummaryTableTests.hand.results()
    let efficiency = try #require(try Self.provenance(sweep, results).efficiency)
    #expect(efficiency.seconds == 10)
    #expect(efficiency.busySeconds == 10)
    #expect(efficiency.idleSeconds == 30)
    #expect(efficiency.lowerBoundSeconds == 2.5)
    #expect(efficiency.achieved == 0.25)
    #expect(
      try Self.provenance(sweep, results).achievedText == "25.0 % of the best possible schedule")
  }

  /// Trials of earlier runs took none of this run's time: of five, two started since.
  @Test func efficiencyCountsThisRunAlone() throws {
    let (sweep, results) = try SummaryTableTests.hand.results()
    let provenance = try Self.provenance(sweep, results, start: 1_000_000_000.75)
    #expect(provenance.efficiency?.busySeconds == 4)
    let nothing = try Self.provenance(sweep, results, start: 2_000_000_000)
    #expect(nothing.efficiency == nil)
    #expect(nothing.achievedText == nil)
    #expect(try Self.object(nothing)["efficiency"] == nil)
  }
}
