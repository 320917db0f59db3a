import Glibc
import NeuralCore

/// The perturbations of the robustness test.
///
/// - SeeAlso: docs/scores.md, *Robustness*.
public enum RobustnessKind: String, CaseIterable, Sendable {
  /// Visible somata are held near the leak potential for some time.
  case silence
  /// White noise is added to every soma.
  case membraneNoise = "membrane_noise"
  /// Random plastic synapses are removed.
  case synapseLoss = "synapse_loss"
  /// Every weight is multiplied by `1 + sigma xi`, with a standard normal `xi`.
  case weightNoise = "weight_noise"
  /// Random latent neurons are held at the resting rate.
  case latentLoss = "latent_loss"

  /// The tested severities in ascending order, in ``unit``.
  public var severities: [Double] {
    switch self {
    case .silence: [0.1, 0.24, 0.5, 1, 2]
    case .membraneNoise: [0.5, 1, 2, 4, 8]
    case .synapseLoss: [0.01, 0.02, 0.05, 0.1, 0.2]
    case .weightNoise: [0.05, 0.1, 0.2, 0.4, 0.8]
    case .latentLoss: [0.02, 0.05, 0.1, 0.2, 0.4]
    }
  }

  /// The smallest recommended number of draws. With fewer, draws in one network differ as much as networks
  /// do.
  public static let fewestDraws = 8

  /// The number of neurons that ``latentLoss`` removes at each severity.
  public static func lostNeurons(of latent: Int) -> [Int] {
    latentLoss.severities.map { LatentLoss.count($0, of: latent) }
  }

  /// The unit of the severities; nil for fractions.
  public var unit: String? {
    switch self {
    case .silence: "cycles"
    case .membraneNoise: "mV per sqrt(ms)"
    case .synapseLoss, .weightNoise, .latentLoss: nil
    }
  }
}

/// The quality of replay as a function of the severity of one kind of perturbation.
public struct RobustnessCurve: Equatable, Sendable {
  /// The severity at which the quality is one half.
  public struct HalfSeverity: Equatable, Sendable {
    /// The severity, or the largest tested severity.
    public let value: Double
    /// Whether the quality is still one half or more at the largest tested severity.
    public let isCensored: Bool
  }

  /// The severities, starting with 0.
  public let severities: [Double]

  /// The quality `Q` at each severity: 1 without a perturbation, 0 at chance.
  public let quality: [Double]

  /// Compares perturbed and unperturbed replay.
  ///
  /// `Q(s) = clip((quality(s) - chance) / (quality(0) - chance), 0, 1)`
  ///
  /// - Parameters:
  ///   - severities: The tested severities in ascending order, all above 0.
  ///   - correlations: The correlation at each severity; nil if the replay has none, which gives a
  ///     quality of 0.
  ///   - undisturbed: The correlation of the same replay without a perturbation, above `chance`.
  ///   - chance: The chance level (``Chance/mean``).
  public init(
    severities: [Double], correlations: [Double?], undisturbed: Double, chance: Double
  ) {
    precondition(severities.count == correlations.count && undisturbed > chance)
    self.severities = [0] + severities
    quality =
      [1]
      + correlations.map { correlation in
        guard let correlation else { return 0 }
        return min(1, max(0, (correlation - chance) / (undisturbed - chance)))
      }
  }

  /// The standard deviation over draws of the mean robustness of several kinds; nil for one draw.
  ///
  /// - Parameter robustness: Shape `[kind, draw]`.
  public static func standardDeviation(ofDraws robustness: [[Double]]) -> Double? {
    Scores.standardDeviation(
      of: robustness[0].indices.map { draw in
        robustness.reduce(0) { $0 + $1[draw] } / Double(robustness.count)
      })
  }

  /// Area under the curve over the tested severities, scaled to [0, 1].
  public var robustness: Double {
    let area = severities.indices.dropFirst().reduce(0) { sum, index in
      sum + (severities[index] - severities[index - 1]) * (quality[index] + quality[index - 1]) / 2
    }
    return area / severities[severities.count - 1]
  }

  /// The same over the logarithm of the severity, from the smallest to the largest tested one.
  ///
  /// Severities grow by factors. Here each factor counts alike, whereas the two largest severities make
  /// up most of ``robustness``.
  public var robustnessOverLog: Double {
    let tested = severities.indices.dropFirst()
    let area = tested.dropFirst().reduce(0) { sum, index in
      sum + log(severities[index] / severities[index - 1]) * (quality[index] + quality[index - 1])
        / 2
    }
    return area / log(severities[tested.upperBound - 1] / severities[tested.lowerBound])
  }

  /// The severity at which the curve first falls below one half, by linear interpolation.
  public var halfSeverity: HalfSeverity {
    guard let below = quality.firstIndex(where: { $0 < 0.5 }) else {
      return HalfSeverity(value: severities[severities.count - 1], isCensored: true)
    }
    let drop = quality[below - 1] - quality[below]
    let fraction = (quality[below - 1] - 0.5) / drop
    return HalfSeverity(
      value: severities[below - 1] + fraction * (severities[below] - severities[below - 1]),
      isCensored: false)
  }
}

/// The recovery of a replay after a perturbation.
public enum Recovery {
  /// Number of consecutive good cycles that count as a recovery.
  public static let goodCycles = 5

  /// Fraction of the unperturbed correlation that a good cycle reaches.
  public static let goodFraction = 0.9

  /// Number of cycles before the first of ``goodCycles`` consecutive good cycles; censored at the
  /// end of the test.
  ///
  /// - Parameters:
  ///   - correlations: The correlation of each cycle; nil counts as not good.
  ///   - undisturbed: The unperturbed correlation.
  public static func cycles(_ correlations: [Double?], undisturbed: Double) -> CensoredCount {
    let isGood = correlations.map { ($0 ?? -1) >= goodFraction * undisturbed }
    let first = isGood.indices.first { start in
      start + goodCycles <= isGood.count
        && isGood[start..<start + goodCycles].allSatisfy(\.self)
    }
    return first.map { CensoredCount($0) }
      ?? CensoredCount(correlations.count, isCensored: true)
  }

  /// The mean distance of the phases of replays from that of their unperturbed twin [cycles], at most 1/2.
  /// After a perturbation from which a replay did not recover its phase is arbitrary, so it does not count.
  ///
  /// - Parameters:
  ///   - runs: The recovery of each replay, and its best shift in its last cycle [samples].
  ///   - twin: The best shift of the twin in that cycle [samples].
  ///   - samples: Number of samples per cycle.
  /// - Returns: nil if no replay recovered.
  public static func meanPhaseShift(
    _ runs: [(recovery: CensoredCount, shift: Int?)], twin: Int, samples: Int
  ) -> Double? {
    let shifts = runs.compactMap { run in
      run.recovery.isCensored
        ? nil : run.shift.map { abs(phaseShift($0, twin: twin, samples: samples)) }
    }
    return shifts.isEmpty ? nil : shifts.reduce(0, +) / Double(shifts.count)
  }

  /// Lag of a replay behind its unperturbed twin, as a fraction of a cycle in [-1/2, 1/2).
  ///
  /// - Parameters:
  ///   - shift: The best shift of the replay [samples].
  ///   - twin: The best shift of the unperturbed twin in the same cycle [samples].
  ///   - samples: Number of samples per cycle.
  public static func phaseShift(_ shift: Int, twin: Int, samples: Int) -> Double {
    let difference = Double(shift - twin) / Double(samples)
    let wrapped = difference - (difference + 0.5).rounded(.down)
    return wrapped
  }
}
