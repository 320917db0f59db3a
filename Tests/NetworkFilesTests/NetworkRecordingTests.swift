import Foundation
import NetCDF
import NetworkFiles
import NeuralCore
import TestSupport
import Testing

struct NetworkRecordingTests {
  /// Targets of 7 and of 5 steps of two visible neurons.
  private let targets = [(0..<14).map(Double.init), (100..<110).map(Double.init)]

  private func dendritic(_ values: [Double]) -> [NetworkArray] {
    [NetworkArray("dendritic_weight", .weight, [.post, .pre], unit: "mV", "weight", values)]
  }

  @Test("Cycles are appended: rates of every step, weights at the end of each")
  func cycles() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("recording.nc").path
      let network = try smallNetwork(history: 0)
      let recording = try NetworkRecording(
        creating: path, visible: 2, latent: 3, arrays: dendritic(network.dendriticWeight.doubles),
        targets: targets, origin: origin)
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
          arrays: dendritic(weight))
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
      #expect(try file.values("target", shape: [12, 2]) == targets.flatMap { $0 })
      #expect(try file.values("sequence", shape: [3, 2]) == [1, 0, 0, 1, 1, 1] as [Int8])
      #expect(try file.attribute("time_step_ms") == 0.1)
      #expect(try file.attribute("pattern") == "Für Elise")
      #expect(try file.attribute("recorded_cycles") == "all")
      #expect(try file.attribute("recorded_every") == 1)
      #expect(try file.attribute("recorded_neurons") == "all")
      #expect(
        try file.values("time", shape: [31]) == (0..<31).map { Double($0) / 10 } as [Double])
    }
  }

  /// If this fails, a smaller recording has rates of other neurons or steps than it says.
  @Test(
    "Every third step of the visible neurons has the rates, times and weights of a full recording")
  func parts() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("recording.nc").path
      let network = try smallNetwork(history: 0)
      let recording = try NetworkRecording(
        creating: path, visible: 2, latent: 3,
        arrays: dendritic(network.dendriticWeight.doubles) + [
          NetworkArray("bias", .weight, [.visible], "bias", [0, 0]),
          NetworkArray("latent_bias", .weight, [.latent], "bias", [0, 0, 0]),
        ],
        scope: RecordingScope(cycles: .last(2), every: 3, isVisibleOnly: true), targets: targets,
        origin: origin)
      for cycle in 0..<2 {
        var record = RateRecord(neurons: 5)
        for step in 0..<(7 - cycle) {
          record.append((0..<5).map { Double(100 * cycle + 10 * step + $0) })
        }
        try recording.append(
          cycle: cycle, replay: true, rates: record,
          arrays: dendritic((0..<25).map { Double(100 * cycle + $0) }) + [
            NetworkArray("bias", .weight, [.visible], "bias", [Double(cycle), 0.5])
          ])
      }
      try recording.close()
      let file = try NetCDFFile(opening: path)
      #expect(
        try file.values("rate", shape: [5, 2])
          == [0, 1, 30, 31, 60, 61, 100, 101, 130, 131] as [Double])
      #expect(try file.values("time", shape: [5]) == [0, 0.3, 0.6, 0.7, 1] as [Double])
      #expect(try file.values("first_step", shape: [2]) == [0, 3] as [Int32])
      #expect(
        try file.values("dendritic_weight", shape: [2, 2, 2])
          == [0, 1, 5, 6, 100, 101, 105, 106] as [Double])
      #expect(try file.values("bias", shape: [2, 2]) == [0, 0.5, 1, 0.5] as [Double])
      #expect(try !file.hasVariable("latent_bias"))
      #expect(
        try file.values("target", shape: [5, 2])
          == [0, 1, 6, 7, 12, 13, 100, 101, 106, 107] as [Double])
      #expect(try file.values("target_pattern", shape: [5]) == [0, 0, 0, 1, 1] as [Int32])
      #expect(try file.values("neuron", shape: [2]) == [0, 1] as [Int32])
      #expect(try file.attribute("recorded_cycles") == "last:2")
      #expect(try file.attribute("recorded_every") == 3)
      #expect(try file.attribute("recorded_neurons") == "visible")
      #expect(try file.integer("latent") == 3)
    }
  }

  @Test("A recording that is not closed leaves no file")
  func brokenOff() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("recording.nc").path
      do {
        _ = try NetworkRecording(
          creating: path, visible: 2, latent: 3, arrays: [], targets: targets, origin: origin)
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }

  @Test("A missing folder is an error before the simulation starts")
  func unwritable() throws {
    let error = #expect(throws: NetworkFileError.self) {
      try NetworkRecording(
        creating: "/no/such/folder/a.nc", visible: 2, latent: 3, arrays: [], targets: targets,
        origin: origin)
    }
    #expect(error?.description.hasPrefix("/no/such/folder/a.nc: ") == true)
  }
}
