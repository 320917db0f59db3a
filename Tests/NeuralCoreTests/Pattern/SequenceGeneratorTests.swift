import NeuralCore
import Testing

/// If these fail, a sweep over lengths and orders runs other sequences than its parameters say.
struct SequenceGeneratorTests {
  static let shapes = [
    (2, 2, 1), (13, 13, 1), (5, 13, 1), (10, 13, 4), (14, 13, 4), (16, 13, 4), (17, 13, 4),
    (25, 13, 2), (25, 13, 3), (25, 13, 4), (25, 13, 5), (25, 13, 8), (25, 13, 12), (25, 13, 13),
    (25, 13, 20), (25, 13, 23), (50, 13, 2), (50, 13, 3), (50, 13, 6), (100, 13, 2),
    (100, 13, 4), (120, 13, 2), (154, 13, 2), (156, 13, 2), (200, 13, 3), (200, 13, 4),
    (200, 13, 10), (200, 13, 150), (200, 13, 198), (244, 100, 2), (60, 40, 2), (30, 3, 5),
    (46, 3, 5), (48, 3, 5), (1_000, 3, 11), (1_000, 3, 900), (300, 4, 6), (1_200, 13, 3),
  ]

  @Test("each sequence has the requested length, order and symbols", arguments: shapes)
  func asAsked(length: Int, vocabulary: Int, order: Int) throws {
    let generator = try SequenceGenerator(
      length: length, vocabulary: vocabulary, order: order, visible: vocabulary + 2)
    for seed in 0..<4 as Range<UInt64> {
      let pattern = try generator.pattern(seed: seed)
      #expect(pattern.notes == length)
      #expect(pattern.visible == vocabulary + 2)
      #expect(pattern.order == order)
      #expect(pattern.distinctColumns == min(vocabulary, length - order + 1))
      for note in 0..<length {
        let column = pattern.column(note)
        #expect(column.count(where: \.self) == 1)
        #expect(column.suffix(2) == [false, false])
        #expect(column != pattern.column(note + 1))
      }
    }
  }

  @Test("a seed always gives the same sequence, and another one another", arguments: shapes)
  func seeds(length: Int, vocabulary: Int, order: Int) throws {
    let generator = try SequenceGenerator(
      length: length, vocabulary: vocabulary, order: order, visible: vocabulary)
    let columns = try (0..<8 as Range<UInt64>).map { seed in
      let pattern = try generator.pattern(seed: seed)
      #expect(try generator.pattern(seed: seed) == pattern)
      return (0..<length).map(pattern.column)
    }
    #expect(Set(columns).count > (length < 10 ? 1 : 7))
  }

  @Test("published sequences do not change with the version of the program")
  func pinned() throws {
    let pattern = try SequenceGenerator(length: 25, vocabulary: 13, order: 4, visible: 13)
      .pattern(seed: 1)
    #expect(pattern.name == "generated L=25 K=13 order=4 seed=1")
    let symbols = (0..<25).map { note in (0..<13).first { pattern.isActive($0, inNote: note) }! }
    #expect(
      symbols == [
        2, 6, 1, 0, 10, 1, 0, 12, 1, 2, 0, 3, 4, 0, 7, 9, 12, 11, 8, 10, 5, 0, 5, 12, 1,
      ])
  }

  @Test("no symbol is preferred, and the repeated word is not always in the same place")
  func unbiased() throws {
    let generator = try SequenceGenerator(length: 25, vocabulary: 13, order: 4, visible: 13)
    var starts = [Int](repeating: 0, count: 13)
    for seed in 0..<1_300 as Range<UInt64> {
      let pattern = try generator.pattern(seed: seed)
      starts[(0..<13).first { pattern.isActive($0, inNote: 0) }!] += 1
    }
    #expect(starts.allSatisfy { (60...140).contains($0) })
  }

  @Test("a long sequence takes no longer than a person waits")
  func speed() throws {
    let generator = try SequenceGenerator(length: 1_000, vocabulary: 13, order: 4, visible: 13)
    // The best of three, since other tests run at the same time.
    let time = try (1...3 as ClosedRange<UInt64>)
      .map { seed in try ContinuousClock().measure { _ = try generator.pattern(seed: seed) } }
      .min()!
    #if DEBUG
      #expect(time < .seconds(10))
    #else
      #expect(time < .milliseconds(100))
    #endif
  }
}

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

  /// Whether the bounds do not decide if such a sequence exists.
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
