import Foundation
import NetCDF
import TestSupport
import Testing

struct NetCDFFileTests {
  /// A file with one variable of every type, `[2, 3]`.
  private func withFile(
    limit: Int = NetCDFFile.standardLimit, _ body: (NetCDFFile) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("file.nc").path
      let writer = try NetCDFWriter(creating: path)
      try writer.addDimension("row", length: 2)
      try writer.addDimension("column", length: 3)
      try writer.addVariable("real", Double.self, dimensions: ["row", "column"])
      try writer.addVariable("whole", Int32.self, dimensions: ["row", "column"])
      try writer.write("real", [0, 0.5, 1, 1.5, 2, 2.5])
      try writer.write("whole", [0, 1, 2, 3, 4, 300] as [Int32])
      try writer.setAttribute("text", "visible")
      try writer.setAttribute("number", 13)
      try writer.close()
      try body(NetCDFFile(opening: path, limit: limit))
    }
  }

  @Test("Whole numbers are read as doubles, but fractions never as whole numbers")
  func conversion() throws {
    try withFile { file throws in
      #expect(try file.values("whole", shape: [2, 3]) == [0, 1, 2, 3, 4, 300.0])
      #expect(
        throws: NetCDFError.wrongType(
          path: file.path, name: "real", found: "values of type double", allowed: "whole numbers")
      ) { try file.values("real", as: Int32.self, shape: [2, 3]) }
    }
  }

  @Test("A whole number that does not fit is an error, not another number")
  func doesNotFit() throws {
    try withFile { file throws in
      let error = #expect(throws: NetCDFError.self) {
        try file.values("whole", as: Int8.self, shape: [2, 3])
      }
      #expect(error.map { "\($0)".contains("whole: ") } == true)
    }
  }

  @Test(
    "Another shape than asked for is an error", arguments: [[2, 2], [6], [nil, 4], [2, 3, 1]])
  func shape(allowed: [Int?]) throws {
    try withFile { file throws in
      #expect(
        throws: NetCDFError.wrongShape(
          path: file.path, name: "real", found: [2, 3], allowed: allowed)
      ) { try file.values("real", as: Double.self, shape: allowed) }
    }
  }

  @Test("What is not there is an error that says what is missing")
  func missing() throws {
    try withFile { file throws in
      #expect(throws: NetCDFError.missing("variable", path: file.path, name: "x")) {
        try file.values("x", as: Double.self, shape: [1])
      }
      #expect(throws: NetCDFError.missing("dimension", path: file.path, name: "x")) {
        try file.length(ofDimension: "x")
      }
      #expect(throws: NetCDFError.missing("attribute", path: file.path, name: "x")) {
        try file.integer("x")
      }
      #expect(throws: NetCDFError.self) { try file.integer("text") }
      #expect(try file.integer("number") == 13)
      #expect(try !file.hasVariable("x"))
      #expect(try file.shape(ofVariable: "real") == [2, 3])
    }
  }

  @Test("The limit is the largest array that is read")
  func limit() throws {
    try withFile(limit: 6) { file throws in
      #expect(try file.values("real", as: Double.self, shape: [2, 3]).count == 6)
    }
    try withFile(limit: 5) { file throws in
      #expect(
        throws: NetCDFError.tooLarge(path: file.path, name: "real", shape: [2, 3], limit: 5)
      ) { try file.values("real", as: Double.self, shape: [2, 3]) }
    }
  }

  @Test("An array too large for any memory is refused", arguments: [1 << 20, 1 << 31, 1 << 40])
  func hugeArray(length: Int) throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("huge.nc").path
      let writer = try NetCDFWriter(creating: path)
      try writer.addDimension("neuron", length: length)
      try writer.addVariable(
        "weight", Double.self, dimensions: ["neuron", "neuron"],
        storage: NetCDFStorage(chunks: [1, 1024]))
      try writer.close()
      let file = try NetCDFFile(opening: path)
      let error = #expect(throws: NetCDFError.self) {
        try file.values("weight", as: Double.self, shape: [length, length])
      }
      #expect(error.map { "\($0)".contains("at most") } == true)
    }
  }

  @Test("What is no NetCDF file is an error that names the path")
  func notNetCDF() throws {
    try withTemporaryFolder { folder in
      let texts = ["", "x", "weights", "CDF\u{1}", "CDF\u{2}", "CDF\u{5}", "\u{89}HDF\r\n\u{1a}\n"]
      for (index, text) in texts.enumerated() {
        let url = folder.appendingPathComponent("\(index).nc")
        try Data(text.unicodeScalars.map { UInt8($0.value) }).write(to: url)
        let error = #expect(throws: NetCDFError.self) { try NetCDFFile(opening: url.path) }
        #expect(error.map { "\($0)".hasPrefix(url.path) } == true)
        if !text.hasSuffix("\u{1a}\n") { #expect(error == .notNetCDF4(path: url.path)) }
      }
    }
    #expect(throws: NetCDFError.notAnOrdinaryFile(path: "/tmp")) {
      try NetCDFFile(opening: "/tmp")
    }
  }

  @Test(
    "An address is the name of a local file, so that nothing is fetched from a server",
    arguments: ["http://localhost:1/a.nc", "file:///tmp#mode=zarr", "[mode=nczarr]/tmp/a", ""])
  func addresses(path: String) throws {
    #expect(throws: NetCDFError.self) { try NetCDFFile(opening: path) }
  }
}
