extension SequenceGenerator {
  /// The largest graph that is searched for trails [windows], for the memory it takes.
  private static let largestGraph = 10_000_000

  /// The symbols of the sequence of a seed.
  ///
  /// Sparse sequences are drawn at random around a planted repetition, which leaves them as random
  /// as they can be; dense ones are trails through most windows. What fails in the one way is
  /// tried in the other.
  func symbols(seed: UInt64, number: Int) throws(SequenceError) -> [Int] {
    var random = RandomStream(seed: seed, purpose: .sequence, index: number)
    if order == 1 { return Array(random.permutation(of: vocabulary).prefix(length)) }

    let graph = WindowGraph(vocabulary: vocabulary, order: order)
    let isDense = length > graph.edges / 5 * 3
    let canTrail = graph.edges <= Self.largestGraph
    // Short sequences have little room and cost little.
    let attempts = max(8, min(400, 100_000 / length))
    for planting in isDense && canTrail ? [false, true] : [true, false] {
      for attempt in 0..<attempts where planting || canTrail {
        let found =
          planting
          ? planted(graph, shift: shift(Double(attempt) / Double(attempts), &random), &random)
          : trail(graph, &random)
        if let found, isAsAsked(found) { return found }
      }
    }
    throw .notFound(
      length: length, vocabulary: vocabulary, order: order,
      attempts: canTrail ? 2 * attempts : attempts)
  }

  /// A random distance of the two occurrences of the planted word.
  ///
  /// In the first half of the attempts the occurrences do not touch, if there is room. Then they
  /// may overlap at one end, and in the last quarter at both, which few short sequences need.
  private func shift(_ progress: Double, _ random: inout RandomStream) -> Int {
    let free = length - order + 1  // notes outside of the word
    let shifts =
      if progress < 0.5 && length >= 2 * order {
        order..<free
      } else if progress < 0.75 || free >= length - 1 {
        2..<free
      } else {
        free..<length - 1
      }
    return shifts.lowerBound + random.integer(below: shifts.count)
  }

  /// A random sequence with a planted repetition.
  private func planted(
    _ graph: WindowGraph, shift: Int, _ random: inout RandomStream
  ) -> [Int]? {
    guard var sequence = PlantedSequence(self, shift: shift, random: &random) else { return nil }
    // With far more windows than pairs of notes hardly any occurs twice by chance.
    if graph.edges / length / length < 64 {
      guard sequence.separateWindows(of: graph, random: &random) else { return nil }
    }
    let start = random.integer(below: length)
    return Array(sequence.symbols[start...] + sequence.symbols[..<start])
  }

  /// A sequence that is cut out of one with all windows.
  private func trail(_ graph: WindowGraph, _ random: inout RandomStream) -> [Int]? {
    var trail = ClosedTrail(throughAllOf: graph, random: &random)
    return trail.shorten(to: length, random: &random) ? trail.symbols : nil
  }

  /// Whether a sequence is what was asked for, measured and not by how it was made.
  private func isAsAsked(_ symbols: [Int]) -> Bool {
    symbols.count == length && Set(symbols).count == distinctSymbols
      && symbols.indices.allSatisfy { symbols[$0] != symbols[($0 + 1) % length] }
      && Pattern.order(ofCycle: symbols) == order
  }
}
