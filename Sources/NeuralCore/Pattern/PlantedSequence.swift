/// A random cyclic sequence into which a word of `order - 1` symbols is planted twice.
///
/// Corresponding notes of the two occurrences form one *slot* and change together. Each other note
/// has its own slot. The occurrences may overlap, even at both ends; the word then has a period,
/// and slots have many notes.
struct PlantedSequence {
  /// The symbols, one per note.
  private(set) var symbols: [Int]

  /// The notes of each slot.
  private let notes: [[Int]]

  /// The slot of each note.
  private let slots: [Int]

  private let vocabulary: Int

  /// Number of slots with each symbol.
  private var uses: [Int]

  /// Draws a sequence in which each note differs from the one before it.
  ///
  /// - Parameters:
  ///   - shape: Length, vocabulary and order of the sequence; the order is at least 2.
  ///   - shift: Distance from the first occurrence of the word to the second [notes].
  ///   - random: The stream of the draws.
  /// - Returns: nil if the shift would make the whole sequence periodic, or if two adjacent notes
  ///   could not be made to differ.
  init?(_ shape: SequenceGenerator, shift: Int, random: inout RandomStream) {
    let word = shape.order - 1
    let slotCount = shape.length - word
    precondition(word > 0 && (2..<shape.length).contains(shift))
    var slots = [Int](repeating: -1, count: shape.length)
    var notes = [[Int]](repeating: [], count: slotCount)
    for slot in 0..<slotCount {
      // A slot starts at a note that `shift` leads to from outside the word, and goes on within the
      // word.
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

    // Each used symbol once, then random ones.
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

  /// The symbols that a slot may change to: no symbol of a neighbour, and no change at all if no
  /// other slot has the current symbol.
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
  /// For each repeated window it looks for a change of one slot that makes all affected windows
  /// unique. If there is none, it makes a random change.
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

  /// Changes a slot to a symbol that makes all affected windows unique, if there is one.
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

  /// Sets a slot and updates the counts of windows.
  ///
  /// - Returns: Whether all affected windows are unique.
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
