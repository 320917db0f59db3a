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
