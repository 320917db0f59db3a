import Testing

@testable import Sweep

@Suite struct DispatchMessageTests {
  /// If this fails, a result is taken for that of another trial.
  @Test(arguments: [0, 1, 255, 256, 65_536, 1_000_000, Int(UInt32.max) + 1, Int.max])
  func numberAndBytesSurvive(number: Int) {
    for bytes in [[], [0], Array(UInt8.min...UInt8.max)] as [[UInt8]] {
      let (decoded, rest) = NumberedMessage.decode(NumberedMessage.encode(number, bytes))
      #expect(decoded == number)
      #expect(Array(rest) == bytes)
    }
  }

  /// If this fails, ranks of one job disagree about how a trial ended.
  @Test func statusesHaveCodes() {
    for status in TrialStatus.allCases { #expect(TrialStatus(code: status.code) == status) }
    #expect(TrialStatus(code: UInt8(TrialStatus.allCases.count)) == nil)
    #expect(TrialStatus(code: 255) == nil)
  }
}
