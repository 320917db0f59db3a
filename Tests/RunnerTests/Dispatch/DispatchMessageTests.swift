import Testing

@testable import Runner
@testable import SweepPlan

@Suite struct DispatchMessageTests {
  private static let contents = [[], [0], Array(UInt8.min...UInt8.max)] as [[UInt8]]

  /// If this fails, a result is taken for that of another trial.
  @Test func finishedTrialsSurviveTheirWay() {
    var trials: [ResultMessage] = []
    for index in [0, 1, 255, 256, 65_536, 1_000_000, Int(UInt32.max) + 1, Int.max] {
      let scores = [nil, 0, 1, -0.30000000000000004] as [Double?]
      for (place, (status, line)) in zip(TrialStatus.allCases, Self.contents).enumerated() {
        for score in scores[place...] {
          trials.append(
            ResultMessage(
              index: index, status: status, seconds: 1 / (Double(index) + 3), score: score,
              line: line[...]))
        }
      }
    }
    var writer = ByteWriter()
    for trial in trials { trial.write(to: &writer) }
    var reader = ByteReader(writer.bytes)
    for trial in trials { #expect(ResultMessage(from: &reader) == trial) }
    #expect(reader.isAtEnd)
  }

  /// If this fails, a rank runs another trial than it was told.
  @Test func assignedTrialsSurviveTheirWay() {
    let trials = [0, 1, 255, 1 << 40].map(TrialMessage.init)
    var writer = ByteWriter()
    for trial in trials { trial.write(to: &writer) }
    var reader = ByteReader(writer.bytes)
    for trial in trials { #expect(TrialMessage(from: &reader) == trial) }
    #expect(reader.isAtEnd)
  }

  /// If this fails, ranks of one job disagree about how a trial ended.
  @Test func statusesHaveCodes() {
    for status in TrialStatus.allCases { #expect(TrialStatus(code: status.code) == status) }
    #expect(TrialStatus(code: UInt8(TrialStatus.allCases.count)) == nil)
    #expect(TrialStatus(code: 255) == nil)
  }
}
