import Foundation
import NetCDF
import TestSupport
import Testing

struct NetCDFTextTests {
  /// If this fails, the axes of a cube that are no numbers cannot be chosen by name.
  @Test("Texts, 64-bit integers and flags come back as they were")
  func roundTrip() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("texts.nc").path
      let texts = ["elise", "", "Für Elise ♪", "a,\"b\"\nc"]
      let writer = try NetCDFWriter(creating: path)
      try writer.addDimension("model", length: texts.count)
      try writer.addTextVariable("model", dimension: "model", meaning: "variant")
      try writer.addVariable("seed", Int64.self, dimensions: ["model"])
      try writer.setAttribute("flag_values", .flags([-2, 0, 127]), of: "seed")
      try writer.write("model", texts: texts)
      try writer.write("seed", [.min, -1, 0, .max] as [Int64])
      try writer.close()

      let file = try NetCDFFile(opening: path)
      #expect(try file.texts("model") == texts)
      #expect(try file.attribute("long_name", of: "model") == "variant")
      #expect(try file.values("seed", shape: [4]) == [.min, -1, 0, .max] as [Int64])
      #expect(try file.attribute("flag_values", of: "seed") == .flags([-2, 0, 127]))
    }
  }

  /// If this fails, a program reads numbers where there are texts.
  @Test("Texts are no numbers, and numbers no texts")
  func wrongTypes() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("texts.nc").path
      let writer = try NetCDFWriter(creating: path)
      try writer.addDimension("model", length: 1)
      try writer.addTextVariable("model", dimension: "model")
      try writer.addVariable("seed", Int32.self, dimensions: ["model"])
      try writer.write("model", texts: ["elise"])
      try writer.write("seed", [1] as [Int32])
      try writer.close()

      let file = try NetCDFFile(opening: path)
      #expect(
        throws: NetCDFError.wrongType(
          path: path, name: "model", found: "values of type string", allowed: "numbers")
      ) { let _: [Double] = try file.values("model", shape: [1]) }
      #expect(
        throws: NetCDFError.wrongType(
          path: path, name: "seed", found: "values of type int32", allowed: "strings")
      ) { try file.texts("seed") }
    }
  }
}
