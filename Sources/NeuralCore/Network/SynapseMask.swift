/// Which synapses of a network exist, a bit for each: a byte for each would
/// take a quarter of the memory of weights in single precision.
public struct SynapseMask: RandomAccessCollection, MutableCollection, Equatable, Sendable {
  /// Number of synapses that there may be.
  public let count: Int

  /// The bits, the first synapse in the lowest one. Those behind the last synapse are 0.
  public private(set) var words: [UInt32]

  /// None of so many synapses.
  public init(none count: Int) {
    self.count = count
    words = Array(repeating: 0, count: Self.wordCount(count))
  }

  /// Takes whether each synapse exists.
  public init(_ synapses: some Collection<Bool>) {
    self.init(none: synapses.count)
    for (index, exists) in synapses.enumerated() where exists { self[index] = true }
  }

  /// Takes what ``words`` gave; nil where it is not that of so many synapses.
  public init?(words: [UInt32], count: Int) {
    let used = count % UInt32.bitWidth
    guard words.count == Self.wordCount(count),
      used == 0 || words[words.count - 1] >> UInt32(used) == 0
    else { return nil }
    self.count = count
    self.words = words
  }

  private static func wordCount(_ count: Int) -> Int {
    (count + UInt32.bitWidth - 1) / UInt32.bitWidth
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { count }

  /// Whether a synapse exists.
  public subscript(index: Int) -> Bool {
    get {
      precondition(0 <= index && index < count)
      return words[index / UInt32.bitWidth] >> UInt32(index % UInt32.bitWidth) & 1 == 1
    }
    set {
      precondition(0 <= index && index < count)
      let bit: UInt32 = 1 << UInt32(index % UInt32.bitWidth)
      if newValue {
        words[index / UInt32.bitWidth] |= bit
      } else {
        words[index / UInt32.bitWidth] &= ~bit
      }
    }
  }
}
