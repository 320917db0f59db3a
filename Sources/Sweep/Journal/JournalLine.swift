import CXXHash

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
    return Self.opening + Array(Self.checksum(body[...]).utf8) + Self.afterChecksum + body
  }

  private var testNames: String {
    SweepTest.allCases.filter(tests.contains).map(\.rawValue).joined(separator: ",")
  }

  /// Reads a line; nil where it is damaged or was written only in part.
  public init?(_ line: ArraySlice<UInt8>) {
    var rest = line
    func skip(_ expected: [UInt8]) -> Bool {
      guard rest.starts(with: expected) else { return false }
      rest = rest.dropFirst(expected.count)
      return true
    }
    func take(_ count: Int) -> String {
      defer { rest = rest.dropFirst(count) }
      return String(decoding: rest.prefix(count), as: UTF8.self)
    }
    guard skip(Self.opening) else { return nil }
    let checksum = take(16)
    guard skip(Self.afterChecksum), checksum == Self.checksum(rest) else { return nil }
    func takeWord() -> String? {
      rest.firstIndex(of: UInt8(ascii: "\"")).map { take($0 - rest.startIndex) }
    }
    guard skip(Self.beforeTrial), let trial = TrialID(take(32)), skip(Self.beforeStatus),
      let status = takeWord().flatMap(TrialStatus.init(rawValue:)), skip(Self.beforeTests),
      let names = takeWord()?.split(separator: ","), skip(Self.beforeContent),
      rest.last == Self.closing
    else { return nil }
    let tests = names.compactMap { SweepTest(rawValue: String($0)) }
    guard tests.count == names.count else { return nil }
    self.init(trial: trial, status: status, tests: tests, content: Array(rest.dropLast()))
  }

  /// XXH3 of the body, 16 hexadecimal digits.
  private static func checksum(_ body: ArraySlice<UInt8>) -> String {
    let hash = body.withUnsafeBytes { XXH3_64bits($0.baseAddress, $0.count) }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
