import CXXHash

/// One line of the journal: a finished trial as JSON, with a checksum over the rest of the line.
///
/// `{"checksum":"…16 hex…","trial":"…32 hex…","status":"done","content":{…}}`
///
/// What a resumed run needs, identity and status, stands at fixed places before the content, which
/// is decoded only when tables are written.
public struct JournalLine: Equatable, Sendable {
  /// The identity of the trial.
  public let trial: TrialID

  /// How it ended.
  public let status: TrialStatus

  /// The JSON object that describes the trial and its results.
  public let content: [UInt8]

  /// Creates a line from the JSON of its content.
  public init(trial: TrialID, status: TrialStatus, content: [UInt8]) {
    self.trial = trial
    self.status = status
    self.content = content
  }

  private static let opening = Array(#"{"checksum":""#.utf8)
  private static let afterChecksum = Array(#"","#.utf8)
  private static let beforeTrial = Array(#""trial":""#.utf8)
  private static let beforeStatus = Array(#"","status":""#.utf8)
  private static let beforeContent = Array(#"","content":"#.utf8)
  private static let closing = UInt8(ascii: "}")

  /// The bytes of the line, without the newline that ends it.
  public var bytes: [UInt8] {
    let body =
      Self.beforeTrial + Array(trial.description.utf8) + Self.beforeStatus
      + Array(status.rawValue.utf8) + Self.beforeContent + content + [Self.closing]
    return Self.opening + Array(Self.checksum(body[...]).utf8) + Self.afterChecksum + body
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
    guard skip(Self.beforeTrial), let trial = TrialID(take(32)), skip(Self.beforeStatus),
      let end = rest.firstIndex(of: UInt8(ascii: "\"")),
      let status = TrialStatus(rawValue: take(end - rest.startIndex)), skip(Self.beforeContent),
      rest.last == Self.closing
    else { return nil }
    self.init(trial: trial, status: status, content: Array(rest.dropLast()))
  }

  /// XXH3 of the body, 16 hexadecimal digits.
  private static func checksum(_ body: ArraySlice<UInt8>) -> String {
    let hash = body.withUnsafeBytes { XXH3_64bits($0.baseAddress, $0.count) }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
