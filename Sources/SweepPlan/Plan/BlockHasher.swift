import Parameters

/// Computes the identities of a block's trials from ready pieces of their canonical texts.
///
/// The pieces are rendered once for each value rather than once for each trial, and what stays the
/// same in the whole block is one piece.
struct BlockHasher {
  private var pieces: [Piece] = []
  private var text: [UInt8] = []

  private enum Piece {
    case constant([UInt8])
    case column(axis: Int, GridAxis.Column, Renderings)
  }

  /// The renderings of a column's values, one behind the other.
  private struct Renderings {
    var bytes: [UInt8] = []
    var ends: [Int] = [0]

    subscript(value: Int) -> ArraySlice<UInt8> { bytes[ends[value]..<ends[value + 1]] }
  }

  /// Renders the values of a block.
  ///
  /// - Parameter files: The files that values name; their hashes take the place of the paths.
  init(_ block: GridBlock, files: InputFiles) {
    var constant: [UInt8] = []
    // All models of a block know the same parameters.
    let order = Canonical.order(for: block.base[Parameter.model])
    for parameter in order {
      let role = InputFile.Role.allCases.first { $0.parameter == parameter }
      func render(_ value: ParameterValue) -> [UInt8] {
        let hash = role.flatMap { files.file($0, value)?.contentHash }
        return Canonical.piece(
          Parameter.all[parameter], hash.map { .text($0.description) } ?? value)
      }
      guard let (axis, column) = block.column(of: parameter) else {
        constant += render(block.base[parameter])
        continue
      }
      pieces.append(.constant(constant))
      constant = []
      let swept = block.axes[axis].columns[column]
      var renderings = Renderings()
      for value in swept.values {
        renderings.bytes += render(value)
        renderings.ends.append(renderings.bytes.count)
      }
      pieces.append(.column(axis: axis, swept, renderings))
    }
    pieces.append(.constant(constant + ResultsRevision.ending()))
  }

  /// The identity of the trial with these rows.
  mutating func id(at rows: [Int]) -> TrialID {
    text.removeAll(keepingCapacity: true)
    for piece in pieces {
      switch piece {
      case .constant(let bytes): text += bytes
      case .column(let axis, let column, let renderings):
        text += renderings[column.index(ofRow: rows[axis])]
      }
    }
    Canonical.open(&text)
    return ContentHash(of: text)
  }
}
