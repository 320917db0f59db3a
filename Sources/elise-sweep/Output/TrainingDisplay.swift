import Scores
import SweepPlan

/// A free test as a line of a learning curve.
enum LearningCurve {
  private static let barWidth = 40

  /// The line of a test: training cycle, correlation, and a bar of that length.
  static func text(_ test: FreeTest) -> String {
    let correlation = test.correlation ?? 0
    let bar = String(
      repeating: "#", count: Int((max(0, correlation) * Double(barWidth)).rounded()))
    let cycle = String(test.cycle)
    let number = Decimals.text(correlation, 3)
    return "cycle " + String(repeating: " ", count: max(0, 6 - cycle.count)) + cycle
      + "  correlation " + String(repeating: " ", count: max(0, 6 - number.count)) + number
      + (bar.isEmpty ? "" : "  " + bar)
  }
}

/// Shows a training: about twenty lines of a learning curve and, in a terminal, the notes of the latest
/// free test below the curve; then the notes of the replay.
struct TrainingDisplay {
  private static let lines = 20
  /// Time from one picture to the next.
  private static let pictureEvery = Duration.milliseconds(100)

  private let isLive: Bool
  private let columns: Int
  private let terminalLines: Int
  private let every: Int
  private var shown = 0
  private var pictureHeight = 0
  private var lastPicture: ContinuousClock.Instant?

  /// Prepares the display of a training.
  ///
  /// - Parameters:
  ///   - freeTests: The number of free tests.
  ///   - isLive: Whether a picture may replace the last one.
  init(freeTests: Int, isLive: Bool = Console.hasColours) {
    every = max(1, (freeTests + Self.lines - 1) / Self.lines)
    self.isLive = isLive
    columns = Console.isTerminal ? Console.columns : 100
    terminalLines = Console.lines
  }

  /// Shows a free test and, if it is time for a picture, its notes, if it has some.
  mutating func show(_ test: FreeTest, notes: () -> NoteRaster?) {
    if shown == 0 {
      Console.note("free tests during training, with the teacher off: correlation with the target")
    }
    defer { shown += 1 }
    let isLineDue = shown.isMultiple(of: every)
    let isPictureDue =
      isLive && (lastPicture.map { $0.duration(to: .now) >= Self.pictureEvery } ?? true)
    guard isLineDue || isPictureDue else { return }
    erasePicture()
    if isLineDue { Console.note(LearningCurve.text(test)) }
    guard isLive else { return }
    lastPicture = .now
    guard let raster = notes(), raster.height + 2 < terminalLines else { return }
    let heading = "free test in cycle \(test.cycle), \(raster.summary)"
    let lines = [String(heading.prefix(columns))] + raster.lines(columns: columns, coloured: true)
    Console.note(lines.joined(separator: "\n"))
    pictureHeight = lines.count
  }

  /// Shows the notes of the last replay cycle of a pattern.
  mutating func showReplay(_ raster: NoteRaster, of name: String) {
    erasePicture()
    let lines =
      ["", "replay of \(name) after training, last scored cycle: \(raster.summary)"]
      + raster.lines(columns: columns, coloured: isLive)
    Console.note(lines.joined(separator: "\n"))
  }

  /// Ends the display; the scores follow.
  mutating func finish() {
    erasePicture()
    Console.note("\nscores of the replay; cycles_to_criterion is that of the free tests")
  }

  /// Clears the last picture.
  private mutating func erasePicture() {
    guard pictureHeight > 0 else { return }
    Console.raw("\u{1B}[\(pictureHeight)A\r\u{1B}[J")
    pictureHeight = 0
  }
}
