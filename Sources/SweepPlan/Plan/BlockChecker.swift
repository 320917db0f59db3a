import Parameters

/// Finds the trials of a block whose values, allowed one by one, contradict each other.
///
/// A rule is checked once for each combination of its parameters, not for each trial.
struct BlockChecker {
  private let block: GridBlock
  private var broken: [BrokenRule] = []
  private let requests: BlockCombinations
  /// Whether the request of each combination was returned; empty if no pattern is generated.
  private var isRequested: [Bool] = []

  /// A rule that some combinations break.
  private struct BrokenRule {
    var rule: BlockRule
    var combinations: BlockCombinations
    var isBroken: [Bool]
  }

  init(_ block: GridBlock, files: InputFiles, rules: [BlockRule]) {
    self.block = block
    for rule in CrossCheck.all.map(BlockRule.init) + BlockRule.ofFiles(files) + rules {
      let combinations = BlockCombinations(of: rule.parameters, in: block)
      let isBroken = combinations.values(in: block).map { values in
        rule.problem(PartialValues { values[rule.parameters.firstIndex(of: $0)!] }) != nil
      }
      if isBroken.contains(true) {
        broken.append(BrokenRule(rule: rule, combinations: combinations, isBroken: isBroken))
      }
    }
    requests = BlockCombinations(of: PatternRequest.keys.map { Parameter.index[$0]! }, in: block)
    let patterns = BlockCombinations(of: [InputFile.Role.pattern.parameter], in: block)
    if patterns.values(in: block).contains([Parameter.generatedPattern]) {
      isRequested = Array(repeating: false, count: requests.count)
    }
  }

  /// Checks the trial with these rows.
  ///
  /// - Throws: ``SweepFileError``, at the first of the rule's keys that has a position.
  func check(_ rows: [Int]) throws {
    for broken in broken where broken.isBroken[broken.combinations.index(of: rows)] {
      let values = block.values(at: rows)
      if let problem = broken.rule.problem(PartialValues { values[$0] }) {
        throw SweepFileError(block.position(of: broken.rule.parameters), problem)
      }
    }
  }

  /// The pattern to generate for the trial with these rows; nil if the pattern is a file, or if an
  /// earlier trial of the block has the same request.
  mutating func newRequest(_ rows: [Int]) -> PatternRequest? {
    if isRequested.isEmpty { return nil }
    let index = requests.index(of: rows)
    if isRequested[index] { return nil }
    isRequested[index] = true
    let values = block.values(at: rows)
    return PatternRequest(PartialValues { values[$0] })
  }
}

/// A rule for several parameters of a block.
struct BlockRule {
  var parameters: [Int]

  /// The problem with values of these parameters; nil if they satisfy the rule.
  var problem: (PartialValues) -> SweepFileError.Problem?

  init(_ check: CrossCheck) {
    self.init(keys: check.keys) { check.holds($0) ? nil : .parameter(check.conflict($0)) }
  }

  init(keys: [String], problem: @escaping (PartialValues) -> SweepFileError.Problem?) {
    parameters = keys.map { Parameter.index[$0]! }
    self.problem = problem
  }
}
