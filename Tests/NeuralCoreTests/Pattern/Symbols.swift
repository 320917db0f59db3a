import NeuralCore

/// The pattern that has one active neuron in each note.
func pattern(_ symbols: [Int], visible: Int) -> Pattern {
  Pattern(
    name: "test", columns: symbols.map { symbol in (0..<visible).map { $0 == symbol } })
}

/// The order of a cycle as its definition says it: the least length of windows that all differ.
func orderByDefinition(_ symbols: [Int]) -> Int? {
  let count = symbols.count
  return (1...count).first { length in
    Set(symbols.indices.map { start in (0..<length).map { symbols[(start + $0) % count] } }).count
      == count
  }
}
