import LinearAlgebra

/// The inputs of 1, 2, … notes before each note.
struct DelayedInputs: Sendable {
  /// One per note.
  let inputs: [Double]
  /// The longest delay [notes].
  let delays: Int

  /// What they are at some notes, shape `[note, delay]`.
  func callAsFunction(_ notes: Range<Int>) -> Matrix {
    Matrix(
      rows: notes.count, columns: delays,
      values: notes.flatMap { note in (1...delays).map { inputs[note - $0] } })
  }

  /// The mean over some notes of each delay.
  func means(_ notes: Range<Int>) -> [Double] {
    (1...delays).map { delay in
      inputs[notes.lowerBound - delay..<notes.upperBound - delay].reduce(0, +)
        / Double(notes.count)
    }
  }
}
