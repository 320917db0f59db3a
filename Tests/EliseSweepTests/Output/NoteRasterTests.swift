import NeuralCore
import Testing

@testable import elise_sweep

@Suite struct NoteRasterTests {
  /// Three neurons and four notes, of which the second is missed and the third has one too many.
  private static let raster = NoteRaster(
    [true, false, false, false, false, false, false, true, true, true, false, false],
    against: Pattern(
      name: "p",
      columns: [
        [true, false, false], [false, true, false], [false, false, true], [true, false, false],
      ]))

  @Test("A picture shows what is right, missed, wrong and silent") func picture() {
    #expect(Self.raster.summary == "2 of 4 notes right")
    #expect(
      Self.raster.lines(columns: 80, coloured: false) == [
        "3  . . # .", "2  . o x .", "1  # . . #", "  # right  o missed  x wrong  . silent",
      ])
    #expect(Self.raster.height == 4)
  }

  @Test("A narrow terminal gets no spaces, and then only the first notes") func narrow() {
    #expect(Self.raster.lines(columns: 10, coloured: false)[0] == "3 ..#.")
    let lines = Self.raster.lines(columns: 7, coloured: false)
    #expect(lines[0] == "3 ..#")
    #expect(lines[3].hasSuffix("  (the first 3 of 4 notes)"))
  }

  @Test("Without colours there is nothing but plain characters") func plain() {
    let isPlain = { (line: String) in line.unicodeScalars.allSatisfy { 32...126 ~= $0.value } }
    #expect(Self.raster.lines(columns: 80, coloured: false).allSatisfy(isPlain))
    let coloured = Self.raster.lines(columns: 80, coloured: true)
    #expect(coloured.contains { $0.contains("\u{1B}[34;1m#") })
  }
}
