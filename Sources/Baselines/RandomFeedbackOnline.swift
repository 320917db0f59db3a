import NeuralCore
import Parameters

/// Random-feedback local online learning: recurrent weights and read-out learn in every step, from
/// quantities of their own neurons and from the error, which returns through fixed random weights.
///
/// `x <- (1-a) x + a tanh(u)`, `u = W x + W_fb y + b`. With the error `e = y* - y` and the fixed
/// random weights B,
///
///     p_ij <- (1-a) p_ij + a phi'(u_i) x_j            (x_j before the step)
///     W_ij <- W_ij + eta_w (B e)_i p_ij
///     W_out <- W_out + eta_out e [x; 1]
///
/// In networks of leaky rate units this is nearly e-prop (Bellec et al. 2020) with random feedback.
///
/// - SeeAlso: Murray (2019), Local online learning in recurrent networks with random feedback,
///   eLife 8:e43299, equations 1 to 5; docs/model.md, *rflo: random-feedback local online
///   learning*.
public struct RandomFeedbackOnline: RateRule {
  public static let name = "rflo"
  public static let meaning =
    "leaky rate network with random-feedback local online learning (Murray 2019)"
  public static let isLocal = true
  public static let learnsRecurrent = true
  public static let learnsInput = false

  /// The defaults are the result of `sweeps/tune_rflo.yaml` on Für Elise.
  public static let settings = [
    .tau(default: 5, source: "Murray 2019"),
    .gain(default: 1, source: "Murray 2019"),
    .scale("feedback_scale", of: "feedback weights", default: 1),
    .scale("bias_scale", of: "biases", default: 0.2),
    Parameter(
      "learning_rate", unit: "per step", default: 1e-2, .from(0, through: 1e3),
      "learning rate of the recurrent weights", source: "Murray 2019"),
    Parameter(
      "readout_rate", unit: "per step", default: 1e-3, .from(0, through: 1e3),
      "learning rate of the read-out", source: "Murray 2019"),
    .teacherForcing(default: 1),
    .stateNoise(default: 0.03),
  ]

  public let stateNoise: Double
  public let teacherForcing: Double

  /// `eta_w`.
  private let recurrentRate: Double
  /// `eta_out`.
  private let readoutRate: Double
  /// `B`, shape `[visible, latent]`.
  var errorFeedback: [Double]
  /// `p`, shape `[latent (pre), latent (post)]`.
  private(set) var eligibility: [Double]
  private var before: [Double] = []

  public static func learningOperations(visible: Int, latent: Int) -> Int {
    // Two per eligibility, one per recurrent weight; then the error feedback and the read-out.
    3 * latent * latent + visible * latent + (latent + 1) * visible
  }

  public static func heldNumbers(visible: Double, latent: Double, steps: Double) -> Double {
    // The eligibilities and the weights of the error feedback.
    latent * latent + visible * latent
  }

  public static func network(
    _ settings: Settings, visible: Int, latent: Int, seed: UInt64
  ) -> RateNetwork {
    var network = RateNetwork(.leakyRate, settings, visible: visible, latent: latent, seed: seed)
    network.drawBias(scale: settings["bias_scale"], seed: seed)
    return network
  }

  public init(_ settings: Settings, for network: RateNetwork, seed: UInt64) {
    stateNoise = settings["state_noise"]
    teacherForcing = settings["teacher_forcing"]
    recurrentRate = settings["learning_rate"]
    readoutRate = settings["readout_rate"]
    var random = RandomStream(seed: seed, purpose: .errorFeedback)
    let deviation = 1 / Double(network.visible).squareRoot()
    errorFeedback = network.feedback.map { _ in deviation * random.normal() }
    eligibility = Array(repeating: 0, count: network.latent * network.latent)
  }

  /// Eligibilities start at 0 in every cycle.
  public mutating func begin(_ network: inout RateNetwork, learning: Bool) {
    guard learning else { return }
    for index in eligibility.indices { eligibility[index] = 0 }
    before = network.arrivingRate
  }

  public mutating func learn(
    _ network: inout RateNetwork, output: [Double], goal: ArraySlice<Double>
  ) {
    let latent = network.latent
    let errors = zip(goal, output).map { $0 - $1 }
    var carried = [Double](repeating: 0, count: latent)
    errors.addProduct(with: errorFeedback, to: &carried)
    let slopes = network.activation.map { network.leak * (1 - $0 * $0) }
    let rate = recurrentRate
    carried.withUnsafeBufferPointer { carried in
      slopes.withUnsafeBufferPointer { slopes in
        eligibility.withUnsafeMutableBufferPointer { eligibility in
          network.recurrent.withUnsafeMutableBufferPointer { weights in
            for pre in 0..<latent {
              let row = eligibility.baseAddress! + pre * latent
              Vectors.decay(
                row, by: 1 - network.leak, adding: slopes.baseAddress!, times: before[pre], latent)
              let weight = weights.baseAddress! + pre * latent
              for post in 0..<latent { weight[post] += rate * carried[post] * row[post] }
            }
          }
        }
      }
    }
    network.readout.addOuterProduct(network.arrivingRate + [1], errors, factor: readoutRate)
    before = network.arrivingRate
  }

  /// Empty: the weights of the error feedback are drawn again from the seed.
  public var memory: [String: [Double]] {
    get { [:] }
    set {}
  }
}
