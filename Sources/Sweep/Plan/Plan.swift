/// All trials of a sweep, in an order that depends only on what the sweep says.
///
/// Blocks follow each other as in the file; within a block trials are sorted by parameters, as far
/// as zipped keys allow. An equal trial in a later block is the same trial and counts once.
///
/// A plan keeps an identity for each trial and computes the rest when asked, so that a million
/// trials fit in little memory.
public struct Plan: Sendable {
  /// The identities of the trials, in order. No two are equal.
  public let ids: [TrialID]

  /// The pattern files of the sweep, sorted by path.
  public let patterns: [PatternFile]

  /// The keys that the grid names with their values, in the order of ``Parameter/all``.
  public let axes: [PlanAxis]

  /// The keys of ``axes`` over which no summary is taken.
  public let cellKeys: [String]

  private let blocks: [GridBlock]
  /// The number of the first combination of each block, and the number behind the last one.
  private let starts: [Int]
  /// The combination of each trial; nil where all combinations are trials.
  private let combinations: [UInt32]?
  private let patternsByPath: [String: PatternFile]

  /// Expands the grid of a sweep and checks every trial.
  ///
  /// - Throws: ``SweepFileError`` for a trial whose values contradict each other, and for
  ///   exclusions that leave nothing of a block.
  /// - Complexity: O(trials) time, and 16 to 20 bytes of memory per trial when done.
  public init(_ sweep: SweepFile) throws {
    blocks = sweep.blocks
    patterns = sweep.patterns
    patternsByPath = Dictionary(uniqueKeysWithValues: sweep.patterns.map { ($0.path, $0) })
    starts = sweep.blocks.reduce(into: [0]) { $0.append($0.last! + $1.count) }
    let expansion = try Expansion(
      sweep.blocks, patternHashes: patternsByPath.mapValues(\.contentHash))
    ids = expansion.ids
    combinations = expansion.ids.count == starts.last ? nil : expansion.combinations
    axes = expansion.axes
    cellKeys = expansion.axes.map(\.key).filter { !sweep.replicates.contains($0) }
  }

  /// How many trials there are.
  public var count: Int { ids.count }

  /// One trial.
  ///
  /// - Complexity: O(parameters + log blocks).
  public func trial(at index: Int) -> Trial {
    let combination = combinations.map { Int($0[index]) } ?? index
    let block = starts.lastIndex(atMost: combination)
    let counts = blocks[block].axes.map(\.count)
    let rows = Odometer(counts, at: combination - starts[block]).rows
    let parameters = ParameterSet(valid: blocks[block].values(at: rows))
    return Trial(
      index: index, id: ids[index], parameters: parameters,
      patternHash: patternsByPath[parameters.pattern]!.contentHash)
  }

  /// The pattern file of a trial of this plan.
  public func pattern(of trial: Trial) -> PatternFile {
    guard let pattern = patternsByPath[trial.parameters.pattern] else {
      preconditionFailure("the trial is not one of this plan")
    }
    return pattern
  }

  /// The cell that a trial belongs to: trials that differ only in their replicates share it.
  public func cell(of parameters: ParameterSet) -> Cell {
    Cell(values: cellKeys.map { parameters[$0] })
  }
}

extension [Int] {
  /// The place of the last element that is at most `bound`, in an ascending array that starts with
  /// such an element.
  fileprivate func lastIndex(atMost bound: Int) -> Int {
    var (low, high) = (0, count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if self[middle] <= bound { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
