/// Generates cyclic sequences of a given length, vocabulary and order.
///
/// In random sequences the order grows with the length, so a network may fail at a longer sequence
/// because of its ambiguity. A generated sequence has exactly the requested order. Each note has
/// one active neuron, which differs from that of the next note, also across the end of the cycle.
/// All symbols of the vocabulary occur, or as many as length and order allow (``distinctSymbols``).
///
/// - SeeAlso: ``Pattern/order``.
public struct SequenceGenerator: Equatable, Sendable {
  /// Number of notes in one cycle, L.
  public let length: Int

  /// Number of available symbols, K.
  public let vocabulary: Int

  /// Number of preceding notes that always determine the next note; see ``Pattern/order``.
  public let order: Int

  /// Number of visible neurons, V. Neurons with an index of `vocabulary` or more are silent.
  public let visible: Int

  /// Creates a generator.
  ///
  /// - Throws: ``SequenceError/notAllowed(key:found:allowed:)`` for a value outside its range,
  ///   ``SequenceError/noneExists(length:vocabulary:order:because:)`` if a bound excludes the
  ///   sequence.
  public init(length: Int, vocabulary: Int, order: Int, visible: Int) throws(SequenceError) {
    self.length = length
    self.vocabulary = vocabulary
    self.order = order
    self.visible = visible
    try checkRanges()
    try checkBounds()
  }

  /// Number of distinct symbols of a sequence, `min(vocabulary, length - order + 1)`.
  ///
  /// No sequence of this length and order has more than `length - order + 1` symbols. Proof: let a
  /// word of `order - 1` notes occur again d notes later. Steps of d around the cycle divide the
  /// notes into g rings. Along a ring the symbol can change only after one of the
  /// `length - order + 1` notes outside the word's first occurrence. A ring with c of them has at
  /// most c symbols, or one if c = 0. These notes are consecutive, so g or more of them leave no
  /// ring without one; and there are more than g of them, because some ring changes its symbol, and
  /// does so at least twice.
  public var distinctSymbols: Int { min(vocabulary, length - order + 1) }

  /// Generates the sequence of a seed.
  ///
  /// The same seed gives the same sequence on every machine. The search makes up to a few hundred
  /// attempts, each of bounded length, and measures the order of a result before it returns it.
  ///
  /// - Parameters:
  ///   - seed: The seed of the draws.
  ///   - number: Distinguishes several sequences of one seed.
  /// - Throws: ``SequenceError/notFound(length:vocabulary:order:attempts:)``.
  /// - Complexity: O(L V + L log² L) for each attempt without repeated windows; O(vocabulary^order)
  ///   if the sequence needs most windows.
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
  /// The largest graph in which trails are searched [windows]. It bounds the memory.
  private static let largestGraph = 10_000_000

  /// The symbols of the sequence of a seed.
  ///
  /// A sequence that uses few of the possible windows is drawn at random around a planted
  /// repetition. A sequence that uses most of them is a trail through the graph of windows. If one
  /// method fails, the other one is tried.
  func symbols(seed: UInt64, number: Int) throws(SequenceError) -> [Int] {
    var random = RandomStream(seed: seed, purpose: .sequence, index: number)
    if order == 1 { return Array(random.permutation(of: vocabulary).prefix(length)) }

    let graph = WindowGraph(vocabulary: vocabulary, order: order)
    let isDense = length > graph.edges / 5 * 3
    let canTrail = graph.edges <= Self.largestGraph
    // Short sequences need more attempts, which cost little.
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

  /// A random distance between the two occurrences of the planted word [notes].
  ///
  /// In the first half of the attempts the occurrences do not touch, if the length allows it. Then
  /// they may overlap at one end, and in the last quarter at both, which only few short sequences
  /// need.
  ///
  /// - Parameter progress: Fraction of the attempts made so far, in [0, 1).
  private func shift(_ progress: Double, _ random: inout RandomStream) -> Int {
    let free = length - order + 1  // notes outside the word
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
    // With far more windows than pairs of notes, repetition by chance is rare.
    if graph.edges / length / length < 64 {
      guard sequence.separateWindows(of: graph, random: &random) else { return nil }
    }
    let start = random.integer(below: length)
    return Array(sequence.symbols[start...] + sequence.symbols[..<start])
  }

  /// A sequence cut out of a trail through all windows.
  private func trail(_ graph: WindowGraph, _ random: inout RandomStream) -> [Int]? {
    var trail = ClosedTrail(throughAllOf: graph, random: &random)
    return trail.shorten(to: length, random: &random) ? trail.symbols : nil
  }

  /// Whether a sequence has the requested properties, by measurement.
  private func isAsAsked(_ symbols: [Int]) -> Bool {
    symbols.count == length && Set(symbols).count == distinctSymbols
      && symbols.indices.allSatisfy { symbols[$0] != symbols[($0 + 1) % length] }
      && Pattern.order(ofCycle: symbols) == order
  }
}
