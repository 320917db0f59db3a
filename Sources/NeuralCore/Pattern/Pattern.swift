/// A cyclic sequence of notes over the visible neurons: which of them is active in which note.
public struct Pattern: Equatable, Sendable {
  /// The pattern's name.
  public let name: String

  /// Number of visible neurons, V.
  public let visible: Int

  /// Number of notes in one cycle, L.
  public let notes: Int

  /// Whether a neuron is active, shape `[note, neuron]`.
  private let active: [Bool]

  /// Creates a pattern from its columns.
  ///
  /// - Parameters:
  ///   - name: A name for messages and files.
  ///   - columns: One array of V values per note; at least one note and one neuron.
  public init(name: String, columns: [[Bool]]) {
    precondition(!columns.isEmpty && !columns[0].isEmpty)
    precondition(columns.allSatisfy { $0.count == columns[0].count })
    self.name = name
    visible = columns[0].count
    notes = columns.count
    active = Array(columns.joined())
  }

  /// Whether a neuron is active in a note. Notes count cyclically, -1 being the last one.
  public func isActive(_ neuron: Int, inNote note: Int) -> Bool {
    let wrapped = (note % notes + notes) % notes
    return active[wrapped * visible + neuron]
  }

  /// One note: which neurons are active in it.
  public func column(_ note: Int) -> [Bool] {
    (0..<visible).map { isActive($0, inNote: note) }
  }

  /// The pattern that plays the notes `order[0]`, `order[1]`, … of this one.
  public func playing(_ order: some Collection<Int>) -> Pattern {
    Pattern(name: name, columns: order.map(column))
  }

  /// The visible neurons that are active in all notes or in none.
  public var constantNeurons: [Int] {
    (0..<visible).filter { neuron in
      (1..<notes).allSatisfy { isActive(neuron, inNote: $0) == isActive(neuron, inNote: 0) }
    }
  }

  /// How many different columns the pattern has.
  public var distinctColumns: Int { Set((0..<notes).map(column)).count }
}
