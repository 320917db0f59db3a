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
