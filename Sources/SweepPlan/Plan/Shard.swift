/// A part of a plan that one job of several runs: shard 3 of 8, say.
public struct Shard: Codable, Equatable, Sendable, CustomStringConvertible {
  /// Which one, from 1 on.
  public let number: Int

  /// How many there are.
  public let count: Int

  /// The largest number of shards.
  public static let maximum = 100_000

  /// Creates a shard; nil where there is no such one.
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
  /// Every trial belongs to one shard and shards cost about the same: the dearest trial goes to the
  /// first shard, the next one to the second, and after the last shard back again. Only the plan
  /// and its costs decide, so that each job finds its own trials without asking the others.
  ///
  /// - Parameter costs: What each trial costs, by its place in the plan.
  /// - Complexity: O(n log n).
  public func trials(_ costs: [Double]) -> [Int] {
    let order = costs.indices.sorted { (-costs[$0], $0) < (-costs[$1], $1) }
    return order.enumerated().compactMap { place, trial in
      let (round, seat) = place.quotientAndRemainder(dividingBy: count)
      let owner = round.isMultiple(of: 2) ? seat : count - 1 - seat
      return owner == number - 1 ? trial : nil
    }.sorted()
  }
}
