import Testing

@testable import Runner
@testable import SweepPlan
@testable import elise_sweep

@Suite struct ProgressLineTests {
  /// What a run of ten trials shows, of which three are done and one of these failed.
  private static let progress = SweepRun.Progress(
    before: 2, done: 3, failed: 1, total: 12, fraction: 0.25, elapsed: 60, modelled: 100,
    longest: 20)

  @Test("The end is predicted from the remaining work, not from the number of trials")
  func remainingWork() {
    #expect(Self.progress.remaining == 180)
    let text = ProgressLine.text(Self.progress, now: 1_000_000)
    #expect(text.hasPrefix("5/12 trials, 1 failed, 25 % of the work, 180 trials/h, ends "))
    #expect(text.hasSuffix(" (in 3 min 0 s)"))
  }

  @Test("No run ends before its longest trial does") func longestTrial() {
    var progress = Self.progress
    (progress.fraction, progress.longest) = (0.98, 400)
    #expect(progress.remaining == 400)
  }

  @Test("Before anything is done, the model's guess counts")
  func nothingDone() {
    var progress = Self.progress
    (progress.done, progress.failed, progress.fraction) = (0, 0, 0)
    #expect(progress.remaining == 40)
    #expect(ProgressLine.text(progress, now: 0).hasPrefix("2/12 trials, 0 % of the work, ends "))
  }

  /// If this fails, a run on a busy machine says that it ends now before its first trial has.
  @Test("A run that has computed nothing in the expected time shows no end")
  func slowerThanExpected() {
    var progress = Self.progress
    (progress.done, progress.failed, progress.fraction) = (0, 0, 0)
    (progress.elapsed, progress.longest) = (200, 0)
    #expect(ProgressLine.text(progress, now: 0) == "2/12 trials, 0 % of the work")
  }

  @Test("The pace of the last minutes decides") func recentPace() {
    var progress = Self.progress
    progress.pace = 0.001
    #expect(progress.remaining == 750)
  }

  @Test("A finished run shows no expected end") func allDone() {
    var progress = Self.progress
    (progress.done, progress.fraction) = (10, 1)
    #expect(
      ProgressLine.text(progress, now: 0)
        == "12/12 trials, 1 failed, 100 % of the work, 600 trials/h")
  }

  /// If this fails, `make run` seems to hang at first, or the log of a long run is full of progress.
  @Test("A log file gets a line after a second and then fewer and fewer, a terminal many")
  func intervals() {
    #expect(ProgressLine.interval(isTerminal: true, elapsed: 10_000) == 0.5)
    #expect(ProgressLine.interval(isTerminal: false, elapsed: 0.1) == 1)
    #expect(ProgressLine.interval(isTerminal: false, elapsed: 8) == 4)
    #expect(ProgressLine.interval(isTerminal: false, elapsed: 30) == 10)
    #expect(ProgressLine.interval(isTerminal: false, elapsed: 300) == 30)
    #expect(ProgressLine.interval(isTerminal: false, elapsed: 100_000) == 60)
  }
}
