import YAML

/// A sweep file as it was written: its parts are in place and its keys known, its values have
/// not been looked at.
struct WrittenSweepFile: Equatable {
  var name: Scalar?
  var description: Scalar?
  var fixed: [Entry] = []
  /// Where the grid is written, nil if it is not.
  var gridMark: Mark?
  var blocks: [Block] = []
  var tests: Words?
  var replicates: Words?
  var trialTimeout: Scalar?
  var search: Search?

  /// A word with its place.
  struct Scalar: Equatable {
    var text: String
    var isPlain: Bool
    var mark: Mark
  }

  /// A list of words, with the place of the list.
  struct Words: Equatable {
    var mark: Mark
    var words: [Scalar]
  }

  /// A key with what it is given.
  struct Entry: Equatable {
    var key: String
    var keyMark: Mark
    var mark: Mark
    var values: Values
  }

  /// What a key is given.
  enum Values: Equatable {
    case scalar(Scalar)
    case list([Scalar])
    case range(Range)
  }

  /// `{from, to}` with what goes along.
  struct Range: Equatable {
    var from: Scalar
    var to: Scalar
    var step: Scalar?
    var points: Scalar?
    var scale: Scalar?
  }

  /// A search along one key.
  struct Search: Equatable {
    var mark: Mark
    var axis: Entry
    var criterion: Scalar?
    var met: Scalar?
  }

  /// Makes the key of the search an axis of every block: what is searched is what a grid would hold.
  mutating func sweepSearchedAxis() {
    guard let search else { return }
    gridMark = gridMark ?? search.mark
    if blocks.isEmpty { blocks = [Block(mark: search.mark)] }
    for index in blocks.indices { blocks[index].product.append(search.axis) }
  }

  /// A product of keys.
  struct Block: Equatable {
    var mark: Mark
    var product: [Entry] = []
    var zips: [[Entry]] = []
    var excludes: [[Entry]] = []
  }
}
