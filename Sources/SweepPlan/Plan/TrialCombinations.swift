/// All combinations of a sweep's blocks, computed when needed. Every rank has them, since it receives
/// trials as indices.
package struct TrialCombinations: Sendable {
  /// The blocks.
  let blocks: [GridBlock]
  /// The index of the first combination of each block, and the number of combinations.
  private let starts: [Int]
  /// The hashes of the contents of the files, by role and path.
  private let hashes: [InputFile.Role: [String: ContentHash]]

  init(_ blocks: [GridBlock], files: InputFiles) {
    self.init(
      blocks,
      hashes: Dictionary(grouping: files.all, by: \.role).mapValues { files in
        Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.contentHash) })
      })
  }

  private init(_ blocks: [GridBlock], hashes: [InputFile.Role: [String: ContentHash]]) {
    self.blocks = blocks
    self.hashes = hashes
    starts = blocks.reduce(into: [0]) { $0.append($0.last! + $1.count) }
  }

  /// The number of combinations.
  package var count: Int { starts.last! }

  /// The trial of a combination.
  ///
  /// - Complexity: O(parameters + log blocks).
  package subscript(combination: Int) -> (parameters: ParameterSet, inputs: TrialInputs) {
    let block = starts.lastIndex(atMost: combination)
    let counts = blocks[block].axes.map(\.count)
    let rows = Odometer(counts, at: combination - starts[block]).rows
    let parameters = ParameterSet(valid: blocks[block].values(at: rows))
    var inputs = TrialInputs()
    for role in InputFile.Role.allCases {
      inputs[role] = parameters.path(of: role).flatMap { hashes[role]?[$0] }
    }
    return (parameters, inputs)
  }
}

extension TrialCombinations {
  /// Writes the combinations to a message.
  package func write(to writer: inout ByteWriter) {
    writer.write(all: blocks) { $1.write(to: &$0) }
    for role in InputFile.Role.allCases {
      writer.write(all: hashes[role, default: [:]]) { writer, file in
        writer.write(file.key)
        file.value.write(to: &writer)
      }
    }
  }

  /// Reads combinations from a message.
  package init(from reader: inout ByteReader) {
    let blocks = reader.read(all: GridBlock.init)
    var hashes: [InputFile.Role: [String: ContentHash]] = [:]
    for role in InputFile.Role.allCases {
      let files = reader.read { ($0.read(String.self), ContentHash(from: &$0)) }
      hashes[role] = Dictionary(uniqueKeysWithValues: files)
    }
    self.init(blocks, hashes: hashes)
  }
}

extension ContentHash {
  package func write(to writer: inout ByteWriter) {
    writer.write(high)
    writer.write(low)
  }

  package init(from reader: inout ByteReader) {
    let high = reader.read(UInt64.self)
    self.init(high: high, low: reader.read(UInt64.self))
  }
}
