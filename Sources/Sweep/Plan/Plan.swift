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

  /// The files that the sweep names, sorted by role and path.
  public var files: [InputFile] { inputFiles.all }

  /// The keys that the grid names with their values, in the order of ``Parameter/all``.
  public let axes: [PlanAxis]

  /// The keys of ``axes`` over which no summary is taken.
  public let cellKeys: [String]

  private let blocks: [GridBlock]
  /// The number of the first combination of each block, and the number behind the last one.
  private let starts: [Int]
  /// The combination of each trial; nil where all combinations are trials.
  private let combinations: [UInt32]?
  private let inputFiles: InputFiles

  /// Finds out whether a sequence can be generated, and throws if not. The error's description
  /// becomes part of the message.
  public typealias RequestValidation = (_ request: PatternRequest) throws -> Void

  /// Expands the grid of a sweep and checks every trial.
  ///
  /// - Parameters:
  ///   - sweep: The sweep.
  ///   - validateRequest: Receives each distinct request for a generated pattern once.
  /// - Throws: ``SweepFileError`` for a trial whose values contradict each other or do not go
  ///   together with its files, for a pattern that cannot be generated, and for exclusions that
  ///   leave nothing of a block.
  /// - Complexity: O(trials) time, and 16 to 20 bytes of memory per trial when done.
  public init(
    _ sweep: SweepFile, validateRequest: RequestValidation = { _ in }
  ) throws {
    blocks = sweep.blocks
    inputFiles = sweep.inputFiles
    starts = sweep.blocks.reduce(into: [0]) { $0.append($0.last! + $1.count) }
    let expansion = try Expansion(
      sweep.blocks, files: sweep.inputFiles, validateRequest: validateRequest)
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
    var inputs = TrialInputs()
    for role in InputFile.Role.allCases {
      inputs[role] = inputFiles.file(role, parameters.values[role.parameter])?.contentHash
    }
    return Trial(index: index, id: ids[index], parameters: parameters, inputs: inputs)
  }

  /// The file that plays a role in a trial of this plan; nil where there is none.
  public func file(_ role: InputFile.Role, of trial: Trial) -> InputFile? {
    inputFiles.file(role, trial.parameters.values[role.parameter])
  }

  /// How large the patterns are that a trial learns, at least one.
  public func patternSizes(of trial: Trial) -> [PatternSize] {
    let values = PatternSize.keys.map { trial.parameters[$0] }
    if let known = PatternSize.all(values, files: inputFiles) { return known }
    preconditionFailure("nobody looked into \(trial.parameters.pattern)")
  }

  /// The text of every file by its hash; copies of one file are one text.
  public var texts: [ContentHash: String] {
    Dictionary(files.map { ($0.contentHash, $0.text) }) { first, _ in first }
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
