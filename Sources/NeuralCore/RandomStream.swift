import Glibc

/// A stream of random numbers for one purpose of one trial.
///
/// The key of a stream is the trial's seed and the purpose. Streams of different purposes are
/// independent, so a new stream never changes the draws of another. Trials with the same seed but,
/// for example, another learning rate start from the same network, so comparisons between
/// conditions are paired.
///
/// The conversions to ranges are written out because those of the standard library may change
/// between versions of the compiler, and published results must not.
///
/// - SeeAlso: docs/model.md, *Random numbers*.
public struct RandomStream: Sendable {
  /// The purpose of the draws.
  public enum Purpose: UInt32, Sendable {
    /// Initial dendritic weights.
    case dendriticWeights = 1
    /// Dendritic delays.
    case dendriticDelays = 2
    /// Scaffold delays.
    case scaffoldDelays = 3
    /// Growth of the scaffold.
    case scaffold = 4
    /// Permuted targets, which give the chance level.
    case chance = 5
    /// Resampling of seeds for bootstrap intervals.
    case bootstrap = 6
    /// Generated sequences.
    case sequence = 7
    /// Which dendritic synapses exist.
    case dendriticSynapses = 8
    /// Noise on the teacher's target; one stream per cycle.
    case targetNoise = 9
    /// Noise on the somata; one stream per cycle.
    case membraneNoise = 10
    /// Which synapses are lost.
    case synapseLoss = 11
    /// Noise on the weights.
    case weightNoise = 12
    /// Which latent neurons are lost.
    case latentLoss = 13
    /// Inputs for the measurement of linear memory.
    case memoryInput = 14
    /// Recurrent weights of a rate network.
    case recurrentWeights = 15
    /// Feedback weights of a rate network.
    case feedbackWeights = 16
    /// Biases of the units of a rate network.
    case biases = 17
    /// Initial weights of a read-out.
    case readoutWeights = 18
    /// Noise on the state of a rate network; one stream per cycle.
    case stateNoise = 19
    /// Fixed feedback weights for errors.
    case errorFeedback = 20
    /// Deviations of each neuron's constants.
    case heterogeneity = 21
    /// Delays of a rate network.
    case rateDelays = 22
  }

  private let key: SIMD2<UInt32>
  private let purpose: Purpose
  private let index: UInt32
  private var blocks: UInt64 = 0
  /// The latest block; its last ``left`` words are unused.
  private var block = SIMD4<UInt32>()
  private var left = 0

  /// Creates the stream of a purpose under a seed.
  ///
  /// - Parameters:
  ///   - seed: The seed of the trial.
  ///   - purpose: The purpose of the draws.
  ///   - index: Distinguishes streams of one purpose, for example those of different cycles.
  public init(seed: UInt64, purpose: Purpose, index: Int = 0) {
    self.index = UInt32(truncatingIfNeeded: index)
    key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    self.purpose = purpose
  }

  private mutating func word() -> UInt32 {
    if left == 0 {
      let counter = SIMD4(
        UInt32(truncatingIfNeeded: blocks), UInt32(truncatingIfNeeded: blocks >> 32),
        purpose.rawValue, index)
      block = Philox.block(counter: counter, key: key)
      left = 4
      blocks += 1
    }
    left -= 1
    return block[3 - left]
  }

  /// The next 64 random bits.
  public mutating func bits() -> UInt64 {
    let low = UInt64(word())
    return low | UInt64(word()) << 32
  }

  /// A number drawn uniformly from [0, 1), a multiple of 2⁻⁵³.
  public mutating func uniform() -> Double {
    Double(bits() >> 11) * 0x1p-53
  }

  /// An integer drawn uniformly from `0..<bound`, without bias (Lemire 2019).
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0)
    let range = UInt64(bound)
    var product = bits().multipliedFullWidth(by: range)
    if product.low < range {
      let threshold = (0 &- range) % range
      while product.low < threshold {
        product = bits().multipliedFullWidth(by: range)
      }
    }
    return Int(product.high)
  }

  /// A number drawn from the standard normal distribution (Box and Muller 1958).
  public mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * .pi * uniform())
  }

  /// The numbers `0..<count` in random order (Fisher and Yates).
  public mutating func permutation<Number: FixedWidthInteger>(
    of count: Int, as _: Number.Type = Int.self
  ) -> [Number] {
    var order = (0..<count).map { Number($0) }
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, integer(below: last + 1))
    }
    return order
  }
}

/// The counter-based generator Philox4x32-10: a bijection of 128-bit counters with a key.
///
/// A counter and a key give the same four words everywhere, so a draw depends only on its purpose
/// and position in the stream, not on earlier draws of other streams, on the rank or on the order
/// of trials.
///
/// - SeeAlso: Salmon, Moraes, Dror and Shaw (2011), Parallel random numbers: as easy as 1, 2, 3.
enum Philox {
  /// Four pseudo-random words for one counter.
  static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var state = counter
    var roundKey = key
    for _ in 0..<10 {
      let first = UInt64(state[0]) * 0xD251_1F53
      let second = UInt64(state[2]) * 0xCD9E_8D57
      state = SIMD4(
        UInt32(truncatingIfNeeded: second >> 32) ^ state[1] ^ roundKey[0],
        UInt32(truncatingIfNeeded: second),
        UInt32(truncatingIfNeeded: first >> 32) ^ state[3] ^ roundKey[1],
        UInt32(truncatingIfNeeded: first)
      )
      roundKey[0] &+= 0x9E37_79B9
      roundKey[1] &+= 0xBB67_AE85
    }
    return state
  }
}
