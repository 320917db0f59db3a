import NeuralCore
import Testing

/// A shape that exists must not be refused, nor one searched for that cannot exist.
struct SequenceExistenceTests {
  @Test(
    "a sequence is found exactly where trying all of them finds one",
    arguments: [2, 3, 4], Array(2...8))
  func allShort(vocabulary: Int, length: Int) throws {
    var existing: Set<Int> = []  // orders
    forEachSequence(length: length, vocabulary: vocabulary) { symbols in
      guard let order = orderByDefinition(symbols) else { return }
      let distinct = Set(symbols).count
      // The most symbols that there is room for, and never more.
      #expect(distinct <= length - order + 1)
      if distinct == min(vocabulary, length - order + 1) { existing.insert(order) }
    }
    for order in 1...length + 1 {
      let generator = try? SequenceGenerator(
        length: length, vocabulary: vocabulary, order: order, visible: vocabulary)
      if let generator, isIrregular(length, vocabulary, order), !existing.contains(order) {
        #expect(
          throws: SequenceError.notFound(
            length: length, vocabulary: vocabulary, order: order, attempts: 800)
        ) { try generator.pattern(seed: 1) }
        continue
      }
      #expect((generator != nil) == existing.contains(order))
      for seed in 0..<5 as Range<UInt64> {
        if let generator { #expect(try generator.pattern(seed: seed).order == order) }
      }
    }
  }

  @Test(
    "sequences that overlap with themselves at both ends are found",
    arguments: [7, 10, 11, 13, 15, 16, 17, 18, 19, 22])
  func irregular(length: Int) throws {
    let generator = try SequenceGenerator(
      length: length, vocabulary: 3, order: length - 3, visible: 3)
    for seed in 0..<5 as Range<UInt64> {
      #expect(try generator.pattern(seed: seed).order == length - 3)
    }
  }

  @Test(
    "all lengths up to the longest are found",
    arguments: [(3, 2), (3, 3), (3, 4), (3, 5), (4, 2), (4, 3), (5, 2), (13, 2)])
  func allLengths(vocabulary: Int, order: Int) throws {
    let longest = (1..<order).reduce(vocabulary) { product, _ in product * (vocabulary - 1) }
    for length in order + 2...longest
    where length != longest - 1 && !isIrregular(length, vocabulary, order) {
      for seed in 0..<2 as Range<UInt64> {
        let pattern = try SequenceGenerator(
          length: length, vocabulary: vocabulary, order: order, visible: vocabulary
        ).pattern(seed: seed)
        #expect(pattern.order == order)
      }
    }
  }

  @Test("all orders of a length are found", arguments: [(20, 3), (20, 4), (25, 13), (60, 5)])
  func allOrders(length: Int, vocabulary: Int) throws {
    for order in 2...length - 2 {
      let longest = (1..<order).reduce(vocabulary) { product, _ in
        min(length + 2, product * (vocabulary - 1))
      }
      guard length <= longest, length != longest - 1, !isIrregular(length, vocabulary, order)
      else { continue }
      for seed in 0..<5 as Range<UInt64> {
        let pattern = try SequenceGenerator(
          length: length, vocabulary: vocabulary, order: order, visible: vocabulary
        ).pattern(seed: seed)
        #expect(pattern.order == order)
      }
    }
  }

  /// Where the bounds do not tell whether there is a sequence.
  private func isIrregular(_ length: Int, _ vocabulary: Int, _ order: Int) -> Bool {
    vocabulary == 3 && order > 1 && length == order + 3
  }

  /// All sequences without immediate repetitions that start with the first symbol.
  private func forEachSequence(length: Int, vocabulary: Int, _ body: ([Int]) -> Void) {
    var symbols = [0]
    func extend() {
      if symbols.count == length {
        if symbols[length - 1] != symbols[0] { body(symbols) }
        return
      }
      for symbol in 0..<vocabulary where symbol != symbols[symbols.count - 1] {
        symbols.append(symbol)
        extend()
        symbols.removeLast()
      }
    }
    extend()
  }
}
