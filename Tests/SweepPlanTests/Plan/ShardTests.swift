import Testing

@testable import SweepPlan

@Suite struct ShardTests {
  @Test(arguments: [
    ("1/1", 1, 1), ("3/8", 3, 8), ("8/8", 8, 8), ("100000/100000", 100_000, 100_000),
  ])
  func reads(text: String, number: Int, count: Int) {
    #expect(Shard(text) == Shard(number, of: count))
    #expect(Shard(text)?.description == text)
  }

  /// If this fails, a slip in a job script runs the wrong trials.
  @Test(arguments: [
    "", "3", "0/8", "9/8", "-1/8", "1/0", "1/2/3", "a/b", "1/", "/8", " 1/8", "1/100001", "1.0/2",
  ])
  func refuses(text: String) {
    #expect(Shard(text) == nil)
  }

  /// If this fails, trials are lost, run twice, or one job runs long after the others.
  @Test(arguments: [1, 2, 3, 8, 50, 200])
  func shardsAreDisjointCompleteAndBalanced(count: Int) throws {
    let costs = (0..<120).map { Double(($0 * 37) % 11 + 1) }
    let shards = try (1...count).map { try #require(Shard($0, of: count)).trials(costs) }
    #expect(shards.joined().sorted() == Array(0..<120))
    let totals = shards.map { $0.reduce(0) { $0 + costs[$1] } }
    #expect(totals.max()! - totals.min()! <= 11)
    for trials in shards { #expect(trials == trials.sorted()) }
  }
}
