import CXXHash
import SweepPlan

/// One line of the journal: a finished trial as JSON, with a checksum over the rest of the line.
///
/// `{"checksum":"…16 hex…","trial":"…32 hex…","status":"done","tests":"recall","content":{…}}`
///
/// A resumed run needs only identity, status and score groups. They come first, in a fixed order;
/// the content is decoded only when tables are written. The key of the groups is `tests`, as in
/// earlier versions.
public struct JournalLine: Equatable, Sendable {
  /// The identity of the trial.
  public let trial: TrialID

  /// Its status.
  public let status: TrialStatus

  /// The score groups that were measured.
  public let scoreGroups: Set<ScoreGroup>

  /// The JSON object that describes the trial and its results.
  public let content: [UInt8]

  /// Creates a line from the JSON of its content.
  public init(
    trial: TrialID, status: TrialStatus, scoreGroups: Set<ScoreGroup>, content: [UInt8]
  ) {
    self.trial = trial
    self.status = status
    self.scoreGroups = scoreGroups
    self.content = content
  }

  /// The bytes of the line, without the newline that ends it.
  public var bytes: [UInt8] {
    typealias Part = JournalEnvelope.Part
    func bytes(_ part: StaticString) -> UnsafeBufferPointer<UInt8> {
      UnsafeBufferPointer(start: part.utf8Start, count: part.utf8CodeUnitCount)
    }
    var line: [UInt8] = []
    line.reserveCapacity(content.count + 200)
    line += bytes(Part.checksum)
    let checksum = line.count
    line += repeatElement(UInt8(ascii: "0"), count: 16)
    line += bytes(Part.body)
    let body = line.count
    line += bytes(Part.trial)
    line += trial.description.utf8
    line += bytes(Part.status)
    line += status.rawValue.utf8
    line += bytes(Part.scoreGroups)
    line += groupNames.utf8
    line += bytes(Part.content)
    line += content
    line.append(UInt8(ascii: "}"))
    let digits = line.withUnsafeBufferPointer { line in
      String(JournalEnvelope.checksum(UnsafeBufferPointer(rebasing: line[body...])), radix: 16)
    }
    for (place, digit) in zip(checksum + 16 - digits.utf8.count..<checksum + 16, digits.utf8) {
      line[place] = digit
    }
    return line
  }

  /// The score groups as a line names them.
  private var groupNames: String {
    ScoreGroup.allCases.filter(scoreGroups.contains).map(\.rawValue).joined(separator: ",")
  }

  /// Reads a line; nil if it is damaged or was written only in part.
  public init?(_ line: ArraySlice<UInt8>) {
    var known = JournalEnvelope.KnownGroups()
    guard let envelope = line.withUnsafeBufferPointer({ JournalEnvelope($0, known: &known) })
    else { return nil }
    self.init(
      trial: envelope.trial, status: envelope.status, scoreGroups: envelope.scoreGroups,
      content: Array(line.dropFirst(envelope.content.lowerBound).prefix(envelope.content.count)))
  }
}

/// The part of a journal line before its content, and the location of the content.
///
/// A resumed run needs no more of a line, so no JSON is decoded.
struct JournalEnvelope {
  /// The identity of the trial.
  let trial: TrialID
  /// Its status.
  let status: TrialStatus
  /// The score groups that were measured.
  let scoreGroups: Set<ScoreGroup>
  /// The range of the content's JSON within the line.
  let content: Range<Int>

  /// The text before each value of a line.
  enum Part {
    static let checksum: StaticString = #"{"checksum":""#
    static let body: StaticString = #"","#
    static let trial: StaticString = #""trial":""#
    static let status: StaticString = #"","status":""#
    static let scoreGroups: StaticString = #"","tests":""#
    static let content: StaticString = #"","content":"#
  }

  /// Reads a line without the newline that ends it; nil if it is damaged or was written only in
  /// part.
  ///
  /// - Parameter known: The score groups of an earlier line, which most lines of a journal share.
  init?(_ line: UnsafeBufferPointer<UInt8>, known: inout KnownGroups) {
    var cursor = ByteCursor(line)
    guard cursor.skip(Part.checksum), let checksum = cursor.take(16), cursor.skip(Part.body)
    else { return nil }
    let body = UnsafeBufferPointer(rebasing: cursor.rest)
    guard Self.checksum(body) == ContentHash.number(checksum), cursor.skip(Part.trial),
      let trial = cursor.take(32).flatMap({ TrialID(digits: $0) }), cursor.skip(Part.status),
      let word = cursor.take(until: UInt8(ascii: "\"")),
      let status = TrialStatus.allCases.first(where: { $0.rawValue.utf8.elementsEqual(word) }),
      cursor.skip(Part.scoreGroups), let names = cursor.take(until: UInt8(ascii: "\"")),
      let scoreGroups = known.scoreGroups(names), cursor.skip(Part.content),
      line.last == UInt8(ascii: "}"), cursor.position < line.count
    else { return nil }
    self.trial = trial
    self.status = status
    self.scoreGroups = scoreGroups
    content = cursor.position..<line.count - 1
  }

  /// Score groups by the text that names them.
  struct KnownGroups {
    private var names: [UInt8] = []
    private var scoreGroups: Set<ScoreGroup> = []

    /// The score groups that a text names, separated by commas; nil if it names anything else.
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

  /// The checksum of the rest of the line: 64-bit XXH3.
  static func checksum(_ body: UnsafeBufferPointer<UInt8>) -> UInt64 {
    XXH3_64bits(body.baseAddress, body.count)
  }
}

/// The location of the content in lines with the same score groups.
public struct JournalLayout: Sendable {
  /// The score groups that were measured.
  let scoreGroups: Set<ScoreGroup>
  /// The number of bytes before the content, without those of the status.
  private let header: Int

  /// The layout of lines with some score groups.
  public init(_ scoreGroups: [ScoreGroup]) {
    self.scoreGroups = Set(scoreGroups)
    let empty = JournalLine(
      trial: ContentHash(high: 0, low: 0), status: .done, scoreGroups: self.scoreGroups, content: []
    )
    header = empty.bytes.count - 1 - TrialStatus.done.rawValue.utf8.count
  }

  /// The offset of the content in a line with a status.
  func contentOffset(_ status: TrialStatus) -> Int { header + status.rawValue.utf8.count }
}
