import Testing

@testable import Runner
@testable import SweepPlan
@testable import elise_sweep

@Suite struct ForecastTextTests {
  /// A sweep of 1,200 trials of which 900 are left.
  static let forecast = Forecast(
    trials: 1_200, pending: 900, cells: 60, tests: [.recall, .robustness], shortest: 3.234,
    longest: 128.4, coreSeconds: 36_000, memory: 41_300_000, finishedTrials: 300,
    measuredNetworks: 1,
    schedules: [
      .init(
        ranks: 1, threads: 1, seconds: 36_000.4, bound: 36_000, coordinatorLoad: 0.0000004,
        efficiency: 0.99999),
      .init(
        ranks: 64, threads: 64, seconds: 571, bound: 562.5, coordinatorLoad: 0.0012,
        efficiency: 0.9851),
      .init(
        ranks: 1_024, threads: 1_024, seconds: 128.5, bound: 128.4, coordinatorLoad: 0.02,
        efficiency: 0.2736),
    ], saturation: 1_333_333)

  private static func text(_ forecast: Forecast, threads: Int = 1) -> String {
    ForecastText(forecast, name: "size", folder: "results/size", threads: threads).text
  }

  @Test("A scientist reads at once what the sweep takes and how many ranks are worth it")
  func wholeText() {
    #expect(
      Self.text(Self.forecast) == """
        size

          trials      1,200, of which 900 are left to run; the others are in results/size
          grid cells  60
          tests       recall, robustness
          one trial   3.23 s to 2 min 8 s, from 300 finished trials and measured here on short runs of 1
                      network; less where the sequence is not recalled
          all trials  10 h 0 min of one core
          memory      42 MB for each rank

          ranks        time    busy  coordinator
              1  10 h 0 min   100 %      < 0.1 %
             64  9 min 31 s  98.5 %       0.12 %
          1,024   2 min 9 s  27.4 %       2.00 %

        busy: the part of all cores' time that goes into trials; coordinator: how busy rank 0 is with
        handing them out.
        No number of ranks makes it shorter than the longest trial, 2 min 8 s.
        One coordinator serves up to 1,300,000 ranks with trials of this length.
        """)
  }

  @Test("Where ranks have several threads, the threads of all are told")
  func threads() {
    var forecast = Self.forecast
    forecast.schedules = [
      .init(
        ranks: 2, threads: 16, seconds: 20, bound: 20, coordinatorLoad: 0, efficiency: 1)
    ]
    #expect(
      Self.text(forecast, threads: 8).contains(
        """
          ranks  threads    time   busy  coordinator
              2       16  20.0 s  100 %       0.00 %
        """))
  }

  @Test("A search says what it takes at least and at most")
  func search() {
    var forecast = Self.forecast
    forecast.searches = .init(
      key: "sequence_length", count: 60, ended: 12, finished: 310, left: 190...240,
      coreSeconds: 12_000...36_000)
    forecast.schedules = [
      .init(
        ranks: 1, threads: 1, seconds: 36_000.4, leastSeconds: 12_000, bound: 36_000,
        coordinatorLoad: 0.0000004, efficiency: 0.99999)
    ]
    let text = Self.text(forecast)
    for line in [
      "  trials      190 to 240 left to run, beside 310 in results/size, of 1,200 in the full grid\n",
      "  searches    60 along sequence_length, of which 12 have ended\n",
      "  all trials  3 h 20 min to 10 h 0 min of one core\n",
      "      1  3 h 20 min to 10 h 0 min  100 %      < 0.1 %\n",
      "more ranks than searches are of no use.",
    ] {
      #expect(text.contains(line), "\(text)")
    }
    forecast.searches = .init(
      key: "sequence_length", count: 60, ended: 0, finished: 0, left: 300...300,
      coreSeconds: 36_000...36_000)
    #expect(Self.text(forecast).contains("  trials      300, of 1,200 in the full grid\n"))
    #expect(Self.text(forecast).contains("  all trials  10 h 0 min of one core\n"))
  }

  @Test("A finished sweep has nothing left to run")
  func nothingLeft() {
    var forecast = Self.forecast
    forecast.pending = 0
    #expect(
      Self.text(forecast) == """
        size

          trials      1,200, all of them in results/size
          grid cells  60
          tests       recall, robustness

        Nothing is left to run.
        """)
  }

  @Test(
    "Numbers are short and no more exact than they are certain",
    arguments: [
      (0.0000123, "12 µs"), (0.00123, "1.23 ms"), (0.0456, "45.6 ms"), (0.789, "789 ms"),
      (0.9999, "1.00 s"), (0.000_999_9, "1.00 ms"), (1, "1.00 s"), (45.67, "45.7 s"),
      (99.6, "1 min 40 s"), (99.4, "99.4 s"),
      (100, "1 min 40 s"), (7_325, "2 h 2 min"),
    ])
  func durations(seconds: Double, text: String) {
    #expect(ForecastText.duration(seconds) == text)
  }

  @Test(
    "Large numbers have their thousands set apart",
    arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")])
  func numbers(value: Int, text: String) {
    #expect(ForecastText.number(value) == text)
  }

  @Test(
    "A bound is rounded downwards", arguments: [(7, 7), (99, 99), (129, 120), (18_999, 18_000)])
  func bounds(value: Int, rounded: Int) {
    #expect(ForecastText.rounded(value) == rounded)
  }
}
