import Experiment
import FoundationEssentials
import Glibc
import SweepPlan

/// The part of a row's content that tables need: everything but the parameters, which the plan has.
public struct TrialScores: Equatable, Sendable {
  /// Why the trial did not succeed; nil if it did.
  public var reason: String?

  /// The values of the requested columns; NaN for a missing one.
  public var scores: [Double]

  /// The cost of the trial.
  public var cost: TrialCost
}

/// Reads results from the JSON of many rows.
///
/// Rows in the form that this version writes are parsed in place. Any other JSON of the same
/// meaning is left to Foundation's decoder, which takes fifty times as long.
public struct TrialScoresReader: Sendable {
  private let keys: [String]
  /// The same in journals of earlier versions, where they differ.
  private let formerKeys: [String?]

  /// - Parameter keys: The columns whose values are wanted, by ``ScoreColumn/key``.
  public init(_ keys: [String]) {
    self.keys = keys
    formerKeys = keys.map { ScoreColumn.formerKeys[$0] }
  }

  /// A value that no trial can have, with which tables could not compute.
  struct Implausible: Error {}

  /// Reads a row's content.
  ///
  /// - Throws: The errors of `JSONDecoder`, or ``Implausible``.
  public func read(_ json: [UInt8]) throws -> TrialScores {
    let read = try json.withUnsafeBufferPointer { readAsWritten($0) } ?? decode(json)
    guard (0...1e10).contains(read.cost.seconds), abs(read.cost.start) <= 1e12,
      read.scores.allSatisfy({ $0.isNaN || abs($0) <= 1e100 })
    else { throw Implausible() }
    return read
  }

  /// Reads any JSON with the keys of ``TrialRecord``.
  func decode(_ json: [UInt8]) throws -> TrialScores {
    struct Content: Decodable {
      var reason: String?
      var scores: ScoreValues
      var cost: TrialCost
    }
    let content = try JSONDecoder().decode(Content.self, from: Data(json))
    return TrialScores(
      reason: content.reason, scores: keys.map { content.scores[$0] ?? .nan }, cost: content.cost)
  }

  /// Reads the form of ``TrialRecord/json()``: sorted keys and no spaces. Nil for anything else,
  /// and if a text has escaped characters.
  func readAsWritten(_ json: UnsafeBufferPointer<UInt8>) -> TrialScores? {
    var cursor = ByteCursor(json)
    guard cursor.skip(#"{"cost":{"#) else { return nil }
    var coreSeconds: Double?
    if cursor.skip(#""coreSeconds":"#) {
      guard let seconds = cursor.takeNumber(), cursor.skip(",") else { return nil }
      coreSeconds = seconds
    }
    guard cursor.skip(#""host":"#), let host = cursor.takeText(),
      cursor.skip(#","rank":"#), let rank = cursor.takeNumber().flatMap(Int.init(exactly:)),
      cursor.skip(#","seconds":"#), let seconds = cursor.takeNumber(),
      cursor.skip(#","start":"#), let start = cursor.takeNumber(),
      cursor.skip(#","steps":"#), let steps = cursor.takeNumber().flatMap(Int.init(exactly:)),
      cursor.skip("}"),
      !cursor.skip(#","details":"#) || cursor.skipObject(),
      cursor.skip(#","inputs":"#), cursor.skipObject(),
      cursor.skip(#","parameters":"#), cursor.skipObject()
    else { return nil }
    var reason: String?
    if cursor.skip(#","reason":"#) {
      guard let text = cursor.takeText() else { return nil }
      reason = String(decoding: text, as: UTF8.self)
    }
    guard cursor.skip(#","scores":{"#), let scores = takeScores(&cursor), cursor.skip("}}"),
      cursor.rest.isEmpty
    else { return nil }
    return TrialScores(
      reason: reason, scores: scores,
      cost: TrialCost(
        rank: rank, host: String(decoding: host, as: UTF8.self), start: start, seconds: seconds,
        steps: steps, coreSeconds: coreSeconds))
  }

  private func takeScores(_ cursor: inout ByteCursor) -> [Double]? {
    var scores = [Double](repeating: .nan, count: keys.count)
    // All rows have their scores in the same order, so the next one usually follows the last.
    var guess = 0
    while cursor.rest.first != UInt8(ascii: "}") {
      guard let key = cursor.takeText(), cursor.skip(":"), let value = cursor.takeNumber(),
        cursor.skip(",") || cursor.rest.first == UInt8(ascii: "}")
      else { return nil }
      for offset in keys.indices {
        let place = (guess + offset) % keys.count
        if keys[place].utf8.elementsEqual(key)
          || formerKeys[place]?.utf8.elementsEqual(key) == true
        {
          scores[place] = value
          guess = place + 1
          break
        }
      }
    }
    return scores
  }
}

extension ByteCursor {
  /// Reads a string without escaped characters, and returns the bytes between its quotes.
  mutating func takeText() -> Slice<UnsafeBufferPointer<UInt8>>? {
    guard skip("\""), let text = take(until: UInt8(ascii: "\"")),
      !text.contains(UInt8(ascii: "\\")), skip("\"")
    else { return nil }
    return text
  }

  /// Reads a number; it must not be the last token.
  mutating func takeNumber() -> Double? {
    guard let first = rest.first, first == UInt8(ascii: "-") || (48...57).contains(first),
      let end = rest.firstIndex(where: { !Self.isInNumber($0) })
    else { return nil }
    var stop: UnsafeMutablePointer<CChar>?
    let start = UnsafeRawPointer(rest.base.baseAddress! + position)
      .assumingMemoryBound(to: CChar.self)
    let value = strtod(start, &stop)
    guard stop == UnsafeMutablePointer(mutating: start) + (end - position) else { return nil }
    _ = take(end - position)
    return value
  }

  private static func isInNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"),
      UInt8(ascii: "E"):
      true
    default: false
    }
  }

  /// Skips an object with everything in it.
  mutating func skipObject() -> Bool {
    guard rest.first == UInt8(ascii: "{") else { return false }
    var depth = 0
    while let byte = rest.first {
      switch byte {
      case UInt8(ascii: "\""):
        guard takeText() != nil else { return false }
        continue
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"): depth -= 1
      default: break
      }
      _ = take(1)
      if depth == 0 { return true }
    }
    return false
  }
}

/// Reads bytes from the front to the back, without copying them.
struct ByteCursor {
  /// The bytes not read yet.
  private(set) var rest: Slice<UnsafeBufferPointer<UInt8>>

  /// Starts at the first of some bytes, which must outlive the cursor.
  init(_ bytes: UnsafeBufferPointer<UInt8>) { rest = bytes[...] }

  /// The index of the next byte among those that the cursor started with.
  var position: Int { rest.startIndex }

  /// Skips the given text if it comes next; otherwise reads nothing.
  mutating func skip(_ expected: StaticString) -> Bool {
    let count = expected.utf8CodeUnitCount
    guard rest.count >= count else { return false }
    let start = rest.startIndex
    for offset in 0..<count where rest[start + offset] != expected.utf8Start[offset] {
      return false
    }
    rest = rest.dropFirst(count)
    return true
  }

  /// Reads a number of bytes; nil if there are fewer.
  mutating func take(_ count: Int) -> Slice<UnsafeBufferPointer<UInt8>>? {
    guard rest.count >= count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  /// Reads up to a byte, excluding it; nil if it does not occur.
  mutating func take(until byte: UInt8) -> Slice<UnsafeBufferPointer<UInt8>>? {
    guard let end = rest.firstIndex(of: byte) else { return nil }
    return take(end - rest.startIndex)
  }
}
