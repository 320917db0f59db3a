import Parameters

/// Computes the identities of a block's trials from pieces of their canonical texts.
///
/// Each value is rendered once, not once for each trial, and everything constant in the block is one
/// piece.
struct BlockHasher {
  private var pieces: [Piece] = []
  private var text: [UInt8] = []

  private enum Piece {
    case constant([UInt8])
    /// The texts of a column's values, joined, and where each ends.
    case column(axis: Int, GridAxis.Column, bytes: [UInt8], ends: [Int])
  }

  /// - Parameter files: The files that values name; their hashes replace the paths.
  init(_ block: GridBlock, files: InputFiles) {
    var constant: [UInt8] = []
    // All models of a block use the same parameters.
    for parameter in Canonical.order(for: block.base[Parameter.model]) {
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
      let swept = block.axes[axis].columns[column]
      var (bytes, ends) = ([UInt8](), [0])
      for value in swept.values {
        bytes += render(value)
        ends.append(bytes.count)
      }
      pieces += [.constant(constant), .column(axis: axis, swept, bytes: bytes, ends: ends)]
      constant = []
    }
    let revision = ResultsRevision.of(block.base[Parameter.model])
    pieces.append(.constant(constant + ResultsRevision.ending(revision)))
  }

  /// The identity of the trial with these rows.
  mutating func id(at rows: [Int]) -> TrialID {
    text.removeAll(keepingCapacity: true)
    for piece in pieces {
      switch piece {
      case .constant(let bytes): text += bytes
      case .column(let axis, let column, let bytes, let ends):
        let value = column.index(ofRow: rows[axis])
        text += bytes[ends[value]..<ends[value + 1]]
      }
    }
    Canonical.open(&text)
    return ContentHash(of: text)
  }
}
