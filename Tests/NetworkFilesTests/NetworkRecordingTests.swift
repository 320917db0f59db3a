import Foundation
import NetCDF
import NetworkFiles
import NeuralCore
import TestSupport
import Testing

struct NetworkRecordingTests {
  @Test("Cycles are appended: rates of every step, weights at the end of each")
  func cycles() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("recording.nc").path
      let network = try smallNetwork(history: 0)
      let recording = try NetworkRecording(
        creating: path, of: network, stepsPerCycle: 7, timeStep: 0.1,
        attributes: ["pattern": "fuer_elise", "visible": 99])
      let plan = [(-1, false), (0, false), (1, false), (0, true), (1, true)]
      let lengths = [7, 5, 7, 7, 5]
      var rates: [Double] = []
      var weights: [Double] = []
      var record = RateRecord(neurons: 5)
      for (row, (cycle, replay)) in plan.enumerated() {
        record.removeAll()
        for step in 0..<lengths[row] {
          record.append((0..<5).map { 1 / Double(1 + $0 + step + 7 * row) })
        }
        let weight = network.dendriticWeight.map { $0 / Double(row + 1) }
        try recording.append(
          cycle: cycle, replay: replay, pattern: lengths[row] == 5 ? 1 : 0, rates: record,
          dendriticWeight: weight)
        rates += record.values
        weights += weight
      }
      #expect(recording.cycles == 5)
      #expect(!FileManager.default.fileExists(atPath: path))
      try recording.close()

      let file = try NetCDFFile(opening: path)
      let readRates: [Double] = try file.values("rate", shape: [31, 5])
      let readWeights: [Double] = try file.values("dendritic_weight", shape: [5, 5, 5])
      #expect(readRates == rates)
      #expect(readWeights.map(\.bitPattern) == weights.map(\.bitPattern))
      #expect(try file.values("cycle", shape: [5]) == [-1, 0, 1, 0, 1] as [Int32])
      #expect(try file.values("replay", shape: [5]) == [0, 0, 0, 1, 1] as [Int8])
      #expect(try file.integer("visible") == 2)
      #expect(try file.integer("latent") == 3)
      #expect(try file.values("pattern", shape: [5]) == [0, 1, 0, 0, 1] as [Int32])
      #expect(try file.values("first_step", shape: [5]) == [0, 7, 12, 19, 26] as [Int32])
      #expect(try file.attribute("time_step_ms") == 0.1)
      #expect(try file.attribute("pattern") == "fuer_elise")
    }
  }

  @Test("A recording that is not closed leaves no file")
  func brokenOff() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("recording.nc").path
      do {
        _ = try NetworkRecording(
          creating: path, of: smallNetwork(history: 0), stepsPerCycle: 7, timeStep: 0.1)
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }

  @Test("A missing folder is an error before the simulation starts")
  func unwritable() throws {
    let network = try smallNetwork(history: 0)
    let error = #expect(throws: NetworkFileError.self) {
      try NetworkRecording(
        creating: "/no/such/folder/a.nc", of: network, stepsPerCycle: 7, timeStep: 0.1)
    }
    #expect(error?.description.hasPrefix("/no/such/folder/a.nc: ") == true)
  }
}
