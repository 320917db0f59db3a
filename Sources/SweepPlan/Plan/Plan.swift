import Parameters

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
  public let conditionKeys: [String]

  /// The searches that take the place of a full grid; nil where all trials are run.
  public private(set) var searches: SearchUnits?

  /// The combinations of the blocks.
  package let combinations: TrialCombinations
  /// The combination of each trial; nil where all combinations are trials.
  private let combinationNumbers: [UInt32]?
  private let inputFiles: InputFiles

  /// Finds out whether a sequence can be generated, and throws if not. The error's description
  /// becomes part of the message.
  public typealias RequestValidation = (_ request: PatternRequest) throws -> Void

  /// Expands the grid of a sweep and checks every trial.
  ///
  /// - Parameters:
  ///   - sweep: The sweep.
  ///   - validateRequest: Receives each distinct request for a generated pattern once, and throws if
  ///     there is no such pattern.
  /// - Throws: ``SweepFileError`` for a trial whose values contradict each other or do not go
  ///   together with its files, for a pattern that cannot be generated, and for exclusions that
  ///   leave nothing of a block.
  /// - Complexity: O(trials) time, and 16 to 20 bytes of memory per trial when done.
  public init(
    _ sweep: SweepFile,
    validateRequest: RequestValidation = { _ = try $0.generator() }
  ) throws {
    inputFiles = sweep.inputFiles
    combinations = TrialCombinations(sweep.blocks.map(\.product), files: sweep.inputFiles)
    let expansion = try Expansion(
      sweep.blocks, files: sweep.inputFiles, validateRequest: validateRequest)
    ids = expansion.ids
    combinationNumbers =
      expansion.ids.count == combinations.count ? nil : expansion.combinations
    axes = expansion.axes
    conditionKeys = expansion.axes.map(\.key).filter { !sweep.replicates.contains($0) }
    if let search = sweep.search { searches = SearchUnits(search, of: self) }
  }

  /// How many trials there are; with a search, how many there are to choose from.
  public var count: Int { ids.count }

  /// One trial.
  ///
  /// - Complexity: O(parameters + log blocks).
  public func trial(at index: Int) -> Trial {
    let (parameters, inputs) = combinations[combination(at: index)]
    return Trial(index: index, id: ids[index], parameters: parameters, inputs: inputs)
  }

  /// The number of a trial's combination in ``combinations``.
  package func combination(at index: Int) -> Int {
    combinationNumbers.map { Int($0[index]) } ?? index
  }

  /// The file that plays a role in a trial of this plan; nil where there is none.
  public func file(_ role: InputFile.Role, of trial: Trial) -> InputFile? {
    inputFiles.file(role, trial.parameters.values[role.parameter])
  }

  /// How large the patterns are that a trial learns, at least one.
  public func patternSizes(of trial: Trial) -> [PatternSize] {
    if let known = PatternSize.all(trial.parameters.partial, files: inputFiles) { return known }
    preconditionFailure("nobody looked into \(trial.parameters.pattern)")
  }

  /// The memory that a trial takes if some groups of scores are measured.
  public func memory(of trial: Trial, scoreGroups: [ScoreGroup]) -> TrialMemory {
    TrialMemory(trial.parameters, patterns: patternSizes(of: trial), scoreGroups: scoreGroups)
  }

  /// The text of every file by its hash; copies of one file are one text.
  public var texts: [ContentHash: String] {
    Dictionary(files.map { ($0.contentHash, $0.text) }) { first, _ in first }
  }

  /// How many conditions there are.
  public var conditionCount: Int {
    // Exclusions may leave some of them without any trial, so they are counted.
    let isFull = count == axes.reduce(1) { $0 * $1.values.count }
    return isFull
      ? axes.filter { conditionKeys.contains($0.key) }.reduce(1) { $0 * $1.values.count }
      : Set((0..<count).map { condition(of: trial(at: $0).parameters) }).count
  }

  /// The condition that a trial belongs to: trials that differ only in their replicates share it.
  public func condition(of parameters: ParameterSet) -> Condition {
    Condition(values: conditionKeys.map { parameters[$0] })
  }
}

extension Plan {
  /// The names of the models of its trials, in the order of the tables.
  public var models: [String] {
    let values =
      axes.first { $0.key == "model" }?.values
      ?? (count > 0 ? [trial(at: 0).parameters["model"]] : [])
    return values.map(\.description)
  }

  /// The places in ``Parameter/all`` of the parameters that the model of some trial knows.
  public var knownParameters: [Int] {
    let models = models
    return Parameter.all.indices.filter { place in
      models.contains { Parameter.all[place].applies(to: $0) }
    }
  }

  /// The parameters that the grid does not vary and that some model knows, with the value that
  /// they have in the trials of such a model, in the order of the tables.
  public var fixed: [(parameter: Parameter, value: ParameterValue)] {
    let swept = Set(axes.map(\.key))
    return knownParameters.compactMap { place in
      let parameter = Parameter.all[place]
      // All models of a block know the same parameters.
      let block = combinations.products.first { product in
        parameter.applies(to: product.base[Parameter.model].description)
      }
      guard !swept.contains(parameter.key), let block else { return nil }
      return (parameter, block.base[place])
    }
  }
}

extension Plan {
  /// What differs between the trials of two plans, a clause for each parameter, as
  /// `seed 1, 2 against 3, 4`; empty if both have the same trials.
  public func differences(from other: Plan) -> [String] {
    if Set(ids) == Set(other.ids) { return [] }
    let keys = Parameter.all.map(\.key)
    let found = keys.compactMap { key -> String? in
      let (own, others) = (values(of: key), other.values(of: key))
      return own == others ? nil : "\(key) \(Self.text(own)) against \(Self.text(others))"
    }
    return found.isEmpty ? ["other combinations of the same values"] : found
  }

  /// The values that a parameter has, ascending; files by what they say.
  private func values(of key: String) -> [String] {
    let values =
      axes.first { $0.key == key }?.values
      ?? fixed.first { $0.parameter.key == key }.map { [$0.value] } ?? []
    guard let role = InputFile.Role(rawValue: key) else { return values.map(\.description) }
    return values.map { value in
      inputFiles.file(role, value).map { "\($0.path) (\($0.contentHash.description.prefix(8)))" }
        ?? value.description
    }
  }

  private static func text(_ values: [String]) -> String {
    if values.isEmpty { return "none" }
    let first = values.prefix(5).map { shown($0) }.joined(separator: ", ")
    return values.count > 5 ? "\(first) and \(values.count - 5) more" : first
  }
}
