/// A learner as it stands between two cycles, as named arrays of numbers.
///
/// Whole numbers and truth values are kept as doubles, which hold them exactly.
public struct LearnerState: Equatable, Sendable {
  /// The arrays by name, in snake_case.
  public var arrays: [String: [Double]]

  /// Creates a state.
  public init(_ arrays: [String: [Double]] = [:]) {
    self.arrays = arrays
  }

  /// What the numbers take [bytes].
  public var size: Int { arrays.values.reduce(0) { $0 + $1.count } * MemoryLayout<Double>.size }

  /// An array; nil for an unknown name.
  public subscript(_ name: String) -> [Double]? { arrays[name] }

  /// An array of a known length; nil for an unknown name or another length.
  public func values(_ name: String, count: Int) -> [Double]? {
    arrays[name].flatMap { $0.count == count ? $0 : nil }
  }
}
