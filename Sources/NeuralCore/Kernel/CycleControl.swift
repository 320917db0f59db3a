/// What the thread that runs a cycle does besides.
public struct CycleControl {
  /// Called several times in a cycle, in the fast kernel after each window.
  ///
  /// - Parameters:
  ///   - step: The number of steps of the cycle that have been computed.
  ///   - steps: The number of steps of the cycle.
  /// - Throws: To end the cycle at once. The network can then not be used any more.
  public typealias Check = (_ step: Int, _ steps: Int) throws -> Void

  /// Ends a cycle that must not go on; nil for none.
  public var checkForStop: Check?

  /// Called by tests of a network after each of their cycles; may throw to end the test.
  public var checkAfterCycle: (() throws -> Void)?

  /// The threads that help with the cycle; nil for none. Only the fast kernel is helped.
  public var team: WindowTeam?

  /// Creates a control.
  public init(
    team: WindowTeam? = nil, checkForStop: Check? = nil,
    checkAfterCycle: (() throws -> Void)? = nil
  ) {
    self.team = team
    self.checkForStop = checkForStop
    self.checkAfterCycle = checkAfterCycle
  }
}
