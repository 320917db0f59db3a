/// All combinations of a sweep's blocks, computed when needed. Every rank has them, since it receives
/// trials as indices.
package struct TrialCombinations: Sendable {
  /// The blocks.
  let blocks: [GridBlock]
  /// The index of the first combination of each block, and the number of combinations.
  private let starts: [Int]
  /// The hashes of the contents of the files, by role and path.
  private let hashes: [InputFile.Role: [String: ContentHash]]

  package init(_ sweep: SweepFile) {
    blocks = sweep.blocks
    starts = blocks.reduce(into: [0]) { $0.append($0.last! + $1.count) }
    hashes = Dictionary(grouping: sweep.files, by: \.role).mapValues { files in
      Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.contentHash) })
    }
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
