import CXXHash
import Glibc

/// A 128-bit hash of some bytes, by XXH3. It is no protection against forgery.
public struct ContentHash: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let high: UInt64
  public let low: UInt64

  /// Creates a hash from its upper and lower 64 bits.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Reads a ``description``; nil for anything but 32 lower-case hexadecimal digits.
  public init?(_ text: String) { self.init(digits: Array(text.utf8)) }

  /// Reads the bytes of a ``description``.
  @inlinable
  package init?(digits: some Collection<UInt8>) {
    guard digits.count == 32, let high = Self.number(digits.prefix(16)),
      let low = Self.number(digits.dropFirst(16))
    else { return nil }
    self.init(high: high, low: low)
  }

  /// The number with at most 16 lower-case hexadecimal digits.
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

  /// Hashes half of the bits, which are well mixed.
  public func hash(into hasher: inout Hasher) { hasher.combine(low) }
}

/// The identity of a trial: the hash of its parameters and of the contents of its files. It is the
/// same in every sweep and on every machine.
public typealias TrialID = ContentHash

extension ContentHash {
  /// The hash of some bytes.
  ///
  /// The corresponding C function is `XXH3_128bits`.
  ///
  /// - Complexity: O(bytes), no allocation.
  public init(of bytes: [UInt8]) {
    let hash = bytes.withUnsafeBytes { XXH3_128bits($0.baseAddress, $0.count) }
    self.init(high: hash.high64, low: hash.low64)
  }

  /// The hash of the bytes of a file, read piece by piece; nil if it cannot be read.
  ///
  /// The corresponding C functions are `XXH3_128bits_update` and `XXH3_128bits_digest`.
  package init?(ofFile path: String) {
    guard let opened = try? RegularFile.descriptor(of: path) else { return nil }
    guard let file = fdopen(opened.file, "rb"), let state = XXH3_createState() else { return nil }
    defer {
      fclose(file)
      XXH3_freeState(state)
    }
    XXH3_128bits_reset(state)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
      XXH3_128bits_update(state, buffer, count)
    }
    guard ferror(file) == 0 else { return nil }
    let hash = XXH3_128bits_digest(state)
    self.init(high: hash.high64, low: hash.low64)
  }
}

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

extension ContentHash {
  package func write(to writer: inout ByteWriter) {
    writer.write(high)
    writer.write(low)
  }

  package init(from reader: inout ByteReader) {
    let high = reader.read(UInt64.self)
    self.init(high: high, low: reader.read(UInt64.self))
  }
}
