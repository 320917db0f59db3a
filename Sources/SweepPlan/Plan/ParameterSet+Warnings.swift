extension ParameterSet {
  /// Sentences about values that are allowed but may be a mistake.
  public var warnings: [String] {
    [StiffTeacher(partial)?.warning, BlockRule.warning(of: partial)].compactMap(\.self)
  }
}
