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
  public let tests: Set<SweepTest>

  /// The JSON object that describes the trial and its results.
  public let content: [UInt8]

  /// Creates a line from the JSON of its content.
  public init(
    trial: TrialID, status: TrialStatus, tests: some Sequence<SweepTest>, content: [UInt8]
  ) {
    self.trial = trial
    self.status = status
    self.tests = Set(tests)
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
    SweepTest.allCases.filter(tests.contains).map(\.rawValue).joined(separator: ",")
  }

  /// Reads a line; nil where it is damaged or was written only in part.
  public init?(_ line: ArraySlice<UInt8>) {
    var known = JournalEnvelope.KnownTests()
    guard let envelope = line.withUnsafeBufferPointer({ JournalEnvelope($0, known: &known) })
    else { return nil }
    self.init(
      trial: envelope.trial, status: envelope.status, tests: envelope.tests,
      content: Array(line.dropFirst(envelope.content.lowerBound).prefix(envelope.content.count)))
  }
}
