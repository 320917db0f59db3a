/// Why a sequence of a given length, vocabulary and order cannot be generated.
public enum SequenceError: Error, Equatable, Sendable {
  /// A parameter is outside its range.
  case notAllowed(key: String, found: Int, allowed: ClosedRange<Int>)

  /// No such sequence exists, by one of the proven bounds.
  case noneExists(length: Int, vocabulary: Int, order: Int, because: Bound)

  /// Such a sequence may exist, but the search did not find one.
  case notFound(length: Int, vocabulary: Int, order: Int, attempts: Int)

  /// A bound on sequences without immediate repetitions.
  public enum Bound: Equatable, Sendable {
    /// Two symbols can only alternate, and A B A B repeats A B.
    case twoSymbolsAlternate

    /// The sequence is too short for a repeated word of `order - 1` notes.
    case tooShort(shortest: Int)

    /// The sequence is longer than the number of distinct windows of `order` notes.
    case tooLong(longest: Int)

    /// A sequence that leaves out exactly one window is not cyclic.
    case leavesOutOneWindow(longest: Int)
  }
}

extension SequenceError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notAllowed(let key, let found, let allowed) where allowed.upperBound == .max:
      "\(key): got \(found); expected a whole number from \(allowed.lowerBound)"
    case .notAllowed(let key, let found, let allowed):
      "\(key): got \(found); expected a whole number from \(allowed.lowerBound) "
        + "to \(allowed.upperBound)"
    case .noneExists(let length, let vocabulary, let order, let bound):
      "\(Self.values(length, vocabulary, order)); no such sequence exists: \(bound)"
    case .notFound(let length, let vocabulary, let order, let attempts):
      "\(Self.values(length, vocabulary, order)); no such sequence was found in \(attempts) "
        + "attempts, though one may exist; try another pattern_seed, a smaller sequence_length, "
        + "or a larger vocabulary"
    }
  }

  private static func values(_ length: Int, _ vocabulary: Int, _ order: Int) -> String {
    "got sequence_length \(length), vocabulary \(vocabulary) and order \(order)"
  }
}

extension SequenceError.Bound: CustomStringConvertible {
  public var description: String {
    switch self {
    case .twoSymbolsAlternate:
      "without immediate repetitions two symbols can only alternate; expected sequence_length 2 "
        + "and order 1 for vocabulary 2"
    case .tooShort(let shortest):
      "a repeated word of order - 1 notes needs a sequence_length of at least order + 2; "
        + "expected a sequence_length from \(shortest), or a smaller order"
    case .tooLong(let longest):
      "all windows of order notes must differ, and without immediate repetitions there are "
        + "vocabulary * (vocabulary - 1)^(order - 1) of them; expected a sequence_length "
        + "of at most \(longest), or a larger order or vocabulary"
    case .leavesOutOneWindow(let longest):
      "it would leave out one window of order notes, and the windows left out must form cycles, "
        + "which have at least two; expected a sequence_length of \(longest) or at most "
        + "\(longest - 2), or a larger order or vocabulary"
    }
  }
}

extension SequenceGenerator {
  /// Checks the range of each value, and that there is a visible neuron for each symbol.
  func checkRanges() throws(SequenceError) {
    func check(_ key: String, _ found: Int, _ allowed: ClosedRange<Int>) throws(SequenceError) {
      guard allowed.contains(found) else {
        throw .notAllowed(key: key, found: found, allowed: allowed)
      }
    }
    try check("sequence_length", length, 2...Pattern.largestCount)
    try check("vocabulary", vocabulary, 2...Pattern.largestCount)
    try check("order", order, 1...Pattern.largestCount)
    try check("visible", visible, vocabulary...Pattern.largestCount)
    try check("sequence_length", length, 2...max(2, Pattern.largestMatrix / visible))
  }

  /// Checks the bounds on sequences of this length, vocabulary and order.
  ///
  /// The bounds are necessary. Trying all sequences (vocabulary 3 up to length 22, 4 up to 13, 5 up
  /// to 11, 6 up to 10) shows that they also suffice, except for three symbols and
  /// `length == order + 3`: lengths such as 6, 8, 9, 12, 14, 20 and 21 then have no sequence, and
  /// the search fails.
  ///
  /// - **Two symbols** without immediate repetitions alternate, and A B A B repeats A B.
  /// - **Too short**: a sequence needs three symbols and has at most `length - order + 1`
  ///   (``distinctSymbols``).
  /// - **Too long**: the windows of `order` notes all differ. The first symbol of a window is free,
  ///   and each other symbol differs from the one before it.
  /// - **One window left out**: every word of `order - 1` notes starts as many windows as it ends,
  ///   both among all windows and among those of the sequence, hence also among those left out. The
  ///   windows left out therefore form cycles, and a cycle of one window would be a symbol that
  ///   follows itself.
  ///
  /// - Throws: ``SequenceError/noneExists(length:vocabulary:order:because:)``.
  func checkBounds() throws(SequenceError) {
    let longest = WindowGraph(vocabulary: vocabulary, order: order).edges
    let bound: SequenceError.Bound? =
      if vocabulary == 2 && (length > 2 || order > 1) {
        .twoSymbolsAlternate
      } else if length > longest {
        .tooLong(longest: longest)
      } else if order > 1 && length < order + 2 {
        .tooShort(shortest: order + 2)
      } else if order > 1 && length == longest - 1 {
        .leavesOutOneWindow(longest: longest)
      } else {
        nil
      }
    if let bound {
      throw .noneExists(length: length, vocabulary: vocabulary, order: order, because: bound)
    }
  }
}
