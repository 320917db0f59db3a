import LinearAlgebra
import Parameters

/// An echo-state network with output feedback: a fixed random network of leaky units with a linear
/// read-out, which is learned by ridge regression on teacher-forced states.
///
/// `x <- (1-a) x + a tanh(W x + W_fb y + b)`, read-out `W_out [x; 1]`. Every training cycle adds to
/// the regression, which is solved before each cycle without learning.
///
/// - SeeAlso: Jaeger (2001), GMD report 148; Jaeger, Lukosevicius, Popovici and Siewert (2007);
///   Lukosevicius (2012), A practical guide to applying echo state networks; docs/model.md, *esn:
///   echo-state network*.
public struct EchoState: RateRule {
  public static let name = "esn"
  public static let meaning =
    "echo-state network with output feedback and a read-out by ridge regression (Jaeger 2001)"
  public static let isLocal = false
  public static let learnsRecurrent = false
  public static let learnsInput = false

  /// The defaults are the result of `sweeps/tune_esn.yaml` on Für Elise.
  public static let settings = [
    Parameter(
      "leak", default: 0.15, .above(0, through: 1),
      "leak a of the units: the part of a state that a step renews",
      source: "Jaeger et al. 2007"),
    Parameter(
      "spectral_radius", default: 1.4, .from(0, through: 100),
      "absolute value of the largest eigenvalue of the recurrent weights",
      source: "Lukosevicius 2012, section 3.2.4"),
    .scale(
      "feedback_scale", of: "feedback weights", default: 1,
      source: "Lukosevicius 2012, section 3.2.5"),
    .scale("bias_scale", of: "biases", default: 0.5, source: "Lukosevicius 2012, section 3.2.5"),
    Parameter(
      "state_noise", default: 0.04, .from(0, through: 10),
      "standard deviation of the noise on the states while states are collected",
      source: "Jaeger 2001, section 3.2"),
    Parameter(
      "ridge", default: 1e-4, .from(1e-15, through: 1e6),
      "ridge parameter over the number of samples; acts as if the read-out saw noise of this "
        + "variance", source: "Lukosevicius 2012, section 3.3"),
    Parameter(
      "washout", unit: "ms", default: 50, .from(0, through: 1e6),
      "states of so much time after the teacher comes on are not collected",
      source: "Jaeger 2001, section 3.1"),
  ]

  public let stateNoise: Double
  public var teacherForcing: Double { 1 }

  private let ridge: Double
  private let washout: Int
  private var sums: RegressionSums
  /// Whether ``sums`` has changed since the last solution for the read-out.
  private var isStale = false
  /// Steps since the teacher was switched on.
  private var taughtSteps = 0
  private var states: [Double] = []
  private var goals: [Double] = []

  public static func learningOperations(visible: Int, latent: Int) -> Int {
    // The sums over products of states, and of states and targets. The solution, once per free
    // test, is not counted.
    latent * (latent + 1) / 2 + (latent + 1) * visible
  }

  public static func heldNumbers(visible: Double, latent: Double, steps: Double) -> Double {
    // The sums over states, targets and their products, and three counters.
    latent + visible + latent * (latent + 1) / 2 + visible * latent + 3
  }

  public static func network(
    _ settings: Settings, visible: Int, latent: Int, seed: UInt64
  ) -> RateNetwork {
    var network = RateNetwork(
      visible: visible, latent: latent, unit: .leakyRate, leak: settings["leak"])
    network.drawRecurrent(spectralRadius: settings["spectral_radius"], seed: seed)
    network.drawFeedback(scale: settings["feedback_scale"], seed: seed)
    network.drawBias(scale: settings["bias_scale"], seed: seed)
    return network
  }

  public init(_ settings: Settings, for network: RateNetwork, seed: UInt64) {
    stateNoise = settings["state_noise"]
    ridge = settings["ridge"]
    washout = Int((settings["washout"] / settings["step"]).rounded())
    sums = RegressionSums(latent: network.latent, visible: network.visible)
  }

  public mutating func begin(_ network: inout RateNetwork, learning: Bool) {
    guard !learning else { return }
    taughtSteps = 0
    if isStale {
      network.readout =
        sums.readout(ridge: ridge)
        ?? Array(repeating: .nan, count: network.readout.count)
      isStale = false
    }
  }

  public mutating func learn(
    _ network: inout RateNetwork, output: [Double], goal: ArraySlice<Double>
  ) {
    taughtSteps += 1
    guard taughtSteps > washout else { return }
    states += network.arrivingRate
    goals += goal
  }

  public mutating func end(_ network: inout RateNetwork) {
    guard !states.isEmpty else { return }
    let samples = states.count / network.latent
    sums.add(
      features: Matrix(rows: samples, columns: network.latent, values: states),
      targets: Matrix(rows: samples, columns: network.visible, values: goals))
    states.removeAll(keepingCapacity: true)
    goals.removeAll(keepingCapacity: true)
    isStale = true
  }

  public var memory: [String: [Double]] {
    get {
      var memory = sums.numbers
      memory["progress"] = [Double(taughtSteps), isStale ? 1 : 0]
      return memory
    }
    set {
      sums.numbers = newValue
      if let progress = newValue["progress"] {
        taughtSteps = Int(progress[0])
        isStale = progress[1] == 1
      }
    }
  }
}

extension RegressionSums {
  /// Creates empty sums over states and target rates.
  ///
  /// The origin is 0, because states lie between -1 and 1 and target rates in [0, 1].
  init(latent: Int, visible: Int) {
    self.init(
      featureOrigins: Array(repeating: 0, count: latent),
      targetOrigins: Array(repeating: 0, count: visible))
  }

  /// The read-out, shape `[latent + 1, visible]`; the last row holds the intercepts.
  ///
  /// Intercepts are not penalised: states and targets are centred first.
  ///
  /// - Parameter ridge: The penalty divided by the number of samples, in squared units of the
  ///   states.
  /// - Returns: nil if the states are not finite, or linearly dependent up to rounding.
  /// - SeeAlso: Hoerl and Kennard (1970); Lukosevicius (2012), equation 9.
  func readout(ridge: Double) -> [Double]? {
    guard let (weights, intercepts) = weights(penalty: ridge) else { return nil }
    return (0..<weights.columns).flatMap { unit in
      (0..<weights.rows).map { weights[$0, unit] }
    } + intercepts
  }
}
