import Foundation
import NetCDF
import TestSupport
import Testing

struct NetCDFFileTests {
  /// A file with variables of three types.
  private func withFile(
    limit: Int = NetCDFFile.standardLimit, _ body: (NetCDFFile) throws -> Void
  ) throws {
    try withNetCDFFile(limit: limit) { writer in
      try writer.addDimension("row", length: 2)
      try writer.addDimension("column", length: 3)
      try writer.addVariable("real", Double.self, dimensions: ["row", "column"])
      try writer.addVariable("whole", Int32.self, dimensions: ["row", "column"])
      try writer.addTextVariable("model", dimension: "row")
      try writer.write("real", [0, 0.5, 1, 1.5, 2, 2.5])
      try writer.write("whole", [0, 1, 2, 3, 4, 300] as [Int32])
      try writer.write("model", texts: ["elise", "esn"])
      try writer.setAttribute("text", "visible")
      try writer.setAttribute("number", 13)
    } read: {
      try body($0)
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

  @Test("A whole number that does not fit is an error")
  func doesNotFit() throws {
    try withFile { file throws in
      let error = #expect(throws: NetCDFError.self) {
        try file.values("whole", as: Int8.self, shape: [2, 3])
      }
      #expect(error?.description.contains("whole: ") == true)
    }
  }

  @Test(
    "A shape other than the expected one is an error",
    arguments: [[2, 2], [6], [nil, 4], [2, 3, 1]])
  func shape(allowed: [Int?]) throws {
    try withFile { file throws in
      #expect(
        throws: NetCDFError.wrongShape(
          path: file.path, name: "real", found: [2, 3], allowed: allowed)
      ) { try file.values("real", as: Double.self, shape: allowed) }
    }
  }

  @Test("A missing variable, dimension or attribute is an error that names it")
  func missing() throws {
    try withFile { file throws in
      #expect(throws: NetCDFError.missing("variable", path: file.path, name: "x")) {
        try file.values("x", as: Double.self, shape: [1])
      }
      #expect(throws: NetCDFError.missing("dimension", path: file.path, name: "x")) {
        try file.length(ofDimension: "x")
      }
      let error = #expect(throws: NetCDFError.missing("attribute", path: file.path, name: "x")) {
        try file.integer("x")
      }
      #expect(error?.description == "\(file.path): got no attribute x; expected one")
      #expect(throws: NetCDFError.self) { try file.integer("text") }
      #expect(try file.integer("number") == 13)
      #expect(try !file.hasVariable("x"))
      #expect(try file.shape(ofVariable: "real") == [2, 3])
    }
  }

  @Test("An array at the limit is read, and a larger one is refused")
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

  @Test("An array too large for memory is refused", arguments: [1 << 20, 1 << 31, 1 << 40])
  func hugeArray(length: Int) throws {
    try withNetCDFFile { writer in
      try writer.addDimension("neuron", length: length)
      try writer.addVariable(
        "weight", Double.self, dimensions: ["neuron", "neuron"],
        storage: NetCDFStorage(chunks: [1, 1024]))
    } read: { file throws in
      let error = #expect(throws: NetCDFError.self) {
        try file.values("weight", as: Double.self, shape: [length, length])
      }
      #expect(error?.description.contains("at most") == true)
    }
  }

  @Test("Texts are not read as numbers, nor numbers as texts")
  func wrongTypes() throws {
    try withFile { file throws in
      #expect(
        throws: NetCDFError.wrongType(
          path: file.path, name: "model", found: "values of type string", allowed: "numbers")
      ) { try file.values("model", as: Double.self, shape: [2]) }
      #expect(
        throws: NetCDFError.wrongType(
          path: file.path, name: "whole", found: "values of type int32", allowed: "strings")
      ) { try file.texts("whole") }
    }
  }

  @Test("A file of another format is an error that names the path")
  func notNetCDF() throws {
    try withTemporaryFolder { folder in
      let texts = ["", "x", "weights", "CDF\u{1}", "CDF\u{2}", "CDF\u{5}", "\u{89}HDF\r\n\u{1a}\n"]
      for (index, text) in texts.enumerated() {
        let url = folder.appendingPathComponent("\(index).nc")
        try Data(text.unicodeScalars.map { UInt8($0.value) }).write(to: url)
        let error = #expect(throws: NetCDFError.self) { try NetCDFFile(opening: url.path) }
        #expect(error?.description.hasPrefix(url.path) == true)
        if !text.hasSuffix("\u{1a}\n") { #expect(error == .notNetCDF4(path: url.path)) }
      }
    }
    #expect(throws: NetCDFError.notAnOrdinaryFile(path: "/tmp")) {
      try NetCDFFile(opening: "/tmp")
    }
  }

  @Test(
    "A server's address is read as a local path, so that nothing is fetched from a server",
    arguments: ["http://localhost:1/a.nc", "file:///tmp#mode=zarr", "[mode=nczarr]/tmp/a", ""])
  func addresses(path: String) throws {
    #expect(throws: NetCDFError.self) { try NetCDFFile(opening: path) }
  }

  /// If this fails, a message about a file from elsewhere fills the terminal.
  @Test func longAttributesAreShortInMessages() {
    let text = NetCDFAttribute.text(String(repeating: "9", count: 1_000_000))
    #expect(text.description == "'" + String(repeating: "9", count: 60) + "…'")
    let flags = NetCDFAttribute.flags([Int8](repeating: 1, count: 1_000_000))
    #expect(flags.description == "1000000 flags")
  }
}
