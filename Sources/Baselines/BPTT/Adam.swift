import Glibc

/// Gradient descent with a step size for each number, from running means of its derivative and of
/// the square of that.
///
/// - SeeAlso: Kingma and Ba (2015), Adam, algorithm 1, with its default constants.
public struct Adam: Sendable {
  /// Running mean of the derivatives.
  public var first: [Double]
  /// Running mean of their squares.
  public var second: [Double]

  private static let firstDecay = 0.9
  private static let secondDecay = 0.999
  private static let epsilon = 1e-8

  /// Begins with no derivative.
  public init(count: Int) {
    first = Array(repeating: 0, count: count)
    second = first
  }

  /// Takes one step.
  ///
  /// - Parameters:
  ///   - scale: What the gradient is multiplied by first.
  ///   - step: The number of the step, from 1 on.
  public mutating func update(
    _ values: inout [Double], gradient: [Double], scale: Double, rate: Double, step: Int
  ) {
    precondition(values.count == first.count && gradient.count == first.count)
    let firstBias = 1 - pow(Self.firstDecay, Double(step))
    let secondBias = 1 - pow(Self.secondDecay, Double(step))
    for index in values.indices {
      let derivative = scale * gradient[index]
      first[index] = Self.firstDecay * first[index] + (1 - Self.firstDecay) * derivative
      second[index] =
        Self.secondDecay * second[index] + (1 - Self.secondDecay) * derivative * derivative
      values[index] -=
        rate * (first[index] / firstBias)
        / ((second[index] / secondBias).squareRoot() + Self.epsilon)
    }
  }
}
