import Parameters
import Testing

@testable import Report
@testable import SweepPlan

@Suite struct GnuplotTextTests {
  /// If this fails, the name of a file can run commands when a figure is drawn.
  @Test(arguments: [
    ("plain", "'plain'"), ("it's", "'it''s'"), ("a\nb\u{0}c", "'a b c'"),
    ("`touch x`", "'`touch x`'"), ("\u{202E}right", "' right'"), ("Für ♪", "'Für ♪'"),
    ("\r\nplot", "'  plot'"),
  ])
  func quotedTextsAreOneString(text: String, quoted: String) {
    #expect(GnuplotText.quoted(text) == quoted)
  }

  /// If this fails, a long path runs over the figure, or two paths look the same.
  @Test func longTextsKeepTheirEnd() {
    #expect(GnuplotText.shortened("abcdef", 6) == "abcdef")
    #expect(GnuplotText.shortened("abcdefg", 6) == "…cdefg")
    #expect(FigureWords.short(.text("patterns/sub/fuer_elise.txt")) == "fuer_elise")
  }

  /// If this fails, an axis says something else than the parameter is.
  @Test func labelsHaveUnits() throws {
    #expect(FigureWords.label(try #require(Parameter.named("delay_min"))) == "delay min (ms)")
    #expect(
      FigureWords.label(try #require(Parameter.named("training_cycles"))) == "training cycles")
    #expect(FigureWords.label(try #require(Parameter.named("latent"))) == "latent neurons")
  }

  /// If this fails, axes have unreadable numbers, or none.
  @Test func ticsAreRoundNumbers() {
    #expect(TicStep.linear(to: 1480, count: 5) == 500)
    #expect(TicStep.linear(to: 100, count: 5) == 20)
    #expect(TicStep.linear(to: 0.7, count: 4) == 0.2)
    #expect(TicStep.linear(to: 0, count: 4) == 1)
    #expect(TicStep.logarithmic(90...1100) == [100, 200, 500, 1000])
    #expect(TicStep.logarithmic(1...1_000_000) == [1, 10, 100, 1000, 10_000, 100_000, 1_000_000])
  }
}
