/// Numbers that are handed out piece by piece, so that those of a large network need no copy.
///
/// What comes from a learner is as the learner stands at that moment, and of no use once it goes on.
public struct NumberSource {
  /// How many numbers there are.
  public let count: Int

  private let read: (Range<Int>) -> NumberArray

  /// Hands out an array.
  public init(_ numbers: NumberArray) {
    self.init(count: numbers.count) { numbers.piece($0) }
  }

  /// Hands out what `read` gives for a range of indices, always in the same precision.
  init(count: Int, read: @escaping (Range<Int>) -> NumberArray) {
    self.count = count
    self.read = read
  }

  /// The numbers with some indices.
  public func piece(_ range: Range<Int>) -> NumberArray { read(range) }

  /// All numbers, which is a copy but where they were given as an array.
  public var array: NumberArray { read(0..<count) }
}

extension NumberArray {
  /// The numbers with some indices; no copy of all.
  fileprivate func piece(_ range: Range<Int>) -> NumberArray {
    if range == indices { return self }
    return switch self {
    case .double(let numbers): .double(Array(numbers[range]))
    case .single(let numbers): .single(Array(numbers[range]))
    }
  }
}
