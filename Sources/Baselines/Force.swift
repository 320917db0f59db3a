import Parameters

/// FORCE learning: a chaotic network of rate units with a read-out that is fed back and learned by
/// recursive least squares.
///
/// `x <- (1-a) x + a (W r + W_fb z)`, `r = tanh(x)`, `z = W_out [r; 1]`. During learning the
/// network receives its own read-out with its small errors, not the target.
///
/// - SeeAlso: Sussillo and Abbott (2009), Generating coherent patterns of activity from chaotic
///   neural networks, architecture A; docs/model.md, *force: FORCE learning*.
public struct Force: RateRule {
  public static let name = "force"
  public static let meaning =
    "chaotic rate network whose read-out learns by recursive least squares (Sussillo, Abbott 2009)"
  public static let isLocal = false
  public static let learnsRecurrent = false
  public static let learnsInput = false

  /// The defaults are the result of `sweeps/tune_force.yaml` on Für Elise.
  public static let settings = [
    .tau(default: 10, source: "Sussillo and Abbott 2009"),
    Parameter(
      "gain", default: 1.5, .from(0, through: 100),
      "recurrent weights have the standard deviation gain / sqrt(latent); chaos begins at 1",
      source: "Sussillo and Abbott 2009"),
    .scale(
      "feedback_scale", of: "feedback weights", default: 1, source: "Sussillo and Abbott 2009"),
    Parameter(
      "alpha", default: 1, .above(0, through: 1e9),
      "ridge parameter of the least squares, the inverse of the initial learning rate",
      source: "Sussillo and Abbott 2009"),
    Parameter(
      "every", unit: "steps", defaultInteger: 2, .from(1, through: 1000),
      "the read-out learns in every so many steps", source: "Sussillo and Abbott 2009"),
  ]

  public var stateNoise: Double { 0 }
  public var teacherForcing: Double { 0 }

  public let stepsPerUpdate: Int
  private var squares: RecursiveLeastSquares
  private var steps = 0

  public static func learningOperations(visible: Int, latent: Int) -> Int {
    // P r, rᵀ P r, the update of P, and the update of the weights.
    2 * (latent + 1) * (latent + 1) + (latent + 1) + (latent + 1) * visible
  }

  public static func heldNumbers(visible: Double, latent: Double, steps: Double) -> Double {
    // The inverse and the number of steps.
    (latent + 1) * (latent + 1) + 1
  }

  public static func network(
    _ settings: Settings, visible: Int, latent: Int, seed: UInt64
  ) -> RateNetwork {
    RateNetwork(.leakyPotential, settings, visible: visible, latent: latent, seed: seed)
  }

  public init(_ settings: Settings, for network: RateNetwork, seed: UInt64) {
    stepsPerUpdate = Int(settings["every"])
    squares = RecursiveLeastSquares(features: network.latent + 1, alpha: settings["alpha"])
  }

  public mutating func begin(_ network: inout RateNetwork, learning: Bool) {}

  public mutating func learn(
    _ network: inout RateNetwork, output: [Double], goal: ArraySlice<Double>
  ) {
    steps += 1
    guard steps.isMultiple(of: stepsPerUpdate) else { return }
    squares.update(
      &network.readout, rates: network.arrivingRate + [1],
      errors: zip(output, goal).map { $0 - $1 })
  }

  public var memory: [String: [Double]] {
    get { ["inverse": squares.inverse, "steps": [Double(steps)]] }
    set {
      squares.inverse = newValue["inverse"]!
      steps = Int(newValue["steps"]![0])
    }
  }
}

/// Linear regression of several targets on the same features, updated with every sample.
///
/// After any number of samples the weights are those of ridge regression on all samples, with the
/// penalty `alpha` on the squared weights.
///
/// - SeeAlso: Haykin (2002), Adaptive filter theory, chapter 9; Sussillo and Abbott (2009),
///   equations 4 and 5.
public struct RecursiveLeastSquares: Sendable {
  /// Number of features.
  public let features: Int

  /// `P`, the inverse of `alpha I + sum of r rᵀ`; symmetric, shape `[feature, feature]`.
  public var inverse: [Double]

  /// Creates a regression without samples.
  ///
  /// - Parameters:
  ///   - features: Number of features.
  ///   - alpha: The ridge parameter, above 0; its inverse is the initial learning rate.
  public init(features: Int, alpha: Double) {
    self.features = features
    inverse = Array(repeating: 0, count: features * features)
    for feature in 0..<features { inverse[feature * features + feature] = 1 / alpha }
  }

  /// Adds a sample.
  ///
  /// - Parameters:
  ///   - weights: The weights, shape `[feature, target]`, which are updated.
  ///   - rates: The features, shape `[feature]`.
  ///   - errors: Prediction of the weights minus the target, shape `[target]`.
  /// - Complexity: O(features² + features × targets).
  public mutating func update(
    _ weights: inout [Double], rates: [Double], errors: [Double]
  ) {
    precondition(rates.count == features)
    var gain = [Double](repeating: 0, count: features)
    // P is symmetric.
    rates.addProduct(with: inverse, to: &gain)
    let norm = 1 + zip(rates, gain).reduce(0) { $0 + $1.0 * $1.1 }
    inverse.addOuterProduct(gain, gain, factor: -1 / norm)
    weights.addOuterProduct(gain, errors, factor: -1 / norm)
  }
}
