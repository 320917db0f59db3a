/// Why a sequence of a given length, vocabulary and order cannot be generated.
public enum SequenceError: Error, Equatable, Sendable {
  /// A parameter has a value outside of its range.
  case notAllowed(key: String, found: Int, allowed: ClosedRange<Int>)

  /// It is proved that there is no such sequence.
  case noneExists(length: Int, vocabulary: Int, order: Int, because: Bound)

  /// There may be such a sequence, but the search gave up.
  case notFound(length: Int, vocabulary: Int, order: Int, attempts: Int)

  /// What a sequence without immediate repetitions cannot be.
  public enum Bound: Equatable, Sendable {
    /// Two symbols can only alternate, so that only A B does not repeat itself.
    case twoSymbolsAlternate

    /// A repeated word needs more notes than there are.
    case tooShort(shortest: Int)

    /// There are fewer windows of `order` notes than windows that would have to differ.
    case tooLong(longest: Int)

    /// A sequence that leaves out just one window does not close.
    case leavesOutOneWindow(longest: Int)
  }
}

extension SequenceError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notAllowed(let key, let found, let allowed) where allowed.upperBound == .max:
      "\(key): found \(found); allowed is a whole number from \(allowed.lowerBound)"
    case .notAllowed(let key, let found, let allowed):
      "\(key): found \(found); allowed is a whole number from \(allowed.lowerBound) "
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
    "found sequence_length \(length), vocabulary \(vocabulary) and order \(order)"
  }
}

extension SequenceError.Bound: CustomStringConvertible {
  public var description: String {
    switch self {
    case .twoSymbolsAlternate:
      "without immediate repetitions two symbols can only alternate; allowed for vocabulary 2 "
        + "are only sequence_length 2 with order 1"
    case .tooShort(let shortest):
      "a repeated word of order - 1 notes needs a sequence_length of at least order + 2; allowed "
        + "here is a sequence_length from \(shortest), or a smaller order"
    case .tooLong(let longest):
      "all windows of order notes must differ, and without immediate repetitions there are "
        + "vocabulary * (vocabulary - 1)^(order - 1) of them; allowed here is a sequence_length "
        + "of at most \(longest), or a larger order or vocabulary"
    case .leavesOutOneWindow(let longest):
      "it would leave out one window of order notes, and the windows left out must form cycles, "
        + "which have at least two; allowed here is a sequence_length of \(longest) or at most "
        + "\(longest - 2), or a larger order or vocabulary"
    }
  }
}

extension SequenceGenerator {
  /// Checks each value for itself, and the neurons against the vocabulary.
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

  /// Checks whether there can be such a sequence.
  ///
  /// These bounds are necessary. Where all sequences could be tried (vocabulary 3 to length 22,
  /// 4 to 13, 5 to 11, 6 to 10) they also suffice, but for three symbols and
  /// `length == order + 3`: there lengths such as 6, 8, 9, 12, 14, 20 and 21 have no sequence, and
  /// the search gives up.
  ///
  /// - **Two symbols** that do not follow themselves alternate, and A B A B repeats A B.
  /// - **Too short**: three symbols are needed, and there are at most `length - order + 1`
  ///   (``distinctSymbols``).
  /// - **Too long**: the windows of `order` notes all differ. The first symbol of one is free, and
  ///   each other differs from the one before it.
  /// - **One window left out**: every word of `order - 1` notes starts as many windows as it ends,
  ///   both among all windows and among those of the sequence, hence also among those left out.
  ///   These therefore form cycles, and a single one would be a symbol that follows itself.
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
