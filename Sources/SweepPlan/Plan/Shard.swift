/// A part of a plan for one of several jobs, such as shard 3 of 8.
public struct Shard: Codable, Equatable, Sendable, CustomStringConvertible {
  /// From 1 to ``count``.
  public let number: Int

  /// The number of shards.
  public let count: Int

  /// The largest number of shards.
  public static let maximum = 100_000

  /// Creates a shard; nil for a number that is out of range.
  public init?(_ number: Int, of count: Int) {
    guard 1...Self.maximum ~= count, 1...count ~= number else { return nil }
    self.number = number
    self.count = count
  }

  /// Reads `3/8`.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]) else {
      return nil
    }
    self.init(number, of: count)
  }

  public var description: String { "\(number)/\(count)" }

  /// The trials of a plan that belong to this shard.
  ///
  /// Every trial belongs to one shard, and all shards cost about the same: the most expensive trial
  /// goes to the first shard, the next one to the second, and after the last shard in the reverse
  /// order. The shard depends only on the plan and its costs, so jobs need not communicate.
  ///
  /// - Parameter costs: The cost of each trial, by index.
  /// - Complexity: O(n log n).
  public func trials(_ costs: [Double]) -> [Int] {
    let order = costs.indices.sorted { (-costs[$0], $0) < (-costs[$1], $1) }
    return order.enumerated().compactMap { index, trial in
      let (round, turn) = index.quotientAndRemainder(dividingBy: count)
      let owner = round.isMultiple(of: 2) ? turn : count - 1 - turn
      return owner == number - 1 ? trial : nil
    }.sorted()
  }
}
