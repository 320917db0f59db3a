/// A 128-bit fingerprint of some bytes, by XXH3.
///
/// It tells contents apart and is no protection against forgery.
public struct ContentHash: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The upper 64 bits.
  public let high: UInt64

  /// The lower 64 bits.
  public let low: UInt64

  /// Creates a hash from its two halves.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Reads the form that ``description`` writes; nil for anything but 32 hexadecimal digits.
  public init?(_ text: String) {
    self.init(digits: Array(text.utf8))
  }

  /// Reads the bytes of such a text.
  @inlinable
  package init?(digits: some Collection<UInt8>) {
    guard digits.count == 32, let high = Self.number(digits.prefix(16)),
      let low = Self.number(digits.dropFirst(16))
    else { return nil }
    self.init(high: high, low: low)
  }

  /// The number that at most 16 hexadecimal digits in lower case write.
  @inlinable
  package static func number(_ digits: some Collection<UInt8>) -> UInt64? {
    var number: UInt64 = 0
    for digit in digits {
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number << 4 | UInt64(digit - 48)
      case UInt8(ascii: "a")...UInt8(ascii: "f"): number = number << 4 | UInt64(digit - 87)
      default: return nil
      }
    }
    return number
  }

  /// 32 lower-case hexadecimal digits, the upper half first, as `xxhsum -H2` prints them.
  public var description: String {
    [high, low].map { half in
      let digits = String(half, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// Orders hashes as numbers, which is also the order of their descriptions.
  public static func < (left: ContentHash, right: ContentHash) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }

  /// The bits are already well mixed, so half of them will do.
  public func hash(into hasher: inout Hasher) { hasher.combine(low) }
}

/// The identity of a trial: the hash of all its parameters and of the contents of
/// its files.
///
/// Equal trials have equal identities in every sweep and on every machine.
public typealias TrialID = ContentHash

extension ContentHash: Codable {
  /// Reads 32 hexadecimal digits.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let hash = ContentHash(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a content hash has 32 hexadecimal digits")
    }
    self = hash
  }

  /// Writes 32 hexadecimal digits.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
