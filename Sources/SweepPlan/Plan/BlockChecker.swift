import Parameters

/// Finds the trials of a block whose values, each allowed for itself, contradict each other.
///
/// A rule is tried on the combinations of the axes that it speaks of, and not on every trial.
struct BlockChecker {
  private let block: GridBlock
  private var failing: [Failing] = []
  private let requests: BlockCombinations
  /// Whether the request of a combination was handed out; empty where no pattern is generated.
  private var isRequested: [Bool] = []

  /// The combinations that break a rule.
  private struct Failing {
    var rule: BlockRule
    var combinations: BlockCombinations
    var isBroken: [Bool]
  }

  init(_ block: GridBlock, files: InputFiles) {
    self.block = block
    for rule in CrossCheck.all.map(BlockRule.init) + BlockRule.ofFiles(files) {
      let combinations = BlockCombinations(of: rule.parameters, in: block.product)
      let isBroken = combinations.values(in: block.product).map { values in
        rule.problem(
          PartialValues { index in
            values[rule.parameters.firstIndex(of: index)!]
          }) != nil
      }
      if isBroken.contains(true) {
        failing.append(Failing(rule: rule, combinations: combinations, isBroken: isBroken))
      }
    }
    requests = BlockCombinations(
      of: PatternRequest.keys.map { Parameter.index[$0]! }, in: block.product)
    let patterns = BlockCombinations(of: [InputFile.Role.pattern.parameter], in: block.product)
    if patterns.values(in: block.product).contains([Parameter.generatedPattern]) {
      isRequested = Array(repeating: false, count: requests.count)
    }
  }

  /// Refuses the trial with these rows if it breaks a rule.
  ///
  /// - Throws: ``SweepFileError``, at the first of the rule's keys that is written anywhere.
  func check(_ rows: [Int]) throws {
    for failing in failing where failing.isBroken[failing.combinations.index(of: rows)] {
      let values = block.values(at: rows)
      let parameters = failing.rule.parameters
      if let problem = failing.rule.problem(PartialValues { values[$0] }) {
        throw SweepFileError(block.place(of: parameters), problem)
      }
    }
  }

  /// What the trial with these rows asks a generator for; nil where it names a file, and where an
  /// earlier trial of the block asked for the same.
  mutating func newRequest(_ rows: [Int]) -> PatternRequest? {
    if isRequested.isEmpty { return nil }
    let index = requests.index(of: rows)
    if isRequested[index] { return nil }
    isRequested[index] = true
    let values = block.values(at: rows)
    return PatternRequest(PartialValues { values[$0] })
  }
}

/// A rule that ties some parameters of a block together.
struct BlockRule {
  /// The parameters that the rule speaks of.
  var parameters: [Int]

  /// What is wrong with values of these parameters; nil if they keep the rule.
  var problem: (PartialValues) -> SweepFileError.Problem?

  init(_ check: CrossCheck) {
    parameters = check.keys.map { Parameter.index[$0]! }
    problem = { values in
      check.holds(values)
        ? nil : .parameter(.conflict(check, values: check.keys.map { values[$0] }))
    }
  }

  init(keys: [String], problem: @escaping (PartialValues) -> SweepFileError.Problem?) {
    parameters = keys.map { Parameter.index[$0]! }
    self.problem = problem
  }
}
