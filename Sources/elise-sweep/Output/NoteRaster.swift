import NeuralCore

/// The notes that a network played, compared with the target and drawn with characters: a line per
/// visible neuron, the last one on top, and a column per note.
struct NoteRaster {
  /// Whether each neuron should be active, a row per note.
  private let target: [[Bool]]
  /// Whether it was.
  private let played: [[Bool]]

  /// Compares played notes with a pattern.
  ///
  /// - Parameter active: Whether each visible neuron was active, shape `[note, neuron]`.
  init(_ active: [Bool], against pattern: Pattern) {
    target = (0..<pattern.notes).map(pattern.column)
    played = target.indices.map { note in
      Array(active[note * pattern.visible..<(note + 1) * pattern.visible])
    }
  }

  /// The number of notes that are right in every neuron, as `24 of 25 notes right`.
  var summary: String {
    let right = zip(target, played).count { $0 == $1 }
    return "\(right) of \(target.count) notes right"
  }

  /// The number of lines.
  var height: Int { (target.first?.count ?? 0) + 1 }

  /// The state of a neuron in a note.
  private enum Mark: Character {
    case right = "#"
    case missed = "o"
    case wrong = "x"
    case silent = "."

    init(asked: Bool, played: Bool) {
      self =
        switch (asked, played) {
        case (true, true): .right
        case (true, false): .missed
        case (false, true): .wrong
        case (false, false): .silent
        }
    }

    /// The code of its colour in a terminal; the colours differ for colour-blind people too.
    var colour: String {
      switch self {
      case .right: "34;1"
      case .missed: "33"
      case .wrong: "31;1"
      case .silent: "2"
      }
    }

    func text(coloured: Bool) -> String {
      coloured ? "\u{1B}[\(colour)m\(rawValue)\u{1B}[0m" : String(rawValue)
    }
  }

  /// The picture and its legend.
  ///
  /// - Parameter columns: The maximal width; a longer sequence is cut.
  func lines(columns: Int, coloured: Bool) -> [String] {
    let neurons = target.first?.count ?? 0
    let digits = String(neurons).count
    let room = max(1, columns - digits - 3)
    let spacing = 2 * target.count <= room ? " " : ""
    let shown = min(target.count, room)
    let rows = (0..<neurons).reversed().map { neuron in
      let name = String(neuron + 1)
      return String(repeating: " ", count: digits - name.count) + name + " "
        + (0..<shown).map { note in
          spacing
            + Mark(asked: target[note][neuron], played: played[note][neuron])
            .text(coloured: coloured)
        }.joined()
    }
    let legend = [
      (Mark.right, "right"), (.missed, "missed"), (.wrong, "wrong"), (.silent, "silent"),
    ]
    .map { "\($0.text(coloured: coloured)) \($1)" }.joined(separator: "  ")
    let rest = shown < target.count ? "  (the first \(shown) of \(target.count) notes)" : ""
    return rows + [String(repeating: " ", count: digits + 1) + legend + rest]
  }
}
