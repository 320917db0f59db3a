import CXXHash
import SweepPlan

/// What stands in a line of the journal before its content, and where the content is.
///
/// That is all a resumed run needs of a line, so it is read without decoding any JSON.
struct JournalEnvelope {
  /// The identity of the trial.
  let trial: TrialID
  /// How it ended.
  let status: TrialStatus
  /// What was measured.
  let tests: Set<SweepTest>
  /// Where the JSON of the content stands in the line.
  let content: Range<Int>

  /// Reads a line without the newline that ends it; nil where it is damaged or was written only in
  /// part.
  ///
  /// - Parameter known: The names of the tests of an earlier line with the tests that they name,
  ///   which most lines of a journal share.
  init?(_ line: UnsafeBufferPointer<UInt8>, known: inout KnownTests) {
    var cursor = ByteCursor(line)
    guard cursor.skip(#"{"checksum":""#), let checksum = cursor.take(16), cursor.skip(#"","#)
    else { return nil }
    let body = UnsafeBufferPointer(rebasing: cursor.rest)
    guard Self.checksum(body) == ContentHash.number(checksum), cursor.skip(#""trial":""#),
      let trial = cursor.take(32).flatMap({ TrialID(digits: $0) }), cursor.skip(#"","status":""#),
      let word = cursor.take(until: UInt8(ascii: "\"")),
      let status = TrialStatus.allCases.first(where: { $0.rawValue.utf8.elementsEqual(word) }),
      cursor.skip(#"","tests":""#), let names = cursor.take(until: UInt8(ascii: "\"")),
      let tests = known.tests(names), cursor.skip(#"","content":"#),
      line.last == UInt8(ascii: "}"), cursor.position < line.count
    else { return nil }
    self.trial = trial
    self.status = status
    self.tests = tests
    content = cursor.position..<line.count - 1
  }

  /// Tests by the text that names them.
  struct KnownTests {
    private var names: [UInt8] = []
    private var tests: Set<SweepTest> = []

    /// The tests that a text names, separated by commas; nil where it names anything else.
    mutating func tests(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Set<SweepTest>? {
      if names.elementsEqual(text) { return tests }
      let words = String(decoding: text, as: UTF8.self).split(separator: ",")
      let named = words.compactMap { SweepTest(rawValue: String($0)) }
      guard named.count == words.count else { return nil }
      names = Array(text)
      tests = Set(named)
      return tests
    }
  }

  /// The checksum of everything behind it, XXH3 with 64 bits.
  static func checksum(_ body: UnsafeBufferPointer<UInt8>) -> UInt64 {
    XXH3_64bits(body.baseAddress, body.count)
  }
}
