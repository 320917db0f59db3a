import Parameters

/// All trials of a sweep, in an order that depends only on the sweep file.
///
/// Blocks are in the order of the file; within a block trials are sorted by parameters, as far as
/// zipped keys allow. An equal trial in a later block counts once.
///
/// A plan stores an identity for each trial and computes the rest when needed, so a million trials
/// need little memory.
public struct Plan: Sendable {
  /// The distinct identities of the trials, in order.
  public let ids: [TrialID]

  /// The input files of the sweep, sorted by role and path.
  public var files: [InputFile] { inputFiles.all }

  /// Sentences about probable mistakes in the sweep file and the input files.
  public let warnings: [String]

  /// The keys of the grid with their values, in the order of ``Parameter/all``.
  public let axes: [PlanAxis]

  /// The keys of ``axes`` that are neither replicates nor blocks.
  public let conditionKeys: [String]

  /// The keys of ``axes`` that distinguish independent units: the blocks, or the replicates if there
  /// are no blocks.
  public let unitKeys: [String]

  /// The level of each axis that contrasts compare with.
  public let references: [String: ParameterValue]

  /// Whether units are blocks.
  public let hasBlocks: Bool

  /// The searches that replace a full grid; nil if all trials are run.
  public private(set) var searches: SearchUnits?

  /// The conditions that get trials until their intervals are narrow enough; nil if all trials are run.
  public private(set) var stages: StagedUnits?

  package let combinations: TrialCombinations
  /// The index of each trial's combination; nil if all combinations are trials.
  private let combinationOfTrial: [UInt32]?
  private let inputFiles: InputFiles

  /// Throws if a sequence cannot be generated. The error's description becomes part of the message.
  public typealias RequestValidation = (_ request: PatternRequest) throws -> Void

  /// Expands the grid of a sweep and checks every trial.
  ///
  /// - Parameters:
  ///   - sweep: The sweep.
  ///   - validateRequest: Receives each distinct request for a generated pattern once, and throws if
  ///     there is no such pattern.
  /// - Throws: ``SweepFileError`` for a trial whose values contradict each other or its files, for a
  ///   pattern that cannot be generated, and for a block whose trials are all excluded.
  /// - Complexity: O(trials) time, and 16 to 20 bytes of memory per trial.
  public init(
    _ sweep: SweepFile,
    validateRequest: RequestValidation = { _ = try $0.generator() }
  ) throws {
    inputFiles = sweep.inputFiles
    combinations = TrialCombinations(sweep)
    warnings =
      sweep.warnings + sweep.files.flatMap(\.warnings)
      + Set(sweep.blocks.flatMap { $0.warnings(in: sweep) }).sorted()
      + (BlockRule.warning(of: sweep).map { [$0] } ?? [])
    let expansion = try Expansion(
      sweep.blocks, files: sweep.inputFiles, rules: BlockRule.ofScores(sweep),
      validateRequest: validateRequest)
    ids = expansion.ids
    combinationOfTrial =
      expansion.ids.count == combinations.count ? nil : expansion.combinations
    axes = expansion.axes
    let keys = expansion.axes.map(\.key)
    conditionKeys = keys.filter { !sweep.replicates.contains($0) && !sweep.blockKeys.contains($0) }
    references = sweep.references
    hasBlocks = keys.contains(where: sweep.blockKeys.contains)
    unitKeys = keys.filter((hasBlocks ? sweep.blockKeys : sweep.replicates).contains)
    if let search = sweep.search { searches = SearchUnits(search, of: self) }
    if let until = sweep.until { stages = StagedUnits(until, along: until.key, of: self) }
  }

  /// The number of trials; with a search or `until`, of those in the full grid.
  public var count: Int { ids.count }

  /// The trial with an index.
  ///
  /// - Complexity: O(parameters + log blocks).
  public func trial(at index: Int) -> Trial {
    let (parameters, inputs) = combinations[combination(at: index)]
    return Trial(index: index, id: ids[index], parameters: parameters, inputs: inputs)
  }

  /// The index of a trial's combination in ``combinations``.
  package func combination(at index: Int) -> Int {
    combinationOfTrial.map { Int($0[index]) } ?? index
  }

  /// The file with a role in a trial of this plan; nil if there is none.
  public func file(_ role: InputFile.Role, of trial: Trial) -> InputFile? {
    inputFiles.file(role, trial.parameters.values[role.parameter])
  }

  /// The sizes of the patterns of a trial, at least one.
  public func patternSizes(of trial: Trial) -> [PatternSize] {
    if let known = PatternSize.all(trial.parameters.partial, files: inputFiles) { return known }
    preconditionFailure("\(trial.parameters.pattern) was not read")
  }

  /// The memory that a trial takes if some groups of scores are measured.
  public func memory(of trial: Trial, scoreGroups: [ScoreGroup]) -> TrialMemory {
    TrialMemory(trial.parameters, patterns: patternSizes(of: trial), scoreGroups: scoreGroups)
  }

  /// The text of every file, by the hash of its content.
  public var texts: [ContentHash: String] { inputFiles.texts }

  /// The number of conditions.
  public var conditionCount: Int {
    // With exclusions, some combinations of values may have no trial.
    let isFull = count == axes.reduce(1) { $0 * $1.values.count }
    return isFull
      ? axes.filter { conditionKeys.contains($0.key) }.reduce(1) { $0 * $1.values.count }
      : Set((0..<count).map { condition(of: trial(at: $0).parameters) }).count
  }

  /// The condition of a trial. Trials that differ only in their replicates have the same.
  public func condition(of parameters: ParameterSet) -> Condition {
    Condition(values: conditionKeys.map { parameters[$0] })
  }
}

extension Plan {
  /// The names of the models, in the order of the tables.
  public var models: [String] {
    let values =
      axes.first { $0.key == "model" }?.values
      ?? (count > 0 ? [trial(at: 0).parameters["model"]] : [])
    return values.map(\.description)
  }

  /// The indices in ``Parameter/all`` of the parameters that the model of some trial uses.
  public var knownParameters: [Int] {
    let models = models
    return Parameter.all.indices.filter { index in
      models.contains { Parameter.all[index].applies(to: $0) }
    }
  }

  /// The parameters that the grid does not vary and that some model uses, with their value in the
  /// trials of such a model, in the order of the tables.
  public var fixed: [(parameter: Parameter, value: ParameterValue)] {
    let swept = Set(axes.map(\.key))
    return knownParameters.compactMap { index in
      let parameter = Parameter.all[index]
      // All models of a block use the same parameters.
      let block = combinations.blocks.first {
        parameter.applies(to: $0.base[Parameter.model].description)
      }
      guard !swept.contains(parameter.key), let block else { return nil }
      return (parameter, block.base[index])
    }
  }
}

extension Plan {
  /// The differences between the trials of two plans, a clause for each parameter, such as
  /// `seed 1, 2 against 3, 4`; empty if both have the same trials.
  public func differences(from other: Plan) -> [String] {
    if Set(ids) == Set(other.ids) { return [] }
    let keys = Parameter.all.map(\.key)
    let found = keys.compactMap { key -> String? in
      let (own, others) = (values(of: key), other.values(of: key))
      return Set(own.map(\.compared)) == Set(others.map(\.compared))
        ? nil
        : "\(key) \(Self.text(own.map(\.text))) against \(Self.text(others.map(\.text)))"
    }
    return found.isEmpty ? ["other combinations of the same values"] : found
  }

  /// The values of a parameter, ascending. Files are compared by their content; their texts have the path
  /// and the first digits of the hash.
  private func values(of key: String) -> [(text: String, compared: String)] {
    let values =
      axes.first { $0.key == key }?.values
      ?? fixed.first { $0.parameter.key == key }.map { [$0.value] } ?? []
    return values.map { value in
      guard let file = InputFile.Role(rawValue: key).flatMap({ inputFiles.file($0, value) }) else {
        return (value.description, value.description)
      }
      let hash = file.contentHash.description
      return ("\(file.path) (\(hash.prefix(8)))", hash)
    }
  }

  private static func text(_ values: [String]) -> String {
    if values.isEmpty { return "none" }
    let first = values.prefix(5).map { shown($0) }.joined(separator: ", ")
    return values.count > 5 ? "\(first) and \(values.count - 5) more" : first
  }
}
