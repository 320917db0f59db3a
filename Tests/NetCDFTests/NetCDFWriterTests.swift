import Foundation
import NetCDF
import TestSupport
import Testing

/// Writes a file in a folder of its own, and reads it.
func withNetCDFFile(
  limit: Int = NetCDFFile.standardLimit, write: (NetCDFWriter) throws -> Void,
  read: (NetCDFFile) throws -> Void
) throws {
  try withTemporaryFolder { folder in
    let path = folder.appendingPathComponent("file.nc").path
    let writer = try NetCDFWriter(creating: path)
    try write(writer)
    try writer.close()
    try read(NetCDFFile(opening: path, limit: limit))
  }
}

struct NetCDFWriterTests {
  @Test(
    "Values are read as they were written, bit for bit, with every storage",
    arguments: [
      NetCDFStorage(), NetCDFStorage(deflate: 1), NetCDFStorage(checksum: true),
      NetCDFStorage(chunks: [2, 1], deflate: 9, checksum: true),
    ])
  func roundTrip(storage: NetCDFStorage) throws {
    let doubles = [-0.0, .leastNonzeroMagnitude, 1e308, -.greatestFiniteMagnitude, .infinity, 0.1]
    let floats: [Float] = [-0.0, .leastNonzeroMagnitude, 1e38, -.infinity, 0.1, 1]
    let wholes: [Int32] = [.min, -1, 0, 1, 2, .max]
    let flags: [Int8] = [-128, -127, 0, 1, 2, 127]
    try withNetCDFFile { writer in
      func add<Value: NetCDFValue>(_ name: String, _ values: [Value]) throws {
        try writer.addVariable(
          name, Value.self, dimensions: ["row", "column"], storage: storage)
        try writer.write(name, values)
      }
      try writer.addDimension("row", length: 3)
      try writer.addDimension("column", length: 2)
      try add("real", doubles)
      try add("single", floats)
      try add("whole", wholes)
      try add("flag", flags)
    } read: { file throws in
      let read: [Double] = try file.values("real", shape: [3, 2])
      #expect(read.map(\.bitPattern) == doubles.map(\.bitPattern))
      let single: [Float] = try file.values("single", shape: [3, 2])
      #expect(single.map(\.bitPattern) == floats.map(\.bitPattern))
      #expect(try file.type(ofVariable: "single") == .float)
      #expect(try file.values("single", shape: [3, 2]) == floats.map { Double($0) })
      // A conversion to single precision would lose digits without notice.
      #expect(throws: NetCDFError.self) { try file.values("real", as: Float.self, shape: [3, 2]) }
      #expect(try file.values("whole", shape: [3, nil]) == wholes)
      #expect(try file.values("flag", shape: [nil, nil]) == flags)
    }
  }

  @Test("Records are appended one after another, and values that are never written are NaN")
  func records() throws {
    try withNetCDFFile { writer in
      try writer.addDimension("record", length: nil)
      try writer.addDimension("neuron", length: 2)
      try writer.addVariable("rate", Double.self, dimensions: ["record", "neuron"])
      try writer.addVariable("number", Int32.self, dimensions: ["record"])
      try writer.addVariable("silent", Double.self, dimensions: ["neuron"])
      for record in 0..<5 {
        try writer.write("rate", [Double(record), -Double(record)], at: record)
        try writer.write("number", [Int32(record)], at: record)
      }
    } read: { file throws in
      #expect(try file.length(ofDimension: "record") == 5)
      #expect(try file.values("rate", shape: [nil, 2]) == [0, 0, 1, -1, 2, -2, 3, -3, 4.0, -4])
      #expect(try file.values("number", shape: [5]) == [0, 1, 2, 3, 4] as [Int32])
      let silent: [Double] = try file.values("silent", shape: [2])
      #expect(silent.allSatisfy { $0.isNaN })
    }
  }

  @Test("Values of a fixed length can be written in pieces, in any order")
  func pieces() throws {
    try withNetCDFFile { writer in
      try writer.addDimension("row", length: 5)
      try writer.addDimension("column", length: 2)
      try writer.addVariable("filled", Double.self, dimensions: ["row", "column"])
      try writer.addVariable(
        "bare", Float.self, dimensions: ["row"], storage: NetCDFStorage(isFilled: false))
      try writer.write("filled", [6.0, 7, 8, 9], at: 3)
      try writer.write("filled", [0.0, 1], at: 0)
      try writer.write("bare", [2, 3, 4] as [Float], at: 2)
      try writer.write("bare", [0, 1] as [Float], at: 0)
    } read: { file throws in
      let filled: [Double] = try file.values("filled", shape: [5, 2])
      #expect(filled.prefix(2) == [0, 1] && filled.suffix(4) == [6, 7, 8, 9])
      #expect(filled[2..<6].allSatisfy { $0.isNaN })
      #expect(try file.values("bare", shape: [5]) == [0, 1, 2, 3, 4] as [Float])
    }
  }

  @Test("A dimension without entries can be written and read")
  func empty() throws {
    try withNetCDFFile { writer in
      try writer.addDimension("edge", length: 0)
      try writer.addVariable("pre", Int32.self, dimensions: ["edge"])
      try writer.write("pre", [] as [Int32])
    } read: { file throws in
      #expect(try file.length(ofDimension: "edge") == 0)
      #expect(try file.values("pre", shape: [0]) == [] as [Int32])
    }
  }

  @Test(
    "Attributes of the file and of a variable are read as they were written",
    arguments: [
      "fuer_elise", "", "Für Elise ♪", 7, -1, .integer(.max), .integer(Int(Int32.min)), 0.1, -0.0,
      .flags([-2, 0, 127]),
    ] as [NetCDFAttribute])
  func attributes(value: NetCDFAttribute) throws {
    try withNetCDFFile { writer in
      try writer.addVariable(
        "weight", Double.self, dimensions: [], units: "mV", meaning: "a weight")
      try writer.setAttribute("note", value)
      try writer.setAttribute("note", value, of: "weight")
    } read: { file throws in
      #expect(try file.attribute("note") == value)
      #expect(try file.attribute("note", of: "weight") == value)
      #expect(try file.attribute("units", of: "weight") == "mV")
      #expect(try file.attribute("long_name", of: "weight") == "a weight")
      #expect(try file.attribute("units") == nil)
    }
  }

  /// If this fails, values on an axis of a cube that is not numeric cannot be selected by name.
  @Test("Texts and 64-bit integers are read as they were written")
  func texts() throws {
    let texts = ["elise", "", "Für Elise ♪", "a,\"b\"\nc"]
    let seeds: [Int64] = [.min, -1, 0, .max]
    try withNetCDFFile { writer in
      try writer.addDimension("model", length: texts.count)
      try writer.addTextVariable("model", dimension: "model", meaning: "variant")
      try writer.addVariable("seed", Int64.self, dimensions: ["model"])
      try writer.write("model", texts: texts)
      try writer.write("seed", seeds)
    } read: { file throws in
      #expect(try file.texts("model") == texts)
      #expect(try file.attribute("long_name", of: "model") == "variant")
      #expect(try file.values("seed", shape: [4]) == seeds)
    }
  }

  @Test("A writer that is not closed leaves no file, and keeps an older one")
  func released() throws {
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

  @Test("A writer whose call failed leaves no file")
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

  @Test("A missing folder and a device are errors that name the path")
  func unwritable() throws {
    let missing = #expect(throws: NetCDFError.self) {
      try NetCDFWriter(creating: "/no/such/folder/a.nc")
    }
    #expect(missing?.description.hasPrefix("/no/such/folder/a.nc: ") == true)
    for path in ["/dev/null", "/tmp"] {
      #expect(throws: NetCDFError.notAnOrdinaryFile(path: path)) {
        try NetCDFWriter(creating: path)
      }
    }
  }

  @Test("Several threads can write at the same time")
  func threads() throws {
    try withTemporaryFolder { folder in
      try onThreads(16) { index in
        let path = folder.appendingPathComponent("\(index).nc").path
        let writer = try NetCDFWriter(creating: path)
        try writer.addDimension("record", length: nil)
        try writer.addVariable("value", Double.self, dimensions: ["record"])
        for record in 0..<50 { try writer.write("value", [Double(index)], at: record) }
        try writer.close()
        let read: [Double] = try NetCDFFile(opening: path).values("value", shape: [50])
        #expect(read.allSatisfy { $0 == Double(index) })
      }
    }
  }

  private func contents(_ folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }
}
