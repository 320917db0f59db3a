import Foundation
import NetCDF
import TestSupport
import Testing

struct NetCDFWriterTests {
  @Test(
    "Values come back bit for bit, whatever the storage",
    arguments: [
      NetCDFStorage(), NetCDFStorage(deflate: 1), NetCDFStorage(checksum: true),
      NetCDFStorage(chunks: [2, 1], deflate: 9, checksum: true),
    ])
  func roundTrip(storage: NetCDFStorage) throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("values.nc").path
      let doubles = [
        -0.0, .leastNonzeroMagnitude, 1e308, -.greatestFiniteMagnitude, .infinity, 0.1,
      ]
      let writer = try NetCDFWriter(creating: path)
      try writer.addDimension("row", length: 3)
      try writer.addDimension("column", length: 2)
      let names = ["row", "column"]
      try writer.addVariable("real", Double.self, dimensions: names, storage: storage)
      let floats: [Float] = [-0.0, .leastNonzeroMagnitude, 1e38, -.infinity, 0.1, 1]
      try writer.addVariable("single", Float.self, dimensions: names, storage: storage)
      try writer.addVariable("whole", Int32.self, dimensions: names, storage: storage)
      try writer.addVariable("flag", Int8.self, dimensions: names, storage: storage)
      try writer.write("real", doubles)
      try writer.write("single", floats)
      try writer.write("whole", [.min, -1, 0, 1, 2, .max] as [Int32])
      try writer.write("flag", [-128, -127, 0, 1, 2, 127] as [Int8])
      try writer.close()

      let file = try NetCDFFile(opening: path)
      let read: [Double] = try file.values("real", shape: [3, 2])
      #expect(read.map(\.bitPattern) == doubles.map(\.bitPattern))
      let single: [Float] = try file.values("single", shape: [3, 2])
      #expect(single.map(\.bitPattern) == floats.map(\.bitPattern))
      #expect(try file.type(ofVariable: "single") == .float)
      #expect(try file.values("single", shape: [3, 2]) == floats.map { Double($0) })
      // What single precision does not hold must not be lost in silence.
      #expect(throws: NetCDFError.self) { try file.values("real", as: Float.self, shape: [3, 2]) }
      #expect(try file.values("whole", shape: [3, nil]) == [.min, -1, 0, 1, 2, .max] as [Int32])
      #expect(try file.values("flag", shape: [nil, nil]) == [-128, -127, 0, 1, 2, 127] as [Int8])
    }
  }

  @Test("Records are appended one after another, and what is never written is NaN")
  func records() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("records.nc").path
      let writer = try NetCDFWriter(creating: path)
      try writer.addDimension("record", length: nil)
      try writer.addDimension("neuron", length: 2)
      try writer.addVariable("rate", Double.self, dimensions: ["record", "neuron"])
      try writer.addVariable("number", Int32.self, dimensions: ["record"])
      try writer.addVariable("silent", Double.self, dimensions: ["neuron"])
      for record in 0..<5 {
        try writer.write("rate", [Double(record), -Double(record)], at: record)
        try writer.write("number", [Int32(record)], at: record)
      }
      try writer.close()

      let file = try NetCDFFile(opening: path)
      #expect(try file.length(ofDimension: "record") == 5)
      #expect(try file.values("rate", shape: [nil, 2]) == [0, 0, 1, -1, 2, -2, 3, -3, 4.0, -4])
      #expect(try file.values("number", shape: [5]) == [0, 1, 2, 3, 4] as [Int32])
      let silent: [Double] = try file.values("silent", shape: [2])
      #expect(silent.allSatisfy { $0.isNaN })
    }
  }

  @Test("Values of a fixed length can be written in pieces, in any order")
  func pieces() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("pieces.nc").path
      let writer = try NetCDFWriter(creating: path)
      try writer.addDimension("row", length: 5)
      try writer.addDimension("column", length: 2)
      try writer.addVariable(
        "filled", Double.self, dimensions: ["row", "column"])
      try writer.addVariable(
        "bare", Float.self, dimensions: ["row"], storage: NetCDFStorage(isFilled: false))
      try writer.write("filled", [6.0, 7, 8, 9], at: 3)
      try writer.write("filled", [0.0, 1], at: 0)
      try writer.write("bare", [2, 3, 4] as [Float], at: 2)
      try writer.write("bare", [0, 1] as [Float], at: 0)
      try writer.close()

      let file = try NetCDFFile(opening: path)
      let filled: [Double] = try file.values("filled", shape: [5, 2])
      #expect(filled.prefix(2) == [0, 1] && filled.suffix(4) == [6, 7, 8, 9])
      #expect(filled[2..<6].allSatisfy { $0.isNaN })
      #expect(try file.values("bare", shape: [5]) == [0, 1, 2, 3, 4] as [Float])
    }
  }

  @Test("A dimension without entries can be written and read")
  func empty() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("empty.nc").path
      let writer = try NetCDFWriter(creating: path)
      try writer.addDimension("edge", length: 0)
      try writer.addVariable("pre", Int32.self, dimensions: ["edge"])
      try writer.write("pre", [] as [Int32])
      try writer.close()

      let file = try NetCDFFile(opening: path)
      #expect(try file.length(ofDimension: "edge") == 0)
      #expect(try file.values("pre", shape: [0]) == [] as [Int32])
    }
  }

  @Test(
    "Attributes come back as they were, of the file and of a variable",
    arguments: [
      "fuer_elise", "", "Für Elise ♪", 7, -1, .integer(.max), .integer(Int(Int32.min)), 0.1, -0.0,
    ] as [NetCDFAttribute])
  func attributes(value: NetCDFAttribute) throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("attributes.nc").path
      let writer = try NetCDFWriter(creating: path)
      try writer.addVariable(
        "weight", Double.self, dimensions: [], units: "mV", meaning: "a weight")
      try writer.setAttribute("note", value)
      try writer.setAttribute("note", value, of: "weight")
      try writer.close()

      let file = try NetCDFFile(opening: path)
      #expect(try file.attribute("note") == value)
      #expect(try file.attribute("note", of: "weight") == value)
      #expect(try file.attribute("units", of: "weight") == "mV")
      #expect(try file.attribute("long_name", of: "weight") == "a weight")
      #expect(try file.attribute("units") == nil)
    }
  }

  @Test("A file that is not completed leaves nothing behind, and an older one as it was")
  func dropped() throws {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("kept.nc")
      try Data("older".utf8).write(to: url)
      do {
        let writer = try NetCDFWriter(creating: url.path)
        try writer.addDimension("neuron", length: 3)
      }
      #expect(try contents(folder) == ["kept.nc"])
      #expect(try Data(contentsOf: url) == Data("older".utf8))
    }
  }

  @Test("A file in which something went wrong is never completed")
  func failed() throws {
    try withTemporaryFolder { folder in
      let writer = try NetCDFWriter(creating: folder.appendingPathComponent("wrong.nc").path)
      try writer.addDimension("neuron", length: 3)
      let first = #expect(throws: NetCDFError.self) {
        try writer.addDimension("neuron", length: 4)
      }
      #expect(throws: try #require(first)) { try writer.close() }
      #expect(try contents(folder).isEmpty)
    }
  }

  @Test("An older file is replaced")
  func replaced() throws {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("new.nc")
      try Data("older".utf8).write(to: url)
      try NetCDFWriter(creating: url.path).close()
      _ = try NetCDFFile(opening: url.path)
      #expect(try contents(folder) == ["new.nc"])
    }
  }

  @Test("A folder that is not there, and a device, are errors that name the path")
  func unwritable() throws {
    let missing = #expect(throws: NetCDFError.self) {
      try NetCDFWriter(creating: "/no/such/folder/a.nc")
    }
    #expect(missing.map { "\($0)".hasPrefix("/no/such/folder/a.nc: ") } == true)
    for path in ["/dev/null", "/tmp"] {
      #expect(throws: NetCDFError.notAnOrdinaryFile(path: path)) {
        try NetCDFWriter(creating: path)
      }
    }
  }

  @Test("Several threads can write at the same time")
  func threads() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("elise-sweep-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<16 {
        let path = folder.appendingPathComponent("\(index).nc").path
        group.addTask {
          let writer = try NetCDFWriter(creating: path)
          try writer.addDimension("record", length: nil)
          try writer.addVariable("value", Double.self, dimensions: ["record"])
          for record in 0..<50 { try writer.write("value", [Double(index)], at: record) }
          try writer.close()
          let read: [Double] = try NetCDFFile(opening: path).values("value", shape: [50])
          #expect(read.allSatisfy { $0 == Double(index) })
        }
      }
      try await group.waitForAll()
    }
  }
}

private func contents(_ folder: URL) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
}
