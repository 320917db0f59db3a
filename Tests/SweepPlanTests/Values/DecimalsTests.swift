import Testing

@testable import SweepPlan

@Suite struct DecimalsTests {
  /// If this fails, the tables show other numbers than were measured.
  @Test(
    arguments: [
      (0, 3, "0.000"), (0.12345, 3, "0.123"), (0.9999, 3, "1.000"), (-1.25, 1, "-1.2"),
      (1e21, 0, "1000000000000000000000"), (2.5, 0, "2"), (3.5, 0, "4"), (1.0 / 3, 6, "0.333333"),
    ] as [(Double, Int, String)])
  func numbersAreRounded(value: Double, decimals: Int, text: String) {
    #expect(Decimals.text(value, decimals) == text)
  }

  /// If this fails, a reader takes a value of the sweep file, such as 0.15, for a measurement with four digits.
  @Test(
    arguments: [
      (0.15, "0.15"), (-0.5, "-0.5"), (0.12345, "0.1235"), (1.5, "1.5"), (1.99999, "2"),
      (99.996, "100"), (120.04, "120"), (1234.5, "1234"), (20, "20"), (1.5e-5, "1.50e-05"),
    ] as [(Double, String)])
  func shortNumbers(value: Double, text: String) {
    #expect(Decimals.short(value) == text)
  }

  /// If this fails, tables show a minus in front of nothing.
  @Test(arguments: [-0.0, -0.0001, -0.00049])
  func zeroHasNoSign(value: Double) {
    #expect(Decimals.text(value, 3) == "0.000")
  }

  /// If this fails, start and end in `provenance.json` and `costs.csv` are in local time or wrong.
  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000Z"), (1_000_000_000, "2001-09-09T01:46:40.000Z"),
    (951_782_400.5, "2000-02-29T00:00:00.500Z"), (4_102_444_799.25, "2099-12-31T23:59:59.250Z"),
  ])
  func timesAreUTC(seconds: Double, text: String) {
    #expect(Timestamp.text(seconds) == text)
  }
}
