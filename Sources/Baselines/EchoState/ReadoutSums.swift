public import LinearAlgebra

/// What ridge regression of a read-out needs of all states so far: sums, whose size does not grow
/// with their number.
///
/// The intercept is not penalised: states and targets are centred first.
///
/// - SeeAlso: Hoerl and Kennard (1970); Lukosevicius (2012), equation 9.
public struct ReadoutSums: Sendable {
  private let latent: Int
  private let visible: Int
  private var samples = 0.0
  /// `sum of x`, shape `[latent]`.
  private var state: [Double]
  /// `sum of y`, shape `[visible]`.
  private var goal: [Double]
  /// `sum of x xᵀ`, shape `[latent, latent]`.
  private var gram: [Double]
  /// `sum of y xᵀ`, shape `[visible, latent]`.
  private var cross: [Double]

  /// Sums over nothing.
  public init(latent: Int, visible: Int) {
    self.latent = latent
    self.visible = visible
    state = Array(repeating: 0, count: latent)
    goal = Array(repeating: 0, count: visible)
    gram = Array(repeating: 0, count: latent * latent)
    cross = Array(repeating: 0, count: visible * latent)
  }

  /// Takes in some samples.
  ///
  /// - Parameters:
  ///   - states: Shape `[sample, latent]`.
  ///   - goals: Shape `[sample, visible]`.
  public mutating func add(states: Matrix, goals: Matrix) {
    precondition(states.rows == goals.rows)
    let count = Double(states.rows)
    samples += count
    state.add(states.columnMeans.map { $0 * count })
    goal.add(goals.columnMeans.map { $0 * count })
    gram.add(states.gram.values)
    cross.add(goals.transposedTimes(states).values)
  }

  /// The read-out, shape `[latent + 1, visible]`, the last row its intercepts.
  ///
  /// - Parameter ridge: The penalty over the number of samples, in squared units of the states.
  /// - Returns: Nothing where the states are not finite, or not independent to rounding.
  /// - Complexity: O(latent² (latent + visible)).
  public func readout(ridge: Double) -> [Double]? {
    guard samples > 0 else { return nil }
    let stateMean = state.map { $0 / samples }
    let goalMean = goal.map { $0 / samples }
    var covariance = Matrix(rows: latent, columns: latent)
    for row in 0..<latent {
      for column in 0..<latent {
        covariance[row, column] =
          gram[row * latent + column] / samples - stateMean[row] * stateMean[column]
      }
      covariance[row, row] += ridge
    }
    var shared = Matrix(rows: visible, columns: latent)
    for row in 0..<visible {
      for column in 0..<latent {
        shared[row, column] =
          cross[row * latent + column] / samples - goalMean[row] * stateMean[column]
      }
    }
    guard shared.isFinite, let factor = CholeskyFactor(covariance) else { return nil }
    let weights = factor.solution(forRowsOf: shared)
    var readout = [Double](repeating: 0, count: (latent + 1) * visible)
    for neuron in 0..<visible {
      var intercept = goalMean[neuron]
      for unit in 0..<latent {
        readout[unit * visible + neuron] = weights[neuron, unit]
        intercept -= weights[neuron, unit] * stateMean[unit]
      }
      readout[latent * visible + neuron] = intercept
    }
    return readout
  }

  /// The sums by name, to be kept.
  var numbers: [String: [Double]] {
    get {
      ["samples": [samples], "states": state, "goals": goal, "gram": gram, "cross": cross]
    }
    set {
      samples = newValue["samples"]![0]
      state = newValue["states"]!
      goal = newValue["goals"]!
      gram = newValue["gram"]!
      cross = newValue["cross"]!
    }
  }
}

extension [Double] {
  /// Adds the numbers of another array of the same length.
  fileprivate mutating func add(_ other: [Double]) {
    for index in indices { self[index] += other[index] }
  }
}
