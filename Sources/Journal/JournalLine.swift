import CXXHash
import SweepPlan

/// One line of the journal: a finished trial as JSON, with a checksum over the rest of the line.
///
/// `{"checksum":"…16 hex…","trial":"…32 hex…","status":"done","tests":"recall","content":{…}}`
///
/// What a resumed run needs, identity, status and tests, stands at fixed places before the content, which
/// is decoded only when tables are written.
public struct JournalLine: Equatable, Sendable {
  /// The identity of the trial.
  public let trial: TrialID

  /// How it ended.
  public let status: TrialStatus

  /// What was measured.
  public let scoreGroups: Set<ScoreGroup>

  /// The JSON object that describes the trial and its results.
  public let content: [UInt8]

  /// Creates a line from the JSON of its content.
  public init(
    trial: TrialID, status: TrialStatus, scoreGroups: some Sequence<ScoreGroup>, content: [UInt8]
  ) {
    self.trial = trial
    self.status = status
    self.scoreGroups = Set(scoreGroups)
    self.content = content
  }

  private static let opening = Array(#"{"checksum":""#.utf8)
  private static let afterChecksum = Array(#"","#.utf8)
  private static let beforeTrial = Array(#""trial":""#.utf8)
  private static let beforeStatus = Array(#"","status":""#.utf8)
  private static let beforeTests = Array(#"","tests":""#.utf8)
  private static let beforeContent = Array(#"","content":"#.utf8)
  private static let closing = UInt8(ascii: "}")

  /// The bytes of the line, without the newline that ends it.
  public var bytes: [UInt8] {
    let body =
      Self.beforeTrial + Array(trial.description.utf8) + Self.beforeStatus
      + Array(status.rawValue.utf8) + Self.beforeTests + Array(testNames.utf8)
      + Self.beforeContent + content + [Self.closing]
    let checksum = String(body.withUnsafeBufferPointer(JournalEnvelope.checksum), radix: 16)
    return Self.opening + Array(repeating: UInt8(ascii: "0"), count: 16 - checksum.utf8.count)
      + Array(checksum.utf8) + Self.afterChecksum + body
  }

  /// The tests as they are named in a line.
  private var testNames: String {
    ScoreGroup.allCases.filter(scoreGroups.contains).map(\.rawValue).joined(separator: ",")
  }

  /// Reads a line; nil where it is damaged or was written only in part.
  public init?(_ line: ArraySlice<UInt8>) {
    var known = JournalEnvelope.KnownTests()
    guard let envelope = line.withUnsafeBufferPointer({ JournalEnvelope($0, known: &known) })
    else { return nil }
    self.init(
      trial: envelope.trial, status: envelope.status, scoreGroups: envelope.scoreGroups,
      content: Array(line.dropFirst(envelope.content.lowerBound).prefix(envelope.content.count)))
  }
}

/// What stands in a line of the journal before its content, and where the content is.
///
/// That is all a resumed run needs of a line, so it is read without decoding any JSON.
struct JournalEnvelope {
  /// The identity of the trial.
  let trial: TrialID
  /// How it ended.
  let status: TrialStatus
  /// What was measured.
  let scoreGroups: Set<ScoreGroup>
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
      let scoreGroups = known.scoreGroups(names), cursor.skip(#"","content":"#),
      line.last == UInt8(ascii: "}"), cursor.position < line.count
    else { return nil }
    self.trial = trial
    self.status = status
    self.scoreGroups = scoreGroups
    content = cursor.position..<line.count - 1
  }

  /// Tests by the text that names them.
  struct KnownTests {
    private var names: [UInt8] = []
    private var scoreGroups: Set<ScoreGroup> = []

    /// The tests that a text names, separated by commas; nil where it names anything else.
    mutating func scoreGroups(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Set<ScoreGroup>? {
      if names.elementsEqual(text) { return scoreGroups }
      let words = String(decoding: text, as: UTF8.self).split(separator: ",")
      let named = words.compactMap { ScoreGroup(rawValue: String($0)) }
      guard named.count == words.count else { return nil }
      names = Array(text)
      scoreGroups = Set(named)
      return scoreGroups
    }
  }

  /// The checksum of everything behind it, XXH3 with 64 bits.
  static func checksum(_ body: UnsafeBufferPointer<UInt8>) -> UInt64 {
    XXH3_64bits(body.baseAddress, body.count)
  }
}
