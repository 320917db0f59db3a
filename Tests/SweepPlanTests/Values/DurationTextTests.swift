import Testing

@testable import SweepPlan

@Suite struct DurationTextTests {
  /// If this fails, a job ends at another time than its script says.
  @Test(
    arguments: [
      ("90s", 90), ("55m", 3300), ("1.5h", 5400), ("2d", 172_800), ("0.5s", 0.5),
      ("", nil), ("5", nil), ("m", nil), ("-5m", nil), ("0m", nil), ("5 m", nil), ("5min", nil),
      ("infs", nil), ("0x10s", nil), ("nanh", nil), ("1e400d", nil), ("1e307d", nil),
    ] as [(String, Double?)])
  func reads(text: String, seconds: Double?) {
    #expect(DurationText.seconds(text) == seconds)
  }

  @Test(arguments: [
    (90, "1.5m"), (3300, "55m"), (5400, "1.5h"), (172_800, "2d"), (0.4, "0.4s"), (0, "0s"),
    (59, "59s"),
  ])
  func writes(seconds: Double, text: String) {
    #expect(DurationText.text(seconds) == text)
  }
}
