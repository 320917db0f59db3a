import Testing

@testable import elise_sweep

/// If these fail, users misread durations and sizes.
@Suite struct NumberTextTests {
  @Test(
    "A duration has its two largest units",
    arguments: [
      (0.4, "0 s"), (59.4, "59 s"), (60, "1 min 0 s"), (3599, "59 min 59 s"),
      (3660, "1 h 1 min"), (90_000, "1 d 1 h"),
    ])
  func durations(seconds: Double, text: String) {
    #expect(NumberText.duration(seconds) == text)
  }

  @Test(
    "A predicted duration has three digits, no more than are certain",
    arguments: [
      (0.0000123, "12 µs"), (0.00123, "1.23 ms"), (0.0456, "45.6 ms"), (0.789, "789 ms"),
      (0.9999, "1.00 s"), (0.000_999_9, "1.00 ms"), (1, "1.00 s"), (45.67, "45.7 s"),
      (99.6, "1 min 40 s"), (99.4, "99.4 s"),
      (100, "1 min 40 s"), (7_325, "2 h 2 min"),
    ])
  func fineDurations(seconds: Double, text: String) {
    #expect(NumberText.fineDuration(seconds) == text)
  }

  @Test(
    "Thousands are separated",
    arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")])
  func numbers(value: Int, text: String) {
    #expect(NumberText.whole(value) == text)
  }

  @Test(
    "A bound is rounded down", arguments: [(7, 7), (99, 99), (129, 120), (18_999, 18_000)])
  func bounds(value: Int, rounded: Int) {
    #expect(NumberText.roundedDown(value) == rounded)
  }
}
