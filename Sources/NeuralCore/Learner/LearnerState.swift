/// A learner as it stands between two cycles, as named arrays of numbers.
///
/// Whole numbers and truth values are kept as doubles, which hold them exactly; what is large and comes
/// from a kernel is kept in its precision.
public struct LearnerState: Equatable, Sendable {
  /// The arrays by name, in snake_case.
  public var arrays: [String: NumberArray]

  /// Creates a state.
  public init(_ arrays: [String: NumberArray] = [:]) {
    self.arrays = arrays
  }

  /// Copies what a learner hands out.
  public init(_ sources: [String: NumberSource]) {
    self.init(sources.mapValues(\.array))
  }

  /// An array; nil for an unknown name.
  public subscript(_ name: String) -> [Double]? { arrays[name]?.doubles }

  /// An array of a known length; nil for an unknown name or another length.
  public func values(_ name: String, count: Int) -> [Double]? {
    arrays[name].flatMap { $0.count == count ? $0.doubles : nil }
  }
}
