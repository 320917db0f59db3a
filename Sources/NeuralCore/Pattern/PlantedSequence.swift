/// A random cyclic sequence into which a word of `order - 1` symbols is planted twice.
///
/// The notes that the two occurrences have in common are one *slot*: they change together. All
/// other notes have slots of their own. The occurrences may overlap, even at both ends; the word
/// then has a period, and slots have many notes.
struct PlantedSequence {
  /// The symbols, one per note.
  private(set) var symbols: [Int]

  /// The notes of each slot.
  private let notes: [[Int]]

  /// The slot of each note.
  private let slots: [Int]

  private let vocabulary: Int

  /// How many slots have a symbol.
  private var uses: [Int]

  /// Draws a sequence, each note of which differs from the one before it.
  ///
  /// - Parameters:
  ///   - shape: What to generate; it has an order of at least 2.
  ///   - shift: From the first occurrence of the word to the second [notes].
  /// - Returns: nil if the shift would make the whole sequence periodic, or if notes that follow
  ///   each other could not be made to differ.
  init?(_ shape: SequenceGenerator, shift: Int, random: inout RandomStream) {
    let word = shape.order - 1
    let slotCount = shape.length - word
    precondition(word > 0 && (2..<shape.length).contains(shift))
    var slots = [Int](repeating: -1, count: shape.length)
    var notes = [[Int]](repeating: [], count: slotCount)
    for slot in 0..<slotCount {
      // Starts where no note of the word comes before, and goes on while one does.
      var note = (word + slot + shift) % shape.length
      while true {
        slots[note] = slot
        notes[slot].append(note)
        guard note < word else { break }
        note = (note + shift) % shape.length
      }
    }
    guard !slots.contains(-1) else { return nil }
    self.slots = slots
    self.notes = notes
    vocabulary = shape.vocabulary

    // Every symbol that is to be used once, then any of them.
    let used = random.permutation(of: vocabulary).prefix(shape.distinctSymbols)
    let pool = (0..<slotCount).map {
      $0 < used.count ? used[$0] : used[random.integer(below: used.count)]
    }
    let order = random.permutation(of: slotCount)
    symbols = slots.map { pool[order[$0]] }
    uses = [Int](repeating: 0, count: vocabulary)
    for symbol in pool { uses[symbol] += 1 }

    for note in 0..<shape.length {
      let next = (note + 1) % shape.length
      guard symbols[note] == symbols[next] else { continue }
      guard
        let slot = [slots[next], slots[note]].first(where: { !choices(for: $0).isEmpty })
      else { return nil }
      let allowed = choices(for: slot)
      set(slot, to: allowed[random.integer(below: allowed.count)])
    }
  }

  /// The symbols that a slot may have instead of its own: none that a neighbour has, and nothing
  /// at all if no other slot has its present one.
  private func choices(for slot: Int) -> [Int] {
    guard uses[symbols[notes[slot][0]]] > 1 else { return [] }
    var allowed = uses.map { $0 > 0 }
    for note in notes[slot] {
      allowed[symbols[note]] = false
      allowed[symbols[note == 0 ? symbols.count - 1 : note - 1]] = false
      allowed[symbols[note + 1 == symbols.count ? 0 : note + 1]] = false
    }
    return allowed.indices.filter { allowed[$0] }
  }

  private mutating func set(_ slot: Int, to symbol: Int) {
    uses[symbols[notes[slot][0]]] -= 1
    uses[symbol] += 1
    for note in notes[slot] { symbols[note] = symbol }
  }

  /// Changes notes until no window of `order` notes occurs twice.
  ///
  /// Goes through the windows that occurred before and looks for a change of one slot after which
  /// all windows that it touches are new; without one, it makes any change and goes on.
  ///
  /// - Returns: Whether all windows differ.
  /// - Complexity: O(order² vocabulary) for each window that occurs twice, O(order L) for each of
  ///   at most 30 passes.
  mutating func separateWindows(of graph: WindowGraph, random: inout RandomStream) -> Bool {
    var counts: [Int: Int] = [:]
    counts.reserveCapacity(2 * symbols.count)
    for note in symbols.indices { counts[graph.edge(of: symbols, at: note), default: 0] += 1 }

    for _ in 0..<30 {
      var repeated = 0
      for note in symbols.indices where counts[graph.edge(of: symbols, at: note)]! > 1 {
        repeated += 1
        let window = random.permutation(of: graph.order)
          .map { slots[(note + $0) % slots.count] }
          .filter { !choices(for: $0).isEmpty }
        guard !window.isEmpty else { continue }
        if window.contains(where: { renew($0, graph, &counts, random: &random) }) { continue }
        let allowed = choices(for: window[0])
        change(window[0], to: allowed[random.integer(below: allowed.count)], graph, &counts)
      }
      if repeated == 0 { return true }
    }
    return false
  }

  /// Gives a slot a symbol with which all windows that it touches are new, if there is one.
  private mutating func renew(
    _ slot: Int, _ graph: WindowGraph, _ counts: inout [Int: Int], random: inout RandomStream
  ) -> Bool {
    let original = symbols[notes[slot][0]]
    let allowed = choices(for: slot)
    for index in random.permutation(of: allowed.count) {
      if change(slot, to: allowed[index], graph, &counts) { return true }
      change(slot, to: original, graph, &counts)
    }
    return false
  }

  /// Sets a slot, keeps the counts of windows, and says whether all windows it touches are new.
  @discardableResult
  private mutating func change(
    _ slot: Int, to symbol: Int, _ graph: WindowGraph, _ counts: inout [Int: Int]
  ) -> Bool {
    let count = symbols.count
    let starts = notes[slot]
      .flatMap { note in (0..<graph.order).map { (note - $0 + count) % count } }
      .sorted()
    let touched = starts.indices.lazy.filter { $0 == 0 || starts[$0] != starts[$0 - 1] }
      .map { starts[$0] }
    for start in touched {
      let edge = graph.edge(of: symbols, at: start)
      counts[edge] = counts[edge]! == 1 ? nil : counts[edge]! - 1
    }
    set(slot, to: symbol)
    var isNew = true
    for start in touched {
      let previous = counts.updateValue(1, forKey: graph.edge(of: symbols, at: start))
      guard let previous else { continue }
      counts[graph.edge(of: symbols, at: start)] = previous + 1
      isNew = false
    }
    return isNew
  }
}
