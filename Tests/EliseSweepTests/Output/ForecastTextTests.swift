import Testing

@testable import Runner
@testable import SweepPlan
@testable import elise_sweep

@Suite struct ForecastTextTests {
  /// A sweep of 1,200 trials of which 900 are left.
  static let forecast = Forecast(
    trials: 1_200, pending: 900, conditions: 60, scoreGroups: [.recall, .robustness],
    shortest: 3.234,
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

  @Test("The plan shows the time of the sweep and how many ranks are worth using")
  func wholeText() {
    #expect(
      Self.text(Self.forecast) == """
        size

          trials      1,200, of which 900 are left to run; the others are in results/size
          conditions  60
          scores      recall, robustness
          one trial   3.23 s to 2 min 8 s, from 300 finished trials and measured here in short runs of 1
                      network; less if the sequence is not recalled
          all trials  10 h 0 min of one core
          memory      42 MB for each rank

          ranks        time    busy  coordinator
              1  10 h 0 min   100 %      < 0.1 %
             64  9 min 31 s  98.5 %       0.12 %
          1,024   2 min 9 s  27.4 %       2.00 %

        These times hold for an idle machine whose cores are as fast as this one.
        busy: the part of the time in which cores run trials. coordinator: the part of the time in which
        rank 0 sends trials to ranks.
        The longest trial takes 2 min 8 s; no number of ranks makes the sweep shorter.
        One coordinator serves up to 1,300,000 ranks with trials of this length.
        """)
  }

  @Test("If ranks have several threads, the plan shows the threads of all ranks")
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

  @Test("The plan of a search shows the least and the most")
  func search() {
    var forecast = Self.forecast
    forecast.choice = .init(
      units: .searches(key: "sequence_length", beyond: 2), count: 60, ended: 12, finished: 310,
      left: 190...240,
      coreSeconds: 12_000...36_000)
    forecast.schedules = [
      .init(
        ranks: 1, threads: 1, seconds: 36_000.4, leastSeconds: 12_000, bound: 36_000,
        coordinatorLoad: 0.0000004, efficiency: 0.99999)
    ]
    let text = Self.text(forecast)
    for line in [
      "  trials      190 to 240 left to run, 310 finished in results/size; the full grid has 1,200\n",
      "  searches    60 along sequence_length, of which 12 have ended\n",
      "  verified    up to 2 values beyond each frontier\n",
      "  all trials  3 h 20 min to 10 h 0 min of one core\n",
      "      1  3 h 20 min to 10 h 0 min  100 %      < 0.1 %\n",
      "Until a search has found its frontier, its trials run one after the other",
    ] {
      #expect(text.contains(line), "\(text)")
    }
    forecast.choice = .init(
      units: .searches(key: "sequence_length", beyond: 2), count: 60, ended: 0, finished: 0,
      left: 300...300,
      coreSeconds: 36_000...36_000)
    #expect(Self.text(forecast).contains("  trials      300; the full grid has 1,200\n"))
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
          conditions  60
          scores      recall, robustness

        Nothing is left to run.
        """)
  }

  @Test("Trials that do not fit into the memory are neither finished nor left to run")
  func tooLarge() {
    var forecast = Self.forecast
    forecast.tooLarge = (
      count: 100, memory: TrialMemory(network: 1e12, record: 0, neurons: 100_000)
    )
    let words = Self.text(forecast).split { $0.isWhitespace }.joined(separator: " ")
    #expect(
      words.contains(
        "1,200, of which 900 are left to run; 200 are in results/size; 100 of them need more memory than "
          + "this machine has"))
    (forecast.trials, forecast.pending) = (3, 1)
    forecast.tooLarge?.count = 1
    #expect(
      Self.text(forecast).contains(
        "3, of which 1 is left to run; 1 is in results/size; 1 of them needs more memory"))
    forecast.trials = 1_200
    forecast.pending = 0
    forecast.tooLarge?.count = 1_200
    #expect(
      Self.text(forecast) == """
        size

          trials      1,200; 1,200 of them need more memory than this machine has
          conditions  60
          scores      recall, robustness

        Nothing that fits into the memory is left to run.
        """)
  }
}
