import YAML

/// The parts of a sweep file, before their values are checked. All keys are known.
struct WrittenSweepFile {
  var name: Scalar?
  var description: Scalar?
  var fixed: [Entry] = []
  /// The position of the grid; nil if there is none.
  var gridMark: Mark?
  var blocks: [Block] = []
  var scoreGroups: Words?
  var replicates: Words?
  var blockKeys: Words?
  var reference: [Entry] = []
  var trialTimeout: Scalar?
  var search: Search?
  var until: Until?

  struct Scalar {
    var text: String
    /// Whether it is written without quotes.
    var isPlain: Bool
    var mark: Mark

    /// The text for messages about numbers.
    var found: String { isPlain ? quoted(text) : "the text \(quoted(text))" }
  }

  struct Words {
    var mark: Mark
    var words: [Scalar]
  }

  struct Entry {
    var key: String
    var keyMark: Mark
    /// The position of the values.
    var mark: Mark
    var values: Values

    /// The entry for messages, such as `seed: 1` or `seed: [1, 2]`.
    var text: String {
      switch values {
      case .scalar(let scalar): "\(key): \(shown(scalar.text))"
      case .list(let scalars): "\(key): [\(shown(scalars.map(\.text).joined(separator: ", ")))]"
      case .range: "\(key): a range"
      }
    }
  }

  enum Values {
    case scalar(Scalar)
    case list([Scalar])
    case range(Range)
  }

  /// `{from, to}` with optional keys.
  struct Range {
    var from: Scalar
    var to: Scalar
    var step: Scalar?
    var points: Scalar?
    var scale: Scalar?
  }

  struct Search {
    var mark: Mark
    var axis: Entry
    var criterion: Scalar?
    var met: Scalar?
    var beyond: Scalar?
  }

  /// `until` with its parts by key.
  struct Until {
    var mark: Mark
    var parts: [String: Scalar]
  }

  /// Sweeps a key over some values in every block.
  mutating func sweep(_ key: String, over values: [Scalar]) {
    for block in blocks.indices {
      for index in blocks[block].product.indices where blocks[block].product[index].key == key {
        blocks[block].product[index].values = .list(values)
      }
    }
  }

  /// Adds the key of the search to every block, so that the plan has the trials of the full grid.
  mutating func sweepSearchedAxis() {
    guard let search else { return }
    gridMark = gridMark ?? search.mark
    if blocks.isEmpty { blocks = [Block(mark: search.mark)] }
    for index in blocks.indices { blocks[index].product.append(search.axis) }
  }

  struct Block {
    var mark: Mark
    var product: [Entry] = []
    var zips: [[Entry]] = []
    var excludes: [[Entry]] = []
  }
}
