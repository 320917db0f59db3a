/// Generates cyclic sequences whose length, vocabulary and order are set apart.
///
/// In random sequences the order grows with the length, so that a network that fails at a longer
/// one may have failed at its ambiguity. A generated sequence has one active neuron in each note,
/// never the same in two notes that follow each other, also not across the end of the cycle, and
/// exactly the order asked for. All symbols of the vocabulary occur, or as many as length and
/// order leave room for (``distinctSymbols``).
///
/// - SeeAlso: ``Pattern/order``.
public struct SequenceGenerator: Equatable, Sendable {
  /// Number of notes in one cycle, L.
  public let length: Int

  /// Number of symbols to choose from, K.
  public let vocabulary: Int

  /// How many notes one must have heard to know the next one.
  public let order: Int

  /// Number of visible neurons, V; those from `vocabulary` on are silent.
  public let visible: Int

  /// Creates the generator of sequences of a length, vocabulary and order.
  ///
  /// - Throws: ``SequenceError/notAllowed(key:found:allowed:)`` for a value outside of its range,
  ///   ``SequenceError/noneExists(length:vocabulary:order:because:)`` if a bound rules it out.
  public init(length: Int, vocabulary: Int, order: Int, visible: Int) throws(SequenceError) {
    self.length = length
    self.vocabulary = vocabulary
    self.order = order
    self.visible = visible
    try checkRanges()
    try checkBounds()
  }

  /// How many different symbols a sequence has, `min(vocabulary, length - order + 1)`.
  ///
  /// No sequence of this length and order has more than `length - order + 1`: let a word of
  /// `order - 1` notes occur once more d notes later. Going round the cycle in steps of d, the
  /// notes fall into rings, g in number, along which the symbol can change only after the
  /// `length - order + 1` notes outside of the word's first occurrence. A ring with c of them has
  /// at most c symbols, or one if c = 0. They are consecutive notes, so that g or more of them
  /// leave no ring without; and they are more than g, because some ring changes, and not only once.
  public var distinctSymbols: Int { min(vocabulary, length - order + 1) }

  /// Generates a sequence of a seed.
  ///
  /// The same seed gives the same sequence everywhere. Up to a few hundred attempts are made, each
  /// bounded; the order of what they give is measured before it is returned.
  ///
  /// - Parameter number: Tells several sequences of one seed apart.
  /// - Throws: ``SequenceError/notFound(length:vocabulary:order:attempts:)``.
  /// - Complexity: O(L V + L log² L) for each attempt that does not have to separate windows; where
  ///   most windows are needed, O(vocabulary^order).
  public func pattern(seed: UInt64, number: Int = 0) throws(SequenceError) -> Pattern {
    let symbols = try symbols(seed: seed, number: number)
    return Pattern(
      name: "generated L=\(length) K=\(vocabulary) order=\(order) seed=\(seed)"
        + (number == 0 ? "" : " number=\(number)"),
      columns: symbols.map { symbol in
        var column = [Bool](repeating: false, count: visible)
        column[symbol] = true
        return column
      })
  }
}

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
